//! A report in the format of JUnit, which CI services read.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use crate::decode::strip_styles;
use crate::event::Outcome;
use crate::run::{Run, TestResult};

/// Writes the report to a file.
pub fn write(run: &Run, time: Duration, path: &Path) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    write_to(run, time, &mut file)?;
    file.flush()
}

fn write_to(run: &Run, time: Duration, file: impl Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(file, b' ', 2);
    writer.get_mut().write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    let all: Vec<&TestResult> = run.results.iter().collect();
    let element = writer.create_element("testsuites").with_attributes([("name", "tests")]);
    element
        .with_attributes(numbers(&all, time).each_ref().map(|(name, value)| (*name, value.as_str())))
        .write_inner_content(|writer| {
            for (at, suite) in run.suites.iter().enumerate() {
                let results: Vec<&TestResult> = all.iter().copied().filter(|result| result.suite == at).collect();
                if results.is_empty() {
                    continue;
                }
                let name = if suite.name.is_empty() { "tests" } else { &suite.name };
                let sum = results.iter().filter_map(|result| result.time).sum();
                let numbers = numbers(&results, suite.time.unwrap_or(sum));
                let element = writer.create_element("testsuite").with_attributes([("name", name)]);
                let element = element.with_attributes(numbers.each_ref().map(|(name, value)| (*name, value.as_str())));
                element
                    .write_inner_content(|writer| results.iter().try_for_each(|result| test(writer, name, result)))?;
            }
            Ok(())
        })?;
    writer.get_mut().write_all(b"\n")
}

fn test<W: Write>(writer: &mut Writer<W>, suite: &str, result: &TestResult) -> io::Result<()> {
    let time = format!("{:.3}", result.time.unwrap_or_default().as_secs_f64());
    let attributes = [("classname", suite), ("name", result.path.as_str()), ("time", &time)];
    let element = writer.create_element("testcase").with_attributes(attributes);
    let output = plain(&result.output);
    let message =
        output.lines().find(|line| line.contains("panicked at")).or(output.lines().next()).unwrap_or_default();
    let (name, kind) = match result.outcome {
        Outcome::Passed => return element.write_empty().map(|_| ()),
        Outcome::Ignored => ("skipped", "ignored"),
        Outcome::Flaky => ("flakyFailure", "flaky"),
        Outcome::Failed => ("failure", "failed"),
        Outcome::Unfinished => ("error", "process ended"),
    };
    element.write_inner_content(|writer| {
        let element = writer.create_element(name).with_attributes([("message", message)]);
        match result.outcome {
            Outcome::Ignored => element.write_empty(),
            _ => element.with_attributes([("type", kind)]).write_text_content(BytesText::new(&output)),
        }?;
        Ok(())
    })?;
    Ok(())
}

fn numbers(results: &[&TestResult], time: Duration) -> [(&'static str, String); 5] {
    let count = |outcome: Outcome| results.iter().filter(|result| result.outcome == outcome).count().to_string();
    [
        ("tests", results.len().to_string()),
        ("failures", count(Outcome::Failed)),
        ("errors", count(Outcome::Unfinished)),
        ("skipped", count(Outcome::Ignored)),
        ("time", format!("{:.3}", time.as_secs_f64())),
    ]
}

/// Text without what XML cannot contain: control characters, and sequences that begin with them.
fn plain(text: &str) -> String {
    let text = strip_styles(text.as_bytes());
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event as Xml;

    use super::*;
    use crate::event::{Event, Finished, SuiteName, TestName};

    #[test]
    fn the_report_can_be_read_and_has_all_tests() {
        let mut run = Run::default();
        run.apply(&Event::SuiteStarted(SuiteName::Label("a::\"b\"".to_owned())), Duration::ZERO);
        for (name, outcome) in [("x<y>", Outcome::Passed), ("i", Outcome::Ignored), ("f", Outcome::Failed)] {
            let output = "]]> & \x1b[1mbold\x1b[m \x00\n<tag>\n".to_owned();
            let finished = Finished { output, ..Finished::new(TestName::new(name), outcome) };
            run.apply(&Event::Finished(finished), Duration::ZERO);
        }
        let mut xml = Vec::new();
        write_to(&run, Duration::from_millis(1500), &mut xml).expect("a report");
        let xml = String::from_utf8(xml).expect("text");
        let mut reader = Reader::from_str(&xml);
        let mut names = Vec::new();
        let mut texts = String::new();
        loop {
            match reader.read_event().expect("well-formed XML") {
                Xml::Eof => break,
                Xml::Start(tag) | Xml::Empty(tag) => {
                    names.push(String::from_utf8_lossy(tag.name().as_ref()).into_owned());
                    for attribute in tag.attributes() {
                        attribute.expect("an attribute");
                    }
                }
                Xml::Text(text) => texts.push_str(&text.decode().expect("text")),
                _ => {}
            }
        }
        let wanted = ["testsuites", "testsuite", "testcase", "testcase", "skipped", "testcase", "failure"];
        assert_eq!(names, wanted);
        assert!(xml.contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"1.500\""), "{xml}");
        assert!(!xml.contains(['\x1b', '\0']), "{xml}");
    }
}
