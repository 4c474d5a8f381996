//! Failures as GitHub Actions wants them: it shows them beside the source.

/// The line that notes a failure, at the place where the test has panicked.
pub fn of(test: &str, output: &str) -> String {
    let place = output
        .lines()
        .find_map(place)
        .map_or(String::new(), |(file, line, column)| format!("file={},line={line},col={column},", property(file)));
    let message = if output.trim().is_empty() { test } else { output.trim_end() };
    format!("::error {place}title={}::{}\n", property(&format!("{test} failed")), data(message))
}

/// Reads `thread 'x' (1) panicked at src/lib.rs:13:67:`.
fn place(line: &str) -> Option<(&str, u32, u32)> {
    let (_, place) = line.split_once(" panicked at ")?;
    let mut parts = place.strip_suffix(':')?.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?, line, column))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_has_a_place() {
        let output = "hi\nthread 'a::b' (12) panicked at src/a.rs:3:9:\n50% off\n";
        let wanted = "::error file=src/a.rs,line=3,col=9,title=lib a%3A%3Ab failed::hi%0Athread 'a::b' (12) panicked at \
                      src/a.rs:3:9:%0A50%25 off\n";
        assert_eq!(of("lib a::b", output), wanted);
    }

    #[test]
    fn a_failure_without_a_panic_has_none() {
        assert_eq!(of("a, b", ""), "::error title=a%2C b failed::a, b\n");
    }
}
