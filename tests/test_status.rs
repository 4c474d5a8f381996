//! The example `test_status`, on a crate made for the purpose: its counts and its exit codes are those of cargo.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use rustix::process::{Pid, Signal, kill_process};

const LIB: &str = r#"
//! ```
//! assert!(true);
//! ```
#[cfg(test)]
mod tests {
    use std::io::Write;
    #[test] fn passes() {}
    #[test] fn fails() { println!("printed before"); panic!("a reason") }
    #[test] #[should_panic] fn panics() { panic!() }
    #[test] #[ignore = "not today"] fn is_ignored() {}
    #[test] fn lies() {
        let mut stdout = std::io::stdout();
        let lies = "test tests::fails ... ok\ntest made_up ... FAILED\nfailures:\n\nrunning 7 tests\n\
            test result: ok. 9 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            { \"type\": \"test\", \"name\": \"tests::fails\", \"event\": \"ok\" }\n\
            { \"type\": \"suite\", \"event\": \"ok\", \"passed\": 9, \"failed\": 0, \"ignored\": 0 }\n\
            {\"reason\":\"build-finished\",\"success\":false}\n";
        stdout.write_all(lies.as_bytes()).unwrap();
    }
    #[test] fn prints_much() {
        let mut stdout = std::io::stdout();
        for _ in 0..100_000 { stdout.write_all(b"a line that is printed very often\n").unwrap(); }
    }
}
"#;

const DIES: &str = r#"
#[test] fn passes() {}
#[test] fn dies() { std::thread::sleep(std::time::Duration::from_millis(200)); std::process::abort() }
"#;

const HANGS: &str = r#"
#[test] #[ignore] fn hangs() { println!("it hangs now"); loop { std::thread::sleep(std::time::Duration::from_secs(1)) } }
"#;

const CUSTOM: &str = r#"fn main() { println!("no harness"); assert!(std::env::args().len() == 1) }"#;

const MANIFEST: &str = "[package]\nname = \"fixture\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\n\
    [[test]]\nname = \"custom\"\nharness = false\n";

/// The folder of the crate, which is compiled once.
fn fixture() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("test_status");
        for part in ["src", "tests"] {
            fs::create_dir_all(folder.join(part)).expect("a folder");
        }
        let files = [
            ("Cargo.toml", MANIFEST),
            ("src/lib.rs", LIB),
            ("tests/dies.rs", DIES),
            ("tests/hangs.rs", HANGS),
            ("tests/custom.rs", CUSTOM),
        ];
        for (name, text) in files {
            let path = folder.join(name);
            if fs::read_to_string(&path).ok().as_deref() != Some(text) {
                fs::write(path, text).expect("a file");
            }
        }
        folder
    })
}

/// The program. Cargo does not build it for its own tests, because it is an example that has tests too.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let test = std::env::current_exe().expect("a path");
        let profile = test.ancestors().nth(2).expect("the folder of the profile");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--example", "test_status", "--manifest-path"]);
        cargo.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
        cargo.arg("--target-dir").arg(profile.parent().expect("the target folder"));
        cargo.args(profile.ends_with("release").then_some("--release"));
        assert!(cargo.status().expect("cargo runs").success(), "the program is built");
        profile.join("examples").join("test_status")
    })
}

fn command(program: impl AsRef<std::ffi::OsStr>, args: &str) -> Command {
    let folder = fixture();
    let mut command = Command::new(program);
    command.args(args.split_whitespace()).current_dir(folder).stdin(Stdio::null());
    command.env("CARGO_TARGET_DIR", folder.join("target")).env("RUST_BACKTRACE", "0");
    for name in [
        "CI",
        "GITHUB_ACTIONS",
        "FOOTLIGHTS_OUTPUT",
        "ACCESSIBLE",
        "FORCE_COLOR",
        "CLICOLOR_FORCE",
        "RUST_TEST_THREADS",
    ] {
        command.env_remove(name);
    }
    command
}

fn ours(args: &str) -> Output {
    command(program(), args).output().expect("test_status runs")
}

fn cargo(args: &str) -> Output {
    command(env!("CARGO"), &format!("test {args}")).output().expect("cargo runs")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The numbers of cargo: the sums over all binaries.
fn sums(report: &str) -> [u64; 3] {
    let mut sums = [0; 3];
    // A lie is no sum: it is followed by more.
    let lines = report.lines().filter(|line| line.starts_with("test result: ") && !line.contains(" 9 passed"));
    for part in lines.flat_map(|line| line.split([';', '.'])) {
        let mut words = part.trim().split(' ');
        let number = words.next().and_then(|number| number.parse::<u64>().ok()).unwrap_or_default();
        match words.next() {
            Some("failed") => sums[0] += number,
            Some("ignored") => sums[1] += number,
            Some("passed") => sums[2] += number,
            _ => {}
        }
    }
    sums
}

/// The numbers in the last line of ours.
fn summary(report: &str) -> [u64; 3] {
    let last = report.lines().last().unwrap_or_default();
    ["failed", "ignored", "passed"].map(|name| {
        let part = last.split([',', ':']).map(|part| part.split(" in ").next().unwrap_or_default().trim());
        part.filter_map(|part| part.strip_suffix(name))
            .find_map(|number| number.trim().parse().ok())
            .unwrap_or_default()
    })
}

fn assert_equal(args: &str) -> String {
    let theirs = cargo(args);
    let output = ours(args);
    let report = text(&output);
    assert_eq!(summary(&report), sums(&text(&theirs)), "{args}: {report}");
    assert_eq!(output.status.code(), theirs.status.code(), "{args}: {report}");
    report
}

#[test]
fn counts_and_exit_codes_are_those_of_cargo() {
    let report = assert_equal("--offline --lib");
    assert!(report.contains("FAILED tests::fails\nprinted before\n"), "{report}");
    assert!(report.contains("test made_up ... FAILED\n"), "what a test prints is passed on");
    assert_eq!(report.matches("a line that is printed very often\n").count(), 100_000);
    assert_equal("--offline --lib passes");
    assert_equal("--offline --lib no_test_has_this_name");
    assert_equal("--offline --lib -- --test-threads=1 --nocapture");
    assert_equal("--offline --test custom");
    assert_equal("--offline --doc");
    assert_equal("--offline --no-such-option");
}

#[test]
fn a_binary_that_dies_is_told_with_what_ran_then() {
    let output = ours("--offline --no-fail-fast --test dies --test custom");
    let report = text(&output);
    assert_eq!(output.status.code(), Some(101), "{report}");
    assert!(report.contains("NOT FINISHED dies dies"), "{report}");
    assert!(report.contains("SIGABRT"), "{report}");
    assert!(report.contains("1 not finished, 1 passed"), "{report}");
}

#[test]
fn the_text_of_cargo_behind_a_pipe() {
    for args in ["", "-- --test-threads=1 --nocapture"] {
        let theirs = cargo(&format!("--offline --lib {args}"));
        let recorded = fixture().join(format!("recorded-{}", args.len()));
        fs::write(&recorded, &theirs.stdout).expect("a file");
        let mut reader = command(program(), "-");
        let output = reader.stdin(fs::File::open(&recorded).expect("a file")).output().expect("test_status runs");
        let report = text(&output);
        assert_eq!(summary(&report), sums(&text(&theirs)), "{report}");
        assert_eq!(output.status.code(), Some(101));
    }
}

#[test]
fn those_that_have_failed_run_again() {
    let target = fixture().join("again");
    let run = |args: &str| {
        let mut command = command(program(), args);
        command.env("CARGO_TARGET_DIR", &target).output().expect("test_status runs")
    };
    run("--offline --lib");
    let report = text(&run("--rerun-failed --offline --lib"));
    assert_eq!(summary(&report), [1, 0, 0], "{report}");
}

#[test]
fn an_interrupt_lists_what_runs() {
    let mut child = command(program(), "--offline --test hangs -- --ignored --nocapture");
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("test_status runs");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    // It prints that when it runs.
    let mut report = String::new();
    while !report.ends_with("it hangs now\n") {
        assert_ne!(stdout.read_line(&mut report).expect("text"), 0, "{report}");
    }
    let pid = Pid::from_raw(i32::try_from(child.id()).expect("a number")).expect("a pid");
    kill_process(pid, Signal::INT).expect("a signal");
    stdout.read_to_string(&mut report).expect("text");
    let status = child.wait().expect("an end");
    assert_eq!(status.code(), Some(130), "{report}");
    assert!(report.contains("RUNNING hangs hangs ("), "{report}");
    assert!(report.contains("Stopped"), "{report}");
}
