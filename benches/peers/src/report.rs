//! What a child tells its parent: on stdin, which is a socket, because stdout and stderr are the terminal that is measured.

use std::collections::HashMap;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

/// Figures by name.
pub type Figures = HashMap<String, f64>;

pub fn figures<const N: usize>(figures: [(&str, f64); N]) -> Figures {
    figures.into_iter().map(|(what, value)| (what.to_owned(), value)).collect()
}

/// The child's half.
pub fn report(what: &str, value: f64) {
    let socket = io::stdin().as_fd().try_clone_to_owned().expect("stdin is there");
    let said = UnixStream::from(socket).write_all(format!("{what} {value}\n").as_bytes());
    // Run by hand there is nobody to listen.
    if said.is_err() {
        eprintln!("{what} {value}");
    }
}

/// The parent's half.
pub fn parse(line: &str) -> Option<(String, f64)> {
    let (what, value) = line.split_once(' ')?;
    Some((what.to_owned(), value.parse().ok()?))
}
