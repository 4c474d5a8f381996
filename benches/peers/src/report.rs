//! Reports of a child to its parent. They go through stdin, which is a socket, because stdout and
//! stderr are the measured pty.

use std::collections::HashMap;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

/// Figures by name.
pub type Figures = HashMap<String, f64>;

pub fn figures<const N: usize>(figures: [(&str, f64); N]) -> Figures {
    figures.into_iter().map(|(what, value)| (what.to_owned(), value)).collect()
}

/// Reports a figure, in the child.
pub fn report(what: &str, value: f64) {
    let socket = io::stdin().as_fd().try_clone_to_owned().expect("stdin is there");
    let sent = UnixStream::from(socket).write_all(format!("{what} {value}\n").as_bytes());
    // Without a parent, stdin is no socket.
    if sent.is_err() {
        eprintln!("{what} {value}");
    }
}

/// Parses a report, in the parent.
pub fn parse(line: &str) -> Option<(String, f64)> {
    let (what, value) = line.split_once(' ')?;
    Some((what.to_owned(), value.parse().ok()?))
}
