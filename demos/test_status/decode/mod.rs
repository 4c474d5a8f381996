//! Bytes of runners to events.

mod cargo;
mod libtest_json;
mod libtest_text;
mod log;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use memchr::memmem;
use serde_json::Value;

use crate::args::Protocol;
use crate::event::{Event, SuiteName};
use crate::test_binary::Announcement;
use libtest_json::LibtestJson;
use libtest_text::LibtestText;
use log::ResultLog;

/// A notice of libtest that is about an option of ours, not of the user's. It has no line feed.
const NOTICE: &[u8] = b"warning: `--logfile` is deprecated";

/// The stream on which something came. Where both are the same terminal, all comes on the first, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Stdout,
    Stderr,
}

/// Reads all that a runner and its tests print.
#[derive(Debug, Default)]
pub struct Decoder {
    /// Whether cargo still compiles. Until then nothing comes from tests.
    is_building: bool,
    /// Whether cargo's progress may still come, perhaps on another stream than the end of the build.
    has_progress: bool,
    /// Test binaries announce themselves with this token, and only then are run by `test_binary`.
    token: Option<String>,
    /// Words of ours in front of the command that cargo says it has run.
    prefix: String,
    stdout: Line,
    stderr: Line,
    suite: Suite,
    text: LibtestText,
    /// Whether the process of the suite was killed or has failed otherwise than by its tests.
    has_died: bool,
}

/// How the current suite tells its results.
#[derive(Debug, Default)]
enum Suite {
    /// In text, or in JSON if that comes.
    #[default]
    Unknown,
    /// In JSON on stdout.
    Json(LibtestJson),
    /// In a file only.
    File(LibtestJson),
}

/// The unfinished line of a stream.
#[derive(Debug, Default)]
struct Line {
    bytes: Vec<u8>,
    /// Up to here there is no line feed.
    searched: usize,
    /// Whether the first part of the line was passed on already.
    has_begun: bool,
}

impl Decoder {
    /// For `cargo test` with messages in JSON, whose test binaries are run by `test_binary`, if there is a token.
    pub fn for_cargo(token: Option<String>, prefix: String) -> Decoder {
        Decoder { is_building: true, has_progress: true, token, prefix, ..Decoder::default() }
    }

    /// The same without messages.
    pub fn announced(token: Option<String>, prefix: String) -> Decoder {
        Decoder { token, prefix, ..Decoder::default() }
    }

    /// For anything else: lines of JSON, or text.
    pub fn new() -> Decoder {
        Decoder::default()
    }

    /// Reads what has arrived.
    pub fn read(&mut self, origin: Origin, bytes: &[u8], events: &mut Vec<Event>) {
        let mut line = std::mem::take(self.line_of(origin));
        line.bytes.extend_from_slice(bytes);
        let mut start = 0;
        while let Some(at) = memchr::memchr(b'\n', &line.bytes[line.searched..]) {
            let end = line.searched + at + 1;
            let whole = &line.bytes[start..end];
            self.whole_line(whole, std::mem::take(&mut line.has_begun), events);
            start = end;
            line.searched = end;
        }
        line.bytes.drain(..start);
        line.searched = line.bytes.len();
        self.unfinished_line(&mut line, events);
        *self.line_of(origin) = line;
    }

    /// Reads what comes otherwise than as output. To be called now and then.
    pub fn tick(&mut self, events: &mut Vec<Event>) {
        if let Suite::File(json) = &mut self.suite {
            json.read_log(events);
        }
    }

    /// The runner has ended.
    pub fn end(&mut self, events: &mut Vec<Event>) {
        for origin in [Origin::Stdout, Origin::Stderr] {
            let line = std::mem::take(self.line_of(origin));
            if !line.bytes.is_empty() {
                self.whole_line(&line.bytes, line.has_begun, events);
            }
        }
        self.end_suite(events);
    }

    fn line_of(&mut self, origin: Origin) -> &mut Line {
        match origin {
            Origin::Stdout => &mut self.stdout,
            Origin::Stderr => &mut self.stderr,
        }
    }

    fn end_suite(&mut self, events: &mut Vec<Event>) {
        if let Suite::Json(json) | Suite::File(json) = &mut self.suite {
            json.read_log(events);
        }
        self.text.end(events);
        self.suite = Suite::Unknown;
        self.has_died = false;
        events.push(Event::SuiteEnded);
    }

    fn whole_line(&mut self, line: &[u8], has_begun: bool, events: &mut Vec<Event>) {
        let line = if self.has_progress { skip_progress(line, events) } else { line };
        let line = if has_begun { line } else { line.strip_prefix(NOTICE).unwrap_or(line) };
        if line.contains(&b'{') {
            if let Some(at) = self.start_of_json(line) {
                return self.line_with_json(line, at, has_begun, events);
            }
        }
        self.line_without_json(line, has_begun, events);
    }

    /// Where something in JSON starts that may be for us.
    fn start_of_json(&self, line: &[u8]) -> Option<usize> {
        let cargo = memmem::find(line, cargo::START);
        let mut tests = libtest_json::STARTS.iter().filter_map(|start| memmem::find(line, start));
        match self.suite {
            Suite::Json(_) => cargo.into_iter().chain(tests).min(),
            // Without an announcement it must be the whole line.
            Suite::Unknown if self.token.is_none() => cargo.or(tests.next()).filter(|at| *at == 0).or(cargo),
            _ => cargo,
        }
    }

    fn line_with_json(&mut self, line: &[u8], at: usize, has_begun: bool, events: &mut Vec<Event>) {
        let (before, json) = line.split_at(at);
        let mut values = serde_json::Deserializer::from_slice(json).into_iter::<Value>();
        let Some(Ok(value)) = values.next() else {
            return self.line_without_json(line, has_begun, events);
        };
        let (json, after) = json.split_at(values.byte_offset());
        let place = events.len();
        if !self.read_json(&value, events) {
            // A test has printed it. Another one may follow in the same line.
            print(&[before, json].concat(), events);
            if after != b"\n" {
                return self.whole_line(after, true, events);
            }
            return print(after, events);
        }
        // What stands before was printed before.
        if !before.is_empty() {
            let later = events.split_off(place);
            print(before, events);
            events.extend(later);
        }
        let after = after.strip_prefix(NOTICE).unwrap_or(after);
        if after != b"\n" {
            self.whole_line(after, has_begun || !before.is_empty(), events);
        }
    }

    fn read_json(&mut self, value: &Value, events: &mut Vec<Event>) -> bool {
        if let Some(announcement) = Announcement::read(value, self.token.as_deref()) {
            self.end_suite(events);
            self.is_building = false;
            self.has_progress = false;
            self.suite = match (announcement.protocol, &announcement.log) {
                (Protocol::Json, Some(log)) => Suite::Json(LibtestJson::with_log(ResultLog::new(log.clone()))),
                (Protocol::Json, None) => Suite::Json(LibtestJson::default()),
                (Protocol::File, Some(log)) => Suite::File(LibtestJson::with_log(ResultLog::new(log.clone()))),
                _ => Suite::Unknown,
            };
            events.push(Event::SuiteStarted(SuiteName::Executable(announcement.executable.clone())));
            events.push(Event::Announced(announcement));
            return true;
        }
        if value.get("reason").is_some() {
            let message = cargo::message(value);
            let is_cargos = self.is_building || self.token.is_none();
            if !is_cargos {
                return false;
            }
            if let Some(Event::BuildFinished { .. }) = message {
                self.is_building = false;
            }
            events.extend(message);
            return true;
        }
        if let Suite::Unknown = self.suite {
            // In the middle of a report in text, a test has printed it.
            if self.text.is_running() || !LibtestJson::is_start(value) {
                return false;
            }
            self.suite = Suite::Json(LibtestJson::default());
        }
        match &mut self.suite {
            Suite::Json(json) => json.read(value, events),
            _ => false,
        }
    }

    fn line_without_json(&mut self, line: &[u8], has_begun: bool, events: &mut Vec<Event>) {
        if !has_begun && !self.is_building {
            let text = strip_styles(line);
            let text = text.trim_end_matches(['\n', '\r']);
            // A test binary that announces itself says its name again, and this line may come later than that.
            let suite = cargo::suite(text).filter(|suite| self.token.is_none() || matches!(suite, SuiteName::Doc(_)));
            if let Some(suite) = suite.filter(|_| !self.has_running_tests()) {
                self.end_suite(events);
                events.push(Event::SuiteStarted(suite));
                return print(line, events);
            }
            if let Some(event) = cargo::error(text) {
                self.error(event, events);
                let text = String::from_utf8_lossy(line);
                return print(text.replacen(&self.prefix, "", 1).as_bytes(), events);
            }
            if let Suite::Unknown = self.suite {
                events.extend(cargo::planned(text));
                if self.text.line(line, events) {
                    return;
                }
            }
        }
        self.text.print_blanks(events);
        print(line, events);
    }

    /// A process has died. What its tests have done until then stands in the file.
    fn error(&mut self, event: Event, events: &mut Vec<Event>) {
        if let Suite::Json(json) | Suite::File(json) = &mut self.suite {
            json.read_log(events);
        }
        self.has_died = true;
        events.push(event);
    }

    /// Whether tests are running, so that a line that looks like one of cargo's is one of theirs. Of text it is not
    /// known.
    fn has_running_tests(&mut self) -> bool {
        match &mut self.suite {
            Suite::Json(json) if !self.has_died => json.is_running(),
            _ => false,
        }
    }

    /// Passes on what does not have to wait for the end of its line.
    fn unfinished_line(&mut self, line: &mut Line, events: &mut Vec<Event>) {
        if line.bytes.is_empty() {
            return;
        }
        if self.is_building || self.has_progress {
            let rest = skip_progress(&line.bytes, events).len();
            line.bytes.drain(..line.bytes.len() - rest);
            line.searched = line.bytes.len();
            return;
        }
        if !line.has_begun && (NOTICE.starts_with(&line.bytes) || cargo::may_continue(&strip_styles(&line.bytes))) {
            return;
        }
        if !line.has_begun && line.bytes.starts_with(NOTICE) {
            line.bytes.drain(..NOTICE.len());
            line.searched = line.bytes.len();
        }
        if let Suite::Unknown = self.suite {
            self.text.unfinished_line(&line.bytes, events);
            if !line.has_begun && self.text.may_continue(&line.bytes) {
                return;
            }
        }
        let starts = libtest_json::STARTS.into_iter().chain([cargo::START]);
        let kept = starts.filter_map(|start| start_of(&line.bytes, start)).min().unwrap_or(line.bytes.len());
        if kept > 0 {
            self.text.print_blanks(events);
            print(&line.bytes[..kept], events);
            line.bytes.drain(..kept);
            line.searched = line.bytes.len();
            line.has_begun = true;
        }
    }
}

/// Where `wanted` starts in `bytes`, or its first part at their end.
fn start_of(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memmem::find(bytes, wanted).or_else(|| {
        let longest = wanted.len().min(bytes.len());
        (1..=longest).rev().find(|n| bytes.ends_with(&wanted[..*n])).map(|n| bytes.len() - n)
    })
}

/// Skips what cargo overwrites again: all that ends with a carriage return and no line feed.
fn skip_progress<'a>(line: &'a [u8], events: &mut Vec<Event>) -> &'a [u8] {
    let content = line.strip_suffix(b"\n").unwrap_or(line);
    let content = content.strip_suffix(b"\r").unwrap_or(content);
    let Some(end) = memchr::memrchr(b'\r', content) else { return line };
    let steps = content[..end].split(|byte| *byte == b'\r');
    events.extend(steps.filter_map(|step| cargo::progress(&strip_styles(step))).next_back());
    let rest = &line[end + 1..];
    rest.strip_prefix(b"\x1b[K").unwrap_or(rest)
}

/// Adds to what was printed last.
fn print(bytes: &[u8], events: &mut Vec<Event>) {
    match events.last_mut() {
        Some(Event::Printed(last)) => last.extend_from_slice(bytes),
        _ if bytes.is_empty() => {}
        _ => events.push(Event::Printed(bytes.to_vec())),
    }
}

/// A line without escape sequences that set colors and the like.
pub fn strip_styles(line: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(line);
    if !text.contains('\x1b') {
        return text;
    }
    let mut plain = String::new();
    let mut rest = text.as_ref();
    while let Some((before, sequence)) = rest.split_once('\x1b') {
        plain.push_str(before);
        rest = sequence;
        if let Some(parameters) = sequence.strip_prefix('[') {
            let end = parameters.find(|c: char| c.is_ascii_alphabetic()).map_or(parameters.len(), |at| at + 1);
            rest = &parameters[end..];
        }
    }
    Cow::Owned(plain + rest)
}
