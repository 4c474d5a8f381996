//! A program on a pty of its own, as leader of its session, with an emulator at the other end.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use pty_process::blocking::{Command, Pty};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use rustix::termios::{Termios, tcgetattr};

use super::bytes::Modes;
use super::screen::Screen;

/// Variables that say what the terminal can do, and what its user wants.
const DESCRIBING: [&str; 24] = [
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "FORCE_COLOR",
    "CI",
    "TF_BUILD",
    "TEAMCITY_VERSION",
    "JENKINS_URL",
    "GITHUB_ACTIONS",
    "ACCESSIBLE",
    "REDUCED_MOTION",
    "FOOTLIGHTS_OUTPUT",
    "COLUMNS",
    "LINES",
    "TERM_FEATURES",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "WT_SESSION",
    "ConEmuANSI",
    "PTYXIS_VERSION",
    "KONSOLE_VERSION",
    "VTE_VERSION",
    "KITTY_WINDOW_ID",
    "TMUX",
];

/// A program that runs longer than this hangs.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// A program to be run: one of those in `scenes`.
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
    /// A pipe: each byte is one step of the scene, and is not echoed.
    Steps,
    /// The terminal.
    Terminal,
}

impl Scene {
    pub fn new(name: &str) -> Scene {
        Scene::of(scenes(), name)
    }

    /// A scene of another build of the program.
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

    /// Starts the scene from a process that acts as a shell: it prints how the scene ended, as
    /// `[exit status: 0]`, and then a prompt.
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

    /// Makes the terminal the input of the program.
    pub fn reads_terminal(mut self) -> Scene {
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
        assert!(self.program.exists(), "{} does not exist: run `cargo build --example scenes`", self.program.display());
        let (cols, rows) = self.size;
        let (pty, pts) = pty_process::blocking::open().expect("a pty");
        pty.resize(size(cols, rows)).expect("a size");
        let settings = settings(&pty);

        let mut command = Command::new(&self.program).args(&self.args);
        // Variables that describe the terminal of the tests must not reach the program.
        for name in DESCRIBING {
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
        // A terminal may report no size.
        let screen = Screen::new(cols.max(1), rows.max(1));
        Run { pty, child, steps, screen, settings, deadline: Instant::now() + TIME_LIMIT, hung_up: false }
    }

    /// Runs a scene that has no steps, to its end.
    #[track_caller]
    pub fn run(self) -> (Screen, ExitStatus) {
        self.start().end()
    }
}

/// A running program.
pub struct Run {
    pty: Pty,
    child: Child,
    steps: Option<ChildStdin>,
    screen: Screen,
    /// The settings of the terminal before the program started.
    settings: String,
    deadline: Instant,
    /// Whether all processes have closed the other end.
    hung_up: bool,
}

impl Run {
    /// Reads the output of the program until the screen is as wanted. Looks at it only between
    /// frames.
    #[track_caller]
    pub fn until(&mut self, what: &str, wanted: impl Fn(&Screen) -> bool) -> &Screen {
        while !(self.screen.is_whole() && wanted(&self.screen)) {
            if self.hung_up {
                self.fail(&format!("the program ended before there was {what}"));
            }
            if !self.read_before(self.deadline) {
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

    /// Waits until the screen looks like `picture`: see [`Screen::check`].
    #[track_caller]
    pub fn until_picture(&mut self, picture: &str) -> &Screen {
        let wanted = super::screen::rows_of(picture);
        self.until(&format!("picture\n{picture}\n"), |screen| screen.picture() == wanted)
    }

    /// Lets the scene take its next step.
    #[track_caller]
    pub fn step(&mut self) {
        self.write_to_stdin(".");
    }

    /// Sends a line of input to a scene that executes commands.
    #[track_caller]
    pub fn command(&mut self, command: &str) {
        self.write_to_stdin(&format!("{command}\n"));
    }

    #[track_caller]
    fn write_to_stdin(&mut self, text: &str) {
        let Some(steps) = &mut self.steps else { panic!("the scene reads from the terminal") };
        if steps.write_all(text.as_bytes()).is_err() {
            self.fail("the program has closed its stdin");
        }
    }

    /// Types keys on the keyboard of the terminal.
    pub fn type_keys(&mut self, keys: &str) {
        self.pty.write_all(keys.as_bytes()).expect("a terminal that accepts input");
    }

    /// Resizes the window: first the emulator, then the size that the program can ask for, in the
    /// order of real terminals.
    pub fn resize(&mut self, cols: usize, rows: usize) {
        self.read_available();
        self.screen.resize(cols, rows);
        self.pty.resize(size(cols, rows)).expect("a size");
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("the program runs");
    }

    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Checks that the terminal has the settings from before the program started. Works only as
    /// long as a process has the terminal open: after that, the kernel resets it.
    #[track_caller]
    pub fn check_settings(&self) {
        assert!(!self.hung_up);
        assert_eq!(settings(&self.pty), self.settings);
    }

    /// Checks that the terminal is as before the program started: its settings, its modes, colors
    /// and cursor.
    #[track_caller]
    pub fn check_restored(&self) {
        self.check_settings();
        assert!(self.screen.is_cursor_visible());
        let modes = Modes::after(self.screen.raw());
        assert!(modes.are_plain() && modes.colors().is_empty(), "{modes:?}\n{}", self.screen);
    }

    /// Waits until the settings of the terminal are as wanted.
    #[track_caller]
    pub fn until_settings(&mut self, what: &str, wanted: impl Fn(&Termios) -> bool) {
        while !wanted(&tcgetattr(&self.pty).expect("a terminal has settings")) {
            if self.hung_up || Instant::now() >= self.deadline {
                self.fail(&format!("no {what}"));
            }
            // Nothing tells of a change of the settings.
            self.watch(Duration::from_millis(5));
        }
    }

    /// Reads the output of the program for this long.
    pub fn watch(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while !self.hung_up && self.read_before(end) {}
    }

    /// Reads all output up to the end of the program.
    #[track_caller]
    pub fn end(mut self) -> (Screen, ExitStatus) {
        // A scene that waits for a step finds the end of its input.
        self.steps = None;
        while !self.hung_up {
            if !self.read_before(self.deadline) {
                self.fail("the program does not end");
            }
        }
        if !self.ends_before(self.deadline) {
            self.fail("the program has closed the terminal and does not end");
        }
        let status = self.child.wait().expect("our child");
        (std::mem::replace(&mut self.screen, Screen::new(1, 1)), status)
    }

    /// Whether the process ends before the deadline. It can still be waited for afterwards.
    fn ends_before(&self, deadline: Instant) -> bool {
        let pid = self.pid();
        let (sender, ended) = mpsc::channel();
        thread::spawn(move || {
            let _ = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
            let _ = sender.send(());
        });
        ended.recv_timeout(deadline.saturating_duration_since(Instant::now())).is_ok()
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Reads the output that has arrived already.
    fn read_available(&mut self) {
        while !self.hung_up && self.wait(Duration::ZERO) {
            self.read();
        }
    }

    /// Waits for output, and reads it. Returns false if none arrives before the deadline.
    fn read_before(&mut self, deadline: Instant) -> bool {
        let ready = self.wait(deadline.saturating_duration_since(Instant::now()));
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
            // End of file, which Linux reports as an input/output error.
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

/// The path of the scenes: next to `target/debug/deps/some_test`, it is
/// `target/debug/examples/scenes`.
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
