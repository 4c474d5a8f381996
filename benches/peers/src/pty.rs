//! Runs a case as a child on its own pty. The pty is read at once, and nothing is displayed.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use memchr::{memchr_iter, memmem};
use pty_process::blocking::{Command, Pty};

use crate::report::{self, Figures};
use crate::system;

/// A child that reports nothing for this long is killed, and its figures are missing from the
/// table.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The first character of every line that a case prints, to count lines. No bar contains it.
pub const LINE: u8 = b'@';

/// A case that a child runs.
pub struct Case {
    program: Vec<String>,
    size: (u16, u16),
    timeout: Duration,
}

/// The result of a case.
pub struct Run {
    /// The figures that the child reported.
    pub figures: Figures,
    /// The seconds from before the start to after the end.
    pub wall: f64,
    /// The bytes that the child wrote to the pty.
    pub bytes: u64,
    /// The lines in `bytes`.
    pub lines: u64,
}

/// Bytes from the child, and the time of their arrival by [`system::now`].
pub struct Piece {
    pub at: f64,
    pub bytes: Vec<u8>,
}

impl Case {
    pub fn new(name: &str) -> Case {
        let program = std::env::current_exe().expect("a program has a path");
        let program = program.into_os_string().into_string().expect("a path in UTF-8");
        Case { program: vec![program, "case".to_owned(), name.to_owned()], size: (80, 24), timeout: TIMEOUT }
    }

    pub fn arg(mut self, arg: impl ToString) -> Case {
        self.program.push(arg.to_string());
        self
    }

    pub fn size(mut self, cols: u16, rows: u16) -> Case {
        self.size = (cols, rows);
        self
    }

    /// Sets the time without a report after which the child is killed.
    pub fn timeout(mut self, timeout: Duration) -> Case {
        self.timeout = timeout;
        self
    }

    /// Runs the case by `tool`: a program and its arguments, to which the command of the case is
    /// added.
    pub fn under(mut self, tool: &[String]) -> Case {
        self.program.splice(..0, tool.iter().cloned());
        self
    }

    pub fn run(self) -> Run {
        self.watch(|_, _| {})
    }

    /// Runs the case and keeps all its output.
    pub fn record(self) -> (Run, Vec<Piece>) {
        let mut pieces = Vec::new();
        let run = self.watch(|bytes, at| pieces.push(Piece { at, bytes: bytes.to_vec() }));
        (run, pieces)
    }

    /// Runs the case and passes its output to `watcher`, with the time of its arrival.
    pub fn watch(self, mut watcher: impl FnMut(&[u8], f64) + Send) -> Run {
        let (cols, rows) = self.size;
        let (mut pty, pts) = pty_process::blocking::open().expect("a pty");
        pty.resize(pty_process::Size::new(rows, cols)).expect("a size");
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        ours.set_read_timeout(Some(self.timeout)).expect("a timeout");
        let mut command = Command::new(&self.program[0]).args(&self.program[1..]);
        // The settings of this process's own terminal do not apply.
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "CI", "COLUMNS", "LINES"] {
            command = command.env_remove(name);
        }
        command = command.env("TERM", "xterm-256color").env("COLORTERM", "truecolor").stdin(OwnedFd::from(theirs));
        let start = Instant::now();
        let mut child = command.spawn(pts).expect("the child starts");

        thread::scope(|scope| {
            let reader = scope.spawn(move || drain(&mut pty, &mut watcher));
            let figures = listen(&ours, &mut child);
            let status = child.wait().expect("it is our child");
            let wall = start.elapsed().as_secs_f64();
            let (bytes, lines) = reader.join().expect("the reader only reads");
            if !status.success() {
                eprintln!("`{}` ended with {status}", self.program.join(" "));
            }
            Run { figures, wall, bytes, lines }
        })
    }
}

/// Counts the frames of footlights in the output.
pub fn frames<'a>(pieces: impl Iterator<Item = &'a Piece>) -> usize {
    let all: Vec<u8> = pieces.flat_map(|piece| piece.bytes.iter().copied()).collect();
    memmem::find_iter(&all, b"\x1b[?2026h").count()
}

impl Run {
    pub fn get(&self, what: &str) -> f64 {
        self.figures.get(what).copied().unwrap_or(f64::NAN)
    }
}

/// Reads all output, until no process can write any more. Returns its bytes and lines.
fn drain(pty: &mut Pty, watcher: &mut impl FnMut(&[u8], f64)) -> (u64, u64) {
    let mut buf = vec![0; 64 * 1024];
    let (mut bytes, mut lines) = (0, 0);
    loop {
        match pty.read(&mut buf) {
            Ok(n @ 1..) => {
                watcher(&buf[..n], system::now());
                bytes += n as u64;
                lines += memchr_iter(LINE, &buf[..n]).count() as u64;
            }
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            // The end of file, which is an input/output error on Linux.
            _ => return (bytes, lines),
        }
    }
}

/// Collects the reports of the child until it ends.
fn listen(socket: &UnixStream, child: &mut Child) -> Figures {
    let mut figures = HashMap::new();
    for line in BufReader::new(socket).lines() {
        match line {
            Ok(line) => figures.extend(report::parse(&line)),
            Err(_) => {
                let _ = child.kill();
                break;
            }
        }
    }
    figures
}
