//! A format with mistakes does not compile, and the compiler shows their places.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RIGHT: &str = r##"
use footlights::{BarFormat, CounterFormat, StatusFormat, bar_format, counter_format, status_format};

const BAR: BarFormat = bar_format!(concat!("{desc} ", "{count_failed}|{bar}| {:peru}{stage}"), stage);
static COUNTER: CounterFormat = counter_format!("{count:!.2k} {:bold_red_on_#202020}{spinner}");

fn main() {
    let status: StatusFormat = status_format!("{stage}{fill}{jobs:03d}", stage, jobs,);
    println!("{BAR} {COUNTER} {status}");
}
"##;

const WRONG: &str = r#"
fn main() {
    let _ = footlights::bar_format!("{desc} {totl} 下{count:q} {:bold_magneta}");
}
"#;

/// Own fields are names, not strings.
const QUOTED: &str = r#"
fn main() {
    let _ = footlights::status_format!("{stage}", "stage");
}
"#;

/// Writes a package with the three programs, which uses this crate.
fn package() -> PathBuf {
    let this = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_fail");
    let manifest = format!(
        "[package]\nname = \"compile_fail\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nfootlights = {{ path = '{}' }}\n\n[workspace]\n",
        this.display()
    );
    fs::create_dir_all(folder.join("src/bin")).expect("a folder");
    for (file, text) in [
        ("Cargo.toml", manifest.as_str()),
        ("src/bin/right.rs", RIGHT),
        ("src/bin/wrong.rs", WRONG),
        ("src/bin/quoted.rs", QUOTED),
    ] {
        fs::write(folder.join(file), text).expect("a file");
    }
    // The same versions as in the build of this test.
    let _ = fs::copy(this.join("Cargo.lock"), folder.join("Cargo.lock"));
    folder
}

/// Checks one of the programs. Returns whether it compiles, and what the compiler writes.
fn check(package: &Path, program: &str) -> (bool, String) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--quiet", "--offline", "--color", "never", "--bin", program]);
    cargo.current_dir(package).arg("--target-dir").arg(package.join("target"));
    // Linters and coverage tools set these for the tests, not for this package.
    for variable in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER"] {
        cargo.env_remove(variable);
    }
    let output = cargo.output().expect("cargo runs");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn mistakes_are_compile_errors() {
    // A test that was built on one system and runs on another one finds no cargo.
    if Command::new(env!("CARGO")).arg("--version").output().is_err() {
        return eprintln!("not tested: {} does not run", env!("CARGO"));
    }
    let package = package();
    let (compiles, message) = check(&package, "right");
    assert!(compiles, "{message}");
    assert_eq!(message, "");

    let (compiles, message) = check(&package, "wrong");
    assert!(!compiles);
    assert!(message.contains("error[E0080]") && message.contains("format has 3 errors"), "{message}");
    // The compiler may indent all lines, by the same number of columns.
    let mut lines = message.lines().skip_while(|line| line.trim() != "{desc} {totl} 下{count:q} {:bold_magneta}");
    let format = lines.next().expect("the format is shown");
    let indent = format.len() - format.trim_start().len();
    for (columns, mistake) in [
        (7, "^ column 8: there is no field `totl`; did you mean `total`?"),
        (23, "^ column 23: unexpected `q` in the spec of `count`"),
        (33, "^ column 33: invalid style: unknown word `magneta`; did you mean `magenta`?"),
    ] {
        assert_eq!(lines.next(), Some(format!("{:1$}{mistake}", "", indent + columns).as_str()), "{message}");
    }

    let (compiles, message) = check(&package, "quoted");
    assert!(!compiles);
    assert!(message.contains("error: the names of your own fields follow the format, without quotes"), "{message}");
}
