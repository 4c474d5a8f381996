//! Suggestions for fields that do not exist.

use super::names::{NAMES, synonym};
use super::source::Source;

/// Returns the field of `source` that `name` probably means: a synonym from another library, or a
/// near miss.
pub(super) const fn suggest(source: &Source<'_>, name: &str) -> Option<&'static str> {
    if let Some(field) = synonym(name) {
        if source.has(field) {
            return Some(field);
        }
    }
    // More can be wrong in a long word.
    let mut limit = if name.len() < 5 { 1 } else { 2 };
    let mut nearest = None;
    let mut at = 0;
    while at < NAMES.len() {
        let field = NAMES[at];
        let distance = distance(name.as_bytes(), field.as_bytes());
        if distance <= limit && source.has(field) {
            nearest = Some(field);
            // Of two that are as near, the first one.
            if distance == 0 {
                return nearest;
            }
            limit = distance - 1;
        }
        at += 1;
    }
    nearest
}

/// Longer names are not compared. All of [`NAMES`] are shorter.
const LONGEST: usize = 16;

/// Returns how many bytes must be inserted, removed or replaced to turn `a` into `b` (Levenshtein).
const fn distance(a: &[u8], b: &[u8]) -> usize {
    if b.len() > LONGEST || a.len() > LONGEST {
        return usize::MAX;
    }
    // Distances from the part of `a` that was read to each beginning of `b`.
    let mut row = [0; LONGEST + 1];
    let mut at = 0;
    while at < row.len() {
        row[at] = at;
        at += 1;
    }
    let mut read = 0;
    while read < a.len() {
        let mut diagonal = row[0];
        row[0] = read + 1;
        at = 0;
        while at < b.len() {
            let replaced = diagonal + (a[read] != b[at]) as usize;
            diagonal = row[at + 1];
            row[at + 1] = min(replaced, min(row[at], diagonal) + 1);
            at += 1;
        }
        read += 1;
    }
    row[b.len()]
}

const fn min(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::names::SYNONYMS;
    use super::*;

    fn source(kind: Kind) -> Source<'static> {
        Source { text: "", kind, own: &[] }
    }

    #[test]
    fn suggested_fields_exist() {
        let exists = |name: &str| source(Kind::Bar).has(name) || source(Kind::Counter).has(name);
        for name in NAMES {
            assert!(exists(name) && name.len() < LONGEST, "{name}");
        }
        for (word, field) in SYNONYMS {
            assert!(NAMES.contains(&field), "{field}");
            assert!(!exists(word), "{word}");
        }
    }

    #[test]
    fn near_misses() {
        for (name, field) in [
            ("", None),
            ("cuont", Some("count")),
            ("Count", Some("count")),
            ("percentag", Some("percentage")),
            ("total_byte", Some("total_bytes")),
            ("dsc", Some("desc")),
            ("ea", Some("eta")),
            ("len", Some("total")),
            ("n", Some("count")),
            ("wide_bar", Some("bar")),
            ("binary_bytes_per_sec", Some("bytes_per_sec")),
            ("stage", None),
            ("name", None),
            ("a name that is longer than any field", None),
        ] {
            assert_eq!(suggest(&source(Kind::Bar), name), field, "{name:?}");
        }
        assert_eq!(suggest(&source(Kind::Counter), "wide_bar"), None);
    }

    #[test]
    fn distances() {
        for (a, b, distance) in
            [("", "", 0), ("", "ab", 2), ("ab", "", 2), ("abc", "abc", 0), ("abc", "bc", 1), ("rate", "tare", 2)]
        {
            assert_eq!(super::distance(a.as_bytes(), b.as_bytes()), distance, "{a:?} {b:?}");
        }
    }
}
