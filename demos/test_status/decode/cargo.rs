//! What cargo says: its messages in JSON, its progress, and a few of its lines.

use std::path::PathBuf;

use serde_json::Value;

use crate::event::{Binary, Event, SuiteName};

/// What cargo's messages begin with.
pub const START: &[u8] = b"{\"reason\":\"";

/// Reads a message. Those about libraries and warnings say nothing that is shown.
pub fn message(value: &Value) -> Option<Event> {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    match text(value, "reason").as_str() {
        "build-finished" => Some(Event::BuildFinished { success: value.get("success")?.as_bool()? }),
        "compiler-artifact" => {
            let is_test = value.get("profile")?.get("test")?.as_bool()?;
            let executable = value.get("executable")?.as_str().filter(|_| is_test)?;
            let target = value.get("target")?;
            let kind = target.get("kind")?.get(0)?.as_str()?;
            Some(Event::BinaryBuilt(Binary {
                executable: executable.into(),
                package: package(&text(value, "package_id")).to_owned(),
                kind: if matches!(kind, "test" | "bin" | "example" | "bench") { kind } else { "lib" }.to_owned(),
                target: text(target, "name"),
            }))
        }
        _ => None,
    }
}

/// The name in a package id: `path+file:///some/name#0.1.0`, `registry+https://…#name@1.0.0`, and before Rust 1.77
/// `name 1.0.0 (path+file:///…)`.
fn package(id: &str) -> &str {
    let Some((url, version)) = id.split_once('#') else { return id.split(' ').next().unwrap_or(id) };
    match version.split_once('@') {
        Some((name, _)) => name,
        None if version.starts_with(|c: char| c.is_ascii_digit()) => url.rsplit('/').next().unwrap_or(url),
        None => version,
    }
}

/// Reads cargo's progress: `Building [====>   ] 3/57: libc, memchr`.
pub fn progress(text: &str) -> Option<Event> {
    let (_, rest) = text.trim().strip_prefix("Building [")?.split_once("] ")?;
    let (numbers, crates) = rest.split_once(": ").unwrap_or((rest.trim_end_matches(':'), ""));
    let (done, total) = numbers.split_once('/')?;
    let crates = crates.trim().to_owned();
    Some(Event::BuildProgress { done: done.trim().parse().ok()?, total: total.trim().parse().ok()?, crates })
}

/// Whether an unfinished line could be one of those that are read here.
pub fn may_continue(text: &str) -> bool {
    let starts = ["   Doc-tests ", "     Running ", "  process didn't exit successfully: ", "    Starting "];
    text.len() < 1 << 16 && starts.iter().any(|start| start.starts_with(text) || text.starts_with(start))
}

/// Reads the line that cargo prints before the tests of a binary or a crate.
pub fn suite(text: &str) -> Option<SuiteName> {
    if let Some(name) = text.strip_prefix("   Doc-tests ") {
        return Some(SuiteName::Doc(name.to_owned()));
    }
    let (_, path) = text.strip_prefix("     Running ")?.rsplit_once(" (")?;
    Some(SuiteName::Executable(PathBuf::from(path.strip_suffix(')')?)))
}

/// Reads the line in which cargo or nextest says why a test binary has failed, if its tests do not say it.
pub fn error(text: &str) -> Option<Event> {
    let reason = text.trim_start().strip_prefix("process didn't exit successfully: ")?;
    let (_, reason) = reason.rsplit_once(" (")?;
    Some(Event::RunnerError(reason.strip_suffix(')')?.to_owned()))
}

/// Reads the line in which nextest says how many tests it will run: `Starting 8 tests across 2 binaries (1 test
/// skipped)`.
pub fn planned(text: &str) -> Option<Event> {
    let (number, rest) = text.trim_start().strip_prefix("Starting ")?.split_once(" test")?;
    rest.contains(" across ").then(|| number.replace(',', "").parse().ok().map(Event::RunPlanned))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_all_kinds_of_ids() {
        assert_eq!(package("path+file:///home/me/fix#0.1.0"), "fix");
        assert_eq!(package("path+file:///home/me/folder#fix@0.1.0"), "fix");
        assert_eq!(package("registry+https://github.com/rust-lang/crates.io-index#libc@0.2.1"), "libc");
        assert_eq!(package("fix 0.1.0 (path+file:///home/me/fix)"), "fix");
    }

    #[test]
    fn lines_of_cargo() {
        let building = progress("    Building [=====>     ] 3/57: libc, memchr(test)     ");
        assert_eq!(
            building,
            Some(Event::BuildProgress { done: 3, total: 57, crates: "libc, memchr(test)".to_owned() })
        );
        assert_eq!(progress("   Compiling libc v0.2"), None);
        let running = suite("     Running unittests src/lib.rs (target/debug/deps/fix-f4cd)");
        assert_eq!(running, Some(SuiteName::Executable("target/debug/deps/fix-f4cd".into())));
        assert_eq!(suite("   Doc-tests fix"), Some(SuiteName::Doc("fix".to_owned())));
        let aborted =
            error("  process didn't exit successfully: `/x/it (a) b` (signal: 6, SIGABRT: process abort signal)");
        assert_eq!(aborted, Some(Event::RunnerError("signal: 6, SIGABRT: process abort signal".to_owned())));
        assert_eq!(planned("    Starting 8 tests across 2 binaries (1 test skipped)"), Some(Event::RunPlanned(8)));
    }
}
