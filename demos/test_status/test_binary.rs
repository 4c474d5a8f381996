//! How test binaries are run: by this program, which cargo takes for the runner of the target.
//!
//! cargo decides which binaries run, in which order, where, and with which variables; it also says what their exit
//! codes mean. We only add options that make libtest say more, and become the binary (`exec`). So nothing has to be
//! imitated, and a signal or an exit code is that of the test binary.
//!
//! JSON is not stable: libtest wants the variable `RUSTC_BOOTSTRAP`, with any value. rustc takes the value as a list
//! of crates that may use what is not stable. With a name that no crate has, compilers that a test starts behave as
//! before, and nothing is compiled again, because cargo itself does not see the variable.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio, id};

use memchr::memmem;
use serde_json::{Value, json};

use crate::args::Protocol;

/// The first argument that turns this program into a runner of test binaries.
pub const SWITCH: &str = "__run_test_binary";

/// What an announcement begins with: it looks like one of cargo's messages.
const START: &str = "{\"reason\":\"test-status\",\"test-binary\":";

/// The value of `RUSTC_BOOTSTRAP`.
const NO_CRATE: &str = "test_status_allows_no_crate";

/// Stands for the list of tests, if all are to run.
const ALL: &str = "all";

/// Texts inside of each libtest: a variable it sets, and what it says about the option for the file.
const LIBTEST: &[u8] = b"__RUST_TEST_INVOKE";
const HAS_LOG: &[u8] = b"Write logs to the specified file";

/// Options of libtest after which we cannot ask for JSON: they print something else, or ask for a format.
const OWN_FORMAT: [&str; 6] = ["--format", "--list", "--help", "-h", "--logfile", "--bench"];

/// What a test binary says before it starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Announcement {
    pub executable: PathBuf,
    pub protocol: Protocol,
    pub log: Option<PathBuf>,
    pub args: Vec<String>,
    /// Where libraries are found, for the same binary started by us.
    pub library_path: Option<(String, String)>,
}

/// What test binaries have to know.
#[derive(Debug)]
pub struct Settings {
    /// Makes it unlikely that a test announces a binary by accident.
    pub token: String,
    /// A folder for results.
    pub folder: PathBuf,
    pub protocol: Protocol,
    /// A list of the tests to run: package, crate and name in each line.
    pub only: Option<PathBuf>,
}

impl Settings {
    /// The command that cargo shall put before that of a test binary.
    pub fn command(&self) -> io::Result<Vec<OsString>> {
        let protocol = match self.protocol {
            Protocol::Json => "json",
            Protocol::Text => "text",
            Protocol::File => "file",
        };
        let only = self.only.as_ref().map_or(OsStr::new(ALL), |path| path.as_os_str());
        let program = env::current_exe()?.into_os_string();
        Ok([program.as_os_str(), SWITCH.as_ref(), self.token.as_ref(), self.folder.as_ref(), protocol.as_ref(), only]
            .map(OsStr::to_os_string)
            .to_vec())
    }
}

/// Runs a test binary: the arguments are those of [`Settings::command`] and then the command of cargo.
pub fn run(args: &[OsString]) -> ExitCode {
    let [token, folder, protocol, only, program, args @ ..] = args else { return ExitCode::FAILURE };
    let program = Path::new(program);
    let mut args = args.to_vec();
    if is_doctest(program) {
        // What rustdoc does if there is no runner: each of the merged tests is to have a process of its own.
        return exec(Command::new(program).args(args).env("RUSTDOC_DOCTEST_BIN_PATH", program));
    }
    if only != ALL && !select(&mut args, program, Path::new(only)) {
        return ExitCode::SUCCESS;
    }
    let mut command = Command::new(program);
    let mut protocol = match protocol.to_str() {
        Some("json") => Protocol::Json,
        Some("file") => Protocol::File,
        _ => Protocol::Text,
    };
    let is_own = |arg: &OsString| {
        OWN_FORMAT.iter().any(|own| arg.to_str().is_some_and(|arg| arg.split('=').next() == Some(own)))
    };
    let [has_libtest, has_log] = if protocol == Protocol::Text || args.iter().any(is_own) {
        [false, false]
    } else {
        contains(program, [LIBTEST, HAS_LOG]).unwrap_or_default()
    };
    if !has_libtest {
        protocol = Protocol::Text;
    }
    let log = (protocol != Protocol::Text && has_log).then(|| Path::new(folder).join(id().to_string()));
    announce(token, program, protocol, log.as_deref(), &args);
    if let Some(log) = &log {
        command.arg("--logfile").arg(log);
    }
    match protocol {
        Protocol::Json => {
            command.args(["-Z", "unstable-options", "--format", "json"]);
            command.args(args.iter().filter(|arg| *arg != "--quiet" && *arg != "-q"));
            if env::var_os("RUSTC_BOOTSTRAP").is_none() {
                command.env("RUSTC_BOOTSTRAP", NO_CRATE);
            }
        }
        // cargo's own stderr is the terminal.
        Protocol::File => {
            command.args(args).stdout(Stdio::from(io::stderr()));
        }
        Protocol::Text => {
            command.args(args);
        }
    }
    exec(&mut command)
}

impl Announcement {
    /// Reads the line of a test binary. A line without the token is output of a test.
    pub fn read(value: &Value, token: Option<&str>) -> Option<Announcement> {
        let value = value.get("test-binary")?;
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        if text("token") != Some(token?) {
            return None;
        }
        let list =
            |name: &str| value.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let mut library_path = list("library_path").map(str::to_owned);
        Some(Announcement {
            executable: text("executable")?.into(),
            protocol: match text("protocol")? {
                "json" => Protocol::Json,
                "file" => Protocol::File,
                _ => Protocol::Text,
            },
            log: text("log").map(PathBuf::from),
            args: list("args").map(str::to_owned).collect(),
            library_path: library_path.next().zip(library_path.next()),
        })
    }
}

/// Asks a test binary for the names of its tests; none, if it is not made with libtest.
pub fn list(program: &Path, announcement: &Announcement) -> Option<Vec<String>> {
    let [true, _] = contains(program, [LIBTEST, HAS_LOG]).ok()? else { return None };
    let mut command = Command::new(program);
    command.args(&announcement.args).args(["--list", "--format", "terse"]);
    command.envs(announcement.library_path.clone()).stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let names = text.lines().filter_map(|line| line.strip_suffix(": test").or(line.strip_suffix(": benchmark")));
    Some(names.map(str::to_owned).collect())
}

fn announce(token: &OsStr, program: &Path, protocol: Protocol, log: Option<&Path>, args: &[OsString]) {
    let text = |text: &OsStr| text.to_string_lossy().into_owned();
    let library_path = ["LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "PATH"]
        .into_iter()
        .find_map(|name| Some([name.to_owned(), text(&env::var_os(name)?)]));
    let fields = json!({
        "token": text(token),
        "executable": text(program.as_os_str()),
        "protocol": match protocol { Protocol::Json => "json", Protocol::File => "file", Protocol::Text => "text" },
        "log": log.map(|log| text(log.as_os_str())),
        "args": args.iter().map(|arg| text(arg)).collect::<Vec<_>>(),
        "library_path": library_path,
    });
    // Nobody reads it if we are no longer watched.
    let _ = writeln!(io::stdout(), "{START}{fields}}}");
}

/// The binary of a documentation test stands in a temporary folder of rustdoc.
fn is_doctest(program: &Path) -> bool {
    program.components().any(|part| part.as_os_str().to_string_lossy().starts_with("rustdoctest"))
}

/// Replaces the names of all tests that are to run by those of this binary. Returns false if it has none.
fn select(args: &mut Vec<OsString>, program: &Path, list: &Path) -> bool {
    let Ok(list) = fs::read_to_string(list) else { return true };
    let package = env::var("CARGO_PKG_NAME").unwrap_or_default();
    let file = program.file_stem().unwrap_or_default().to_string_lossy();
    let krate = file.rsplit_once('-').map_or(&*file, |(name, _)| name);
    let entries = || {
        list.lines().filter_map(|line| {
            line.split_once('\t').and_then(|(package, rest)| Some((package, rest.split_once('\t')?)))
        })
    };
    args.retain(|arg| !entries().any(|(_, (_, test))| arg == test));
    let count = args.len();
    args.extend(entries().filter(|(p, (k, _))| *p == package && *k == krate).map(|(_, (_, test))| test.into()));
    args.len() > count
}

/// Whether a file contains these texts. Reads no more of it than necessary.
fn contains<const N: usize>(path: &Path, texts: [&[u8]; N]) -> io::Result<[bool; N]> {
    const OVERLAP: usize = 64;
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 20];
    let mut kept = 0;
    let mut found = [false; N];
    let finders = texts.map(memmem::Finder::new);
    loop {
        let n = file.read(&mut buffer[kept..])?;
        let end = kept + n;
        for (found, finder) in found.iter_mut().zip(&finders) {
            *found |= finder.find(&buffer[..end]).is_some();
        }
        if n == 0 || found.iter().all(|found| *found) {
            return Ok(found);
        }
        kept = OVERLAP.min(end);
        buffer.copy_within(end - kept..end, 0);
    }
}

/// Becomes the program. Returns only if it cannot be started.
#[cfg(unix)]
fn exec(command: &mut Command) -> ExitCode {
    use std::os::unix::process::CommandExt;
    let err = command.exec();
    failed(command, &err)
}

/// Runs the program, and ends as it does.
#[cfg(not(unix))]
fn exec(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(err) => failed(command, &err),
    }
}

fn failed(command: &Command, err: &io::Error) -> ExitCode {
    eprintln!("cannot run {}: {err}", command.get_program().to_string_lossy());
    ExitCode::FAILURE
}
