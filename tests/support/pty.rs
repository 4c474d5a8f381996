//! A program on a pty of its own, as leader of its session, and a terminal at the other end.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use pty_process::blocking::{Command, Pty};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::tcgetattr;

use super::screen::Screen;

/// No program here needs as long as this; one that does hangs.
const ALARM: Duration = Duration::from_secs(30);

/// A program to be run: one of those in `scenes.rs`.
pub struct Scene {
    program: PathBuf,
    args: Vec<String>,
    envs: Vec<(String, String)>,
    size: (usize, usize),
    stdin: Stdin,
    stdout: Option<File>,
    stderr: Option<File>,
}

/// What a program reads from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stdin {
    /// A pipe: every byte is one step of the scene, and nothing of it is echoed on the screen.
    Steps,
    /// The terminal.
    Terminal,
}

impl Scene {
    pub fn new(name: &str) -> Scene {
        Scene::of(scenes(), name)
    }

    /// A scene as another build of the program has it.
    pub fn of(program: PathBuf, name: &str) -> Scene {
        Scene {
            program,
            args: vec![name.to_owned()],
            envs: Vec::new(),
            size: (30, 8),
            stdin: Stdin::Steps,
            stdout: None,
            stderr: None,
        }
    }

    /// Started by something like a shell, which says on a new line how the program has ended, and
    /// then shows a prompt.
    pub fn in_shell(mut self) -> Scene {
        self.args.insert(0, "shell".to_owned());
        self
    }

    pub fn arg(mut self, arg: impl ToString) -> Scene {
        self.args.push(arg.to_string());
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Scene {
        self.envs.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn size(mut self, cols: usize, rows: usize) -> Scene {
        self.size = (cols, rows);
        self
    }

    /// The program reads what is typed.
    pub fn typed(mut self) -> Scene {
        self.stdin = Stdin::Terminal;
        self
    }

    pub fn stdout(mut self, file: File) -> Scene {
        self.stdout = Some(file);
        self
    }

    pub fn stderr(mut self, file: File) -> Scene {
        self.stderr = Some(file);
        self
    }

    #[track_caller]
    pub fn start(self) -> Run {
        assert!(self.program.exists(), "{} is not there: `cargo build --example scenes`", self.program.display());
        let (cols, rows) = self.size;
        let (pty, pts) = pty_process::blocking::open().expect("a pty");
        pty.resize(size(cols, rows)).expect("a size");
        let settings = settings(&pty);

        let mut command = Command::new(&self.program).args(&self.args);
        // The program is to see this terminal, not the one that the tests run on.
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "CI", "COLUMNS", "LINES"] {
            command = command.env_remove(name);
        }
        command = command.env("TERM", "xterm-256color").env("COLORTERM", "truecolor").envs(self.envs);
        if self.stdin == Stdin::Steps {
            command = command.stdin(Stdio::piped());
        }
        if let Some(file) = self.stdout {
            command = command.stdout(file);
        }
        if let Some(file) = self.stderr {
            command = command.stderr(file);
        }
        let mut child = command.spawn(pts).expect("the program starts");
        let steps = child.stdin.take();
        let screen = Screen::new(cols, rows);
        Run { pty, child, steps, screen, settings, deadline: Instant::now() + ALARM, hung_up: false }
    }

    /// Runs a scene that goes from start to end by itself.
    #[track_caller]
    pub fn run(self) -> (Screen, ExitStatus) {
        self.start().end()
    }
}

/// A program that runs.
pub struct Run {
    pty: Pty,
    child: Child,
    steps: Option<ChildStdin>,
    screen: Screen,
    /// What the terminal was set to before the program started.
    settings: String,
    deadline: Instant,
    /// Nobody has the other end any more.
    hung_up: bool,
}

impl Run {
    /// Takes in what the program writes until the screen is as wanted. Looks only when no frame is
    /// cut in two.
    #[track_caller]
    pub fn until(&mut self, what: &str, wanted: impl Fn(&Screen) -> bool) -> &Screen {
        while !(self.screen.is_whole() && wanted(&self.screen)) {
            if self.hung_up {
                self.fail(&format!("the program ended before there was {what}"));
            }
            if !self.pump() {
                self.fail(&format!("no {what}"));
            }
        }
        &self.screen
    }

    /// Waits until the text is somewhere on the screen or above it.
    #[track_caller]
    pub fn until_text(&mut self, text: &str) -> &Screen {
        self.until(&format!("text {text:?}"), |screen| screen.has(text))
    }

    /// Waits until the screen looks as `picture` says: see [`Screen::check`].
    #[track_caller]
    pub fn until_picture(&mut self, picture: &str) -> &Screen {
        let wanted = super::screen::drawn(picture);
        self.until(&format!("picture\n{picture}\n"), |screen| screen.picture() == wanted)
    }

    /// The scene may take its next step.
    #[track_caller]
    pub fn go(&mut self) {
        let Some(steps) = &mut self.steps else { panic!("the scene reads what is typed") };
        if steps.write_all(b".").is_err() {
            self.fail("the program does not take steps any more");
        }
    }

    /// The same, for a scene that is told what its next step is: a line of text.
    #[track_caller]
    pub fn tell(&mut self, command: &str) {
        let Some(steps) = &mut self.steps else { panic!("the scene reads what is typed") };
        if steps.write_all(format!("{command}\n").as_bytes()).is_err() {
            self.fail("the program does not take commands any more");
        }
    }

    /// Somebody types.
    pub fn type_keys(&mut self, keys: &str) {
        self.pty.write_all(keys.as_bytes()).expect("the terminal takes what is typed");
    }

    /// The window changes: first the terminal itself, then what the program can know of it, as a
    /// window does it.
    pub fn resize(&mut self, cols: usize, rows: usize) {
        self.take_in();
        self.screen.resize(cols, rows);
        self.pty.resize(size(cols, rows)).expect("a size");
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("the program is there");
    }

    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The terminal is set as it was before the program started. While somebody has it open: after
    /// the last one the kernel resets it.
    #[track_caller]
    pub fn check_settings(&self) {
        assert!(!self.hung_up);
        assert_eq!(settings(&self.pty), self.settings);
    }

    /// Takes in everything up to the end of the program.
    #[track_caller]
    pub fn end(mut self) -> (Screen, ExitStatus) {
        // A scene that still waits for a step finds its input at an end.
        self.steps = None;
        while !self.hung_up {
            if !self.pump() {
                self.fail("the program does not end");
            }
        }
        loop {
            if let Some(status) = self.child.try_wait().expect("it is our child") {
                let screen = std::mem::replace(&mut self.screen, Screen::new(1, 1));
                return (screen, status);
            }
            if Instant::now() >= self.deadline {
                self.fail("the program has left the terminal and does not end");
            }
            std::thread::yield_now();
        }
    }

    /// Takes in what is there already.
    fn take_in(&mut self) {
        while !self.hung_up && self.wait(Duration::ZERO) {
            self.read();
        }
    }

    /// Waits for the program to write something, and takes it in. False when it is too late.
    fn pump(&mut self) -> bool {
        let left = self.deadline.saturating_duration_since(Instant::now());
        let ready = self.wait(left);
        if ready {
            self.read();
        }
        ready
    }

    fn wait(&self, time: Duration) -> bool {
        let time = Timespec::try_from(time).expect("a time of some seconds");
        let mut fds = [PollFd::new(&self.pty, PollFlags::IN)];
        loop {
            match poll(&mut fds, Some(&time)) {
                Err(rustix::io::Errno::INTR) => {}
                ready => return ready.expect("poll works") > 0,
            }
        }
    }

    fn read(&mut self) {
        let mut buf = [0; 64 * 1024];
        match self.pty.read(&mut buf) {
            Ok(n @ 1..) => self.screen.feed(&buf[..n]),
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            // End of file, which Linux calls an input/output error.
            _ => self.hung_up = true,
        }
    }

    #[track_caller]
    fn fail(&mut self, what: &str) -> ! {
        let status = self.child.try_wait();
        let _ = self.child.kill();
        panic!("{what}; the program: {status:?}\n{}", self.screen);
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `target/debug/deps/some_test` has them in `target/debug/examples/scenes`.
pub fn scenes() -> PathBuf {
    let mut path = std::env::current_exe().expect("a test has a path");
    path.pop();
    path.pop();
    path.join("examples").join("scenes")
}

fn size(cols: usize, rows: usize) -> pty_process::Size {
    let short = |n: usize| u16::try_from(n).expect("a size that terminals have");
    pty_process::Size::new(short(rows), short(cols))
}

fn settings(pty: &Pty) -> String {
    format!("{:?}", tcgetattr(pty).expect("a terminal has settings"))
}
