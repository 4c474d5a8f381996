//! A case on a pty of its own: a child with a terminal that takes everything at once and shows nothing.

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

/// A child that reports nothing for so long hangs: it is ended, and its figures are missing from the table.
const PATIENCE: Duration = Duration::from_secs(60);

/// What every line that a case prints begins with, and nothing that any of the peers draws: lines are counted by it.
pub const LINE: u8 = b'@';

/// One of the cases, to be run by a child.
pub struct Case {
    program: Vec<String>,
    size: (u16, u16),
    patience: Duration,
}

/// How it went.
pub struct Run {
    /// What the child has reported.
    pub figures: Figures,
    /// From before its start to after its end, in seconds.
    pub wall: f64,
    /// Bytes that have come, and how many lines were in them.
    pub bytes: u64,
    pub lines: u64,
}

/// Something that has come from the child, and when: [`system::now`].
pub struct Piece {
    pub at: f64,
    pub bytes: Vec<u8>,
}

impl Case {
    pub fn new(name: &str) -> Case {
        let program = std::env::current_exe().expect("a program has a path");
        let program = program.into_os_string().into_string().expect("a path in UTF-8");
        Case { program: vec![program, "case".to_owned(), name.to_owned()], size: (80, 24), patience: PATIENCE }
    }

    pub fn arg(mut self, arg: impl ToString) -> Case {
        self.program.push(arg.to_string());
        self
    }

    pub fn size(mut self, cols: u16, rows: u16) -> Case {
        self.size = (cols, rows);
        self
    }

    /// It may take longer than others.
    pub fn patience(mut self, patience: Duration) -> Case {
        self.patience = patience;
        self
    }

    /// Run by another program, which is told ours as its last arguments.
    pub fn under(mut self, tool: &[String]) -> Case {
        self.program.splice(..0, tool.iter().cloned());
        self
    }

    pub fn run(self) -> Run {
        self.watch(|_, _| {})
    }

    /// Keeps everything that comes.
    pub fn record(self) -> (Run, Vec<Piece>) {
        let mut pieces = Vec::new();
        let run = self.watch(|bytes, at| pieces.push(Piece { at, bytes: bytes.to_vec() }));
        (run, pieces)
    }

    /// Shows everything that comes to `watcher`, and when it came.
    pub fn watch(self, mut watcher: impl FnMut(&[u8], f64) + Send) -> Run {
        let (cols, rows) = self.size;
        let (mut pty, pts) = pty_process::blocking::open().expect("a pty");
        pty.resize(pty_process::Size::new(rows, cols)).expect("a size");
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        ours.set_read_timeout(Some(self.patience)).expect("a timeout");
        let mut command = Command::new(&self.program[0]).args(&self.program[1..]);
        // It is to see this terminal, not the one that the table is printed on.
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "CI", "COLUMNS", "LINES"] {
            command = command.env_remove(name);
        }
        command = command.env("TERM", "xterm-256color").env("COLORTERM", "truecolor").stdin(OwnedFd::from(theirs));
        let begun = Instant::now();
        let mut child = command.spawn(pts).expect("the child starts");

        thread::scope(|scope| {
            let reader = scope.spawn(move || drain(&mut pty, &mut watcher));
            let figures = listen(&ours, &mut child);
            let status = child.wait().expect("it is our child");
            let wall = begun.elapsed().as_secs_f64();
            let (bytes, lines) = reader.join().expect("the reader only reads");
            if !status.success() {
                eprintln!("`{}` ended with {status}", self.program.join(" "));
            }
            Run { figures, wall, bytes, lines }
        })
    }
}

/// How many frames of ours are in there.
pub fn frames<'a>(pieces: impl Iterator<Item = &'a Piece>) -> usize {
    let all: Vec<u8> = pieces.flat_map(|piece| piece.bytes.iter().copied()).collect();
    memmem::find_iter(&all, b"\x1b[?2026h").count()
}

impl Run {
    pub fn get(&self, what: &str) -> f64 {
        self.figures.get(what).copied().unwrap_or(f64::NAN)
    }
}

/// Takes everything, up to the end of all who could write.
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
            // End of file, which Linux calls an input/output error.
            _ => return (bytes, lines),
        }
    }
}

/// Takes down what the child reports, until it ends.
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
