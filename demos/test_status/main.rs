//! Runs the tests of a Rust project and shows how they are doing: one bar for all of them, the tests that take long,
//! and failures as they happen. `docs/test-status.md` says how it is used.
//!
//! ```text
//! cargo install --path . --example test_status
//! test_status [OPTIONS] [ARGUMENTS OF cargo test]
//! ```
//!
//! What the runner prints (`runner`, `test_binary`) is decoded to events (`decode`, `event`), which change the state
//! of the run (`run`). The state is what the bars show (`picture`, `rows`, `remaining`), and what is printed above
//! them (`report`).

mod annotation;
mod args;
mod decode;
mod event;
mod history;
mod interrupt;
mod junit;
mod picture;
mod remaining;
mod report;
mod rows;
mod run;
mod runner;
mod test_binary;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, ExitStatus};
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use footlights::{Manager, Output, Stream};

use args::{Args, Source};
use decode::Origin;
use event::Event;
use history::History;
use interrupt::{Interrupt, Request};
use picture::Picture;
use report::Report;
use run::{Phase, Run};
use runner::Runner;
use test_binary::{Announcement, Settings};

/// How often the picture follows the state.
const TICK: Duration = Duration::from_millis(50);
/// How long a pipe that a child of a test holds open may still bring something, when the runner has ended.
const LAST_OUTPUT: Duration = Duration::from_millis(200);
/// How long output on stderr waits for output on stdout that was printed before.
const OTHER_STREAM: Duration = Duration::from_millis(5);

/// What the main thread waits for.
pub enum Input {
    /// The runner or a test has printed something.
    Printed(Origin, Vec<u8>),
    /// A pipe has no writers any more.
    Closed,
    /// A test binary has told the names of its tests.
    Listed(PathBuf, Vec<String>),
}

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    if arguments.len() > 4 && env::args_os().nth(1).is_some_and(|first| first == test_binary::SWITCH) {
        arguments.next();
        return test_binary::run(&arguments.collect::<Vec<_>>());
    }
    let args = match args::parse(arguments) {
        Ok(args) => args,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    if args.help {
        print!("{}", args::HELP);
        return ExitCode::SUCCESS;
    }
    match Session::run(&args) {
        Ok(code) => code,
        Err(err) => {
            eprintln!("error: {err}");
            ExitCode::FAILURE
        }
    }
}

/// One run, from its start to its summary.
struct Session<'a> {
    args: &'a Args,
    report: Report,
    run: Run,
    history: History,
    history_path: Option<PathBuf>,
    inputs: SyncSender<Input>,
    is_listed: bool,
}

impl Session<'_> {
    fn run(args: &Args) -> io::Result<ExitCode> {
        let token =
            format!("{:x}-{:x}", std::process::id(), SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos());
        let folder = env::temp_dir().join(format!("test_status-{token}"));
        fs::create_dir(&folder)?;
        let mut settings = Settings { token, folder: folder.clone(), protocol: args.protocol, only: None };
        let (sender, inputs) = mpsc::sync_channel(16);
        let mut session = Session::new(args, sender);
        let result = match session.select(&mut settings) {
            Ok(Some(only)) => session.display(&settings, &only, &inputs),
            Ok(None) => Ok(ExitCode::SUCCESS),
            Err(err) => Err(err),
        };
        // It holds only what test binaries have written, and is in a temporary folder.
        let _ = fs::remove_dir_all(folder);
        result
    }

    fn new(args: &Args, inputs: SyncSender<Input>) -> Session<'_> {
        let is_styled = io::stdout().is_terminal() && !args.json;
        let report = Report {
            is_stdout_taken: args.json,
            is_styled: is_styled && footlights::ColorDepth::from_env() != footlights::ColorDepth::None,
            shows_passed: args.show_passed,
            slowest: args.slowest,
            annotates: env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
        };
        let (run, history) = (Run::default(), History::default());
        Session { args, report, run, history, history_path: None, inputs, is_listed: false }
    }

    /// Finds the tests that are to run, if not all are. Returns arguments for the runner; none, if there is nothing
    /// to do.
    fn select(&mut self, settings: &mut Settings) -> io::Result<Option<Vec<OsString>>> {
        if !self.args.rerun_failed {
            return Ok(Some(Vec::new()));
        }
        let is_release =
            self.args.rest.iter().take_while(|arg| *arg != "--").any(|arg| arg == "--release" || arg == "-r");
        self.open_history(history::path_from_cargo(if is_release { "release" } else { "debug" }));
        let failed: Vec<_> = self.history.failed().collect();
        if failed.is_empty() {
            println!("No test has failed last time.");
            return Ok(None);
        }
        let package = |suite: &str| suite.split([':', ' ']).next().unwrap_or_default().to_owned();
        if self.args.source == Source::Nextest {
            let tests = failed.iter().map(|(suite, test, _)| format!("(binary_id(={suite}) & test(={test}))"));
            return Ok(Some(vec!["-E".into(), tests.collect::<Vec<_>>().join(" | ").into()]));
        }
        let lines =
            failed.iter().map(|(suite, test, record)| format!("{}\t{}\t{test}\n", package(suite), record.binary));
        let list = settings.folder.join("only");
        fs::write(&list, lines.collect::<String>())?;
        settings.only = Some(list);
        let tests = failed.iter().map(|(_, test, _)| OsString::from(test));
        Ok(Some([OsString::from("--exact")].into_iter().chain(tests).collect()))
    }

    fn display(
        &mut self,
        settings: &Settings,
        only: &[OsString],
        inputs: &mpsc::Receiver<Input>,
    ) -> io::Result<ExitCode> {
        let interrupt = Interrupt::new()?;
        let manager = Manager::builder();
        let manager = if self.args.json { manager.output(Output::Json).stream(Stream::Stdout) } else { manager };
        let manager = manager.build();
        let mut picture = Picture::new(&manager, self.args.rows);
        let mut runner = runner::start(self.args, settings, only, &self.inputs)?;
        if self.args.source != Source::Cargo {
            self.open_history(history::path_from_cargo("debug"));
        }
        let status = self.follow(&mut runner, &mut picture, &interrupt, inputs)?;
        let time = picture.now();
        picture.finish(&self.run, &self.history, time);
        manager.stop();
        let code = self.exit_code(status);
        let words = match (code, status) {
            (0, _) => String::new(),
            (_, Some(status)) => status.to_string(),
            (_, None) => "a test has failed, or has no result".to_owned(),
        };
        self.report.summary(&self.run, &words, time)?;
        self.keep(time);
        Ok(ExitCode::from(code))
    }

    /// Reads all that the runner prints, until it has ended.
    fn follow(
        &mut self,
        runner: &mut Runner,
        picture: &mut Picture,
        interrupt: &Interrupt,
        inputs: &mpsc::Receiver<Input>,
    ) -> io::Result<Option<ExitStatus>> {
        let mut shown = Instant::now();
        let mut ended: Option<Instant> = None;
        let mut events = Vec::new();
        let mut stderr: Vec<u8> = Vec::new();
        while runner.pipes > 0 && ended.is_none_or(|ended| ended.elapsed() < LAST_OUTPUT) {
            let wait = if stderr.is_empty() { TICK } else { OTHER_STREAM };
            match inputs.recv_timeout(wait) {
                Ok(Input::Printed(Origin::Stderr, bytes)) => stderr.extend(bytes),
                Ok(Input::Printed(origin, bytes)) => {
                    runner.decoder.read(origin, &bytes, &mut events);
                    self.handle(origin, &mut events, picture.now())?;
                    ended = ended.map(|_| Instant::now());
                }
                Ok(Input::Closed) => runner.pipes -= 1,
                Ok(Input::Listed(executable, tests)) => {
                    self.run.apply(&Event::Listed { executable, tests }, picture.now());
                }
                Err(RecvTimeoutError::Timeout) if !stderr.is_empty() => {
                    runner.decoder.read(Origin::Stderr, &std::mem::take(&mut stderr), &mut events);
                    self.handle(Origin::Stderr, &mut events, picture.now())?;
                }
                Err(_) => {
                    // A process that a test has left behind may hold a pipe as long as it likes.
                    let status = runner.child.as_mut().map(|child| child.try_wait()).transpose()?.flatten();
                    if status.is_some() {
                        ended.get_or_insert_with(Instant::now);
                    }
                }
            }
            runner.decoder.tick(&mut events);
            self.handle(Origin::Stdout, &mut events, picture.now())?;
            if let Some(request) = interrupt.take() {
                self.interrupted(request, runner, picture)?;
            }
            if shown.elapsed() >= TICK {
                picture.show(&self.run, &self.history, picture.now());
                shown = Instant::now();
            }
        }
        runner.decoder.read(Origin::Stderr, &stderr, &mut events);
        self.handle(Origin::Stderr, &mut events, picture.now())?;
        runner.decoder.end(&mut events);
        self.handle(Origin::Stdout, &mut events, picture.now())?;
        let status = runner.child.as_mut().map(|child| child.wait()).transpose()?;
        if interrupt.take().is_some() {
            self.run.interrupted.get_or_insert(picture.now());
        }
        for result in self.run.end(picture.now()) {
            self.report.result(&self.run, &self.run.results[result])?;
        }
        Ok(status)
    }

    fn handle(&mut self, origin: Origin, events: &mut Vec<Event>, now: Duration) -> io::Result<()> {
        for event in events.drain(..) {
            if let Event::Printed(bytes) = &event {
                self.report.pass_on(origin, bytes)?;
                continue;
            }
            for result in self.run.apply(&event, now) {
                self.report.result(&self.run, &self.run.results[result])?;
            }
            match &event {
                Event::Announced(announcement) => self.announced(announcement),
                Event::FailureOutput(test, output) => self.report.late_output(&self.run, &test.path, output)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// The first test binary starts: now all others can be asked for their tests.
    fn announced(&mut self, announcement: &Announcement) {
        if std::mem::replace(&mut self.is_listed, true) {
            return;
        }
        if self.history_path.is_none() {
            self.open_history(history::path_of(&announcement.executable));
        }
        // Which tests are to run again is not known here.
        if self.args.rerun_failed || announcement.protocol == args::Protocol::Text {
            return;
        }
        let programs: Vec<PathBuf> = self.run.suites.iter().filter_map(|suite| suite.executable.clone()).collect();
        let (announcement, inputs) = (announcement.clone(), self.inputs.clone());
        thread::spawn(move || {
            for program in programs {
                let Some(tests) = test_binary::list(&program, &announcement) else { continue };
                // Nobody listens any more when the program ends.
                if inputs.send(Input::Listed(program, tests)).is_err() {
                    return;
                }
            }
        });
    }

    fn interrupted(&mut self, request: Request, runner: &mut Runner, picture: &mut Picture) -> io::Result<()> {
        let is_first = self.run.interrupted.is_none();
        self.run.interrupted.get_or_insert(picture.now());
        let Some(child) = &mut runner.child else { return Ok(()) };
        if is_first {
            interrupt::tell(child, request);
            return self.report.stopped(&self.run, picture.now());
        }
        // What it leaves behind is told by the terminal, as we are.
        child.kill()?;
        runner.pipes = 0;
        Ok(())
    }

    fn exit_code(&self, status: Option<ExitStatus>) -> u8 {
        let Some(status) = status else {
            let is_failed = self.run.has_failed();
            return if is_failed && self.run.is_of_nextest() { 100 } else { u8::from(is_failed) * 101 };
        };
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
            // As shells say it.
            return 128 + signal as u8;
        }
        status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
    }

    fn open_history(&mut self, path: Option<PathBuf>) {
        if let Some(path) = &path {
            self.history = History::read(path);
        }
        self.history_path = path;
    }

    /// Writes what the next run wants to know, and the report for machines.
    fn keep(&mut self, time: Duration) {
        let failed =
            |what: &str, path: &Path, err: io::Error| eprintln!("cannot write {what} {}: {err}", path.display());
        if let Some(path) = &self.args.junit {
            junit::write(&self.run, time, path).unwrap_or_else(|err| failed("the report", path, err));
        }
        self.history.add(&self.run);
        if let Some(path) = self.history_path.as_ref().filter(|_| self.run.phase == Phase::Testing) {
            self.history.write(path).unwrap_or_else(|err| failed("the durations to", path, err));
        }
    }
}
