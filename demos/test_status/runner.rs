//! The runners: what they are started with, and the pipes on which their output comes.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::SyncSender;
use std::thread;

use serde_json::Value;

use crate::Input;
use crate::args::{Args, Protocol, Source};
use crate::decode::{Decoder, Origin};
use crate::test_binary::Settings;

/// A runner that works.
pub struct Runner {
    /// None, if another program has started it.
    pub child: Option<Child>,
    pub decoder: Decoder,
    /// How many pipes are open.
    pub pipes: usize,
}

/// Starts the runner, or attaches to stdin. What is printed arrives as [`Input`].
pub fn start(args: &Args, settings: &Settings, only: &[OsString], inputs: &SyncSender<Input>) -> io::Result<Runner> {
    let (mut command, decoder) = match args.source {
        Source::Stdin => {
            read(Origin::Stdout, io::stdin(), inputs);
            return Ok(Runner { child: None, decoder: Decoder::new(), pipes: 1 });
        }
        Source::Cargo => cargo(args, settings, only)?,
        Source::Nextest => (nextest(args, only), Decoder::new()),
    };
    // Where both streams are the same terminal, one pipe keeps their order.
    let is_one = io::stdout().is_terminal() && io::stderr().is_terminal();
    if is_one && args.protocol != Protocol::File {
        let (reader, writer) = os_pipe::pipe()?;
        command.stdout(writer.try_clone()?).stderr(writer);
        let child = command.spawn()?;
        // The command holds ends of the pipe, and would keep it open.
        drop(command);
        read(Origin::Stdout, reader, inputs);
        return Ok(Runner { child: Some(child), decoder, pipes: 1 });
    }
    command.stdout(Stdio::piped());
    if args.protocol != Protocol::File {
        command.stderr(Stdio::piped());
    }
    let mut child = command.spawn()?;
    let mut pipes = 0;
    if let Some(stdout) = child.stdout.take() {
        read(Origin::Stdout, stdout, inputs);
        pipes += 1;
    }
    if let Some(stderr) = child.stderr.take() {
        read(Origin::Stderr, stderr, inputs);
        pipes += 1;
    }
    Ok(Runner { child: Some(child), decoder, pipes })
}

fn read(origin: Origin, mut pipe: impl Read + Send + 'static, inputs: &SyncSender<Input>) {
    let inputs = inputs.clone();
    thread::spawn(move || {
        let mut buffer = vec![0; 64 << 10];
        loop {
            let input = match pipe.read(&mut buffer) {
                Err(err) if err.kind() == io::ErrorKind::Interrupted => continue,
                Ok(0) | Err(_) => Input::Closed,
                Ok(n) => Input::Printed(origin, buffer[..n].to_vec()),
            };
            let is_closed = matches!(input, Input::Closed);
            // Nobody listens any more when the program ends.
            if inputs.send(input).is_err() || is_closed {
                return;
            }
        }
    });
}

/// `cargo test`, which says in JSON what it builds, and runs test binaries by our hands.
fn cargo(args: &Args, settings: &Settings, only: &[OsString]) -> io::Result<(Command, Decoder)> {
    let (toolchain, rest) = match args.rest.split_first() {
        Some((first, rest)) if first.to_string_lossy().starts_with('+') => (Some(first), rest),
        _ => (None, &args.rest[..]),
    };
    let (ours, theirs) = rest.split_at(rest.iter().position(|arg| arg == "--").unwrap_or(rest.len()));
    // `+toolchain` is understood by rustup's cargo, not by the cargo of a toolchain, which `CARGO` names.
    let cargo = env::var_os("CARGO").filter(|_| toolchain.is_none()).unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(toolchain).arg("test");
    add_color(&mut command, ours);
    let is_json = !has_option(ours, "--message-format");
    if is_json {
        command.arg("--message-format=json-render-diagnostics");
        // Where cargo has no terminal, it says how far it is only if it is told to.
        if args.protocol != Protocol::File {
            command.args(["--config", "term.progress.when=\"always\"", "--config", "term.progress.width=80"]);
        }
    }
    let words = settings.command()?;
    let is_ours = !has_other_runner(ours);
    if is_ours {
        let list: Vec<String> = words.iter().map(|word| Value::from(word.to_string_lossy()).to_string()).collect();
        command.arg("--config").arg(format!("target.\"cfg(all())\".runner=[{}]", list.join(",")));
    }
    command.args(ours);
    match theirs {
        [] if only.is_empty() => {}
        [] => drop(command.arg("--")),
        theirs => drop(command.args(theirs)),
    }
    command.args(only);
    let token = is_ours.then(|| settings.token.clone());
    let prefix = words.join(OsStr::new(" ")).to_string_lossy().into_owned() + " ";
    let decoder = if is_json { Decoder::for_cargo(token, prefix) } else { Decoder::announced(token, prefix) };
    Ok((command, decoder))
}

/// `cargo nextest run`, whose own display is switched off.
fn nextest(args: &Args, only: &[OsString]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["nextest", "run"]);
    if !has_option(&args.rest, "--message-format") {
        command.args(["--message-format", "libtest-json-plus"]);
    }
    add_color(&mut command, &args.rest);
    command.args(only).args(&args.rest);
    command.env("NEXTEST_EXPERIMENTAL_LIBTEST_JSON", "1");
    for (name, value) in [
        ("SHOW_PROGRESS", "none"),
        ("STATUS_LEVEL", "none"),
        ("FINAL_STATUS_LEVEL", "none"),
        ("FAILURE_OUTPUT", "never"),
        ("NO_INPUT_HANDLER", "1"),
    ] {
        command.env(format!("NEXTEST_{name}"), value);
    }
    command
}

/// Colors are wanted, although the runner sees a pipe.
fn add_color(command: &mut Command, args: &[OsString]) {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_asked = has_option(args, "--color") || is_set("CARGO_TERM_COLOR") || is_set("NO_COLOR");
    let is_capable = env::var_os("TERM").is_some_and(|term| term != "dumb") || cfg!(windows);
    if io::stderr().is_terminal() && is_capable && !is_asked {
        command.arg("--color=always");
    }
}

fn has_option(args: &[OsString], name: &str) -> bool {
    args.iter().any(|arg| arg.to_string_lossy().split('=').next() == Some(name))
}

/// Whether the user has a runner for test binaries: an emulator, or `sudo`. Then it runs them, and they print text.
fn has_other_runner(args: &[OsString]) -> bool {
    if env::vars_os().any(|(name, _)| {
        name.to_string_lossy().starts_with("CARGO_TARGET_") && name.to_string_lossy().ends_with("_RUNNER")
    }) {
        return true;
    }
    if args.iter().any(|arg| arg.to_string_lossy().contains("runner")) && has_option(args, "--config") {
        return true;
    }
    let here = env::current_dir().unwrap_or_default();
    let folders = here.ancestors().map(|folder| folder.join(".cargo"));
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let files = folders.chain(home).flat_map(|folder| [folder.join("config.toml"), folder.join("config")]);
    files
        .filter_map(|file| fs::read_to_string(file).ok())
        .any(|text| text.lines().any(|line| line.trim_start().starts_with("runner")))
}
