//! Runs a program on a pty, and records its output.

use std::error::Error;
use std::io::Read;
use std::time::Instant;

use pty_process::Size;
use pty_process::blocking::{Command, open};

/// Variables that say what the terminal can do, and what its user wants.
const ENVIRONMENT: [&str; 7] =
    ["NO_COLOR", "CLICOLOR", "CI", "ACCESSIBLE", "REDUCED_MOTION", "FOOTLIGHTS_OUTPUT", "TMUX"];

/// What the program wrote, and when.
pub struct Piece {
    /// Since the start.
    pub seconds: f64,
    pub text: String,
}

/// Returns the output of the program, which runs to its end.
pub fn run((cols, rows): (u16, u16), program: &[String]) -> Result<Vec<Piece>, Box<dyn Error>> {
    let (mut pty, pts) = open()?;
    pty.resize(Size::new(rows, cols))?;
    let [program, args @ ..] = program else { return Err("no program".into()) };
    let mut command = Command::new(program).args(args).env("TERM", "xterm-256color").env("COLORTERM", "truecolor");
    for name in ENVIRONMENT {
        command = command.env_remove(name);
    }
    let start = Instant::now();
    let mut child = command.spawn(pts)?;

    let mut pieces = Vec::new();
    let mut bytes = Vec::new();
    let mut buf = [0; 1 << 16];
    // On Linux, the end of the output is an error.
    while let Ok(n @ 1..) = pty.read(&mut buf) {
        bytes.extend_from_slice(&buf[..n]);
        // The first part of a character waits for the rest.
        let whole = match std::str::from_utf8(&bytes) {
            Ok(_) => bytes.len(),
            Err(err) if err.error_len().is_none() => err.valid_up_to(),
            Err(err) => return Err(err.into()),
        };
        let text = String::from_utf8(bytes.drain(..whole).collect())?;
        pieces.push(Piece { seconds: start.elapsed().as_secs_f64(), text });
    }
    let status = child.wait()?;
    if status.success() { Ok(pieces) } else { Err(format!("{program}: {status}").into()) }
}
