//! Suggestions for fields that do not exist.

use super::format_text::FormatText;
use super::names::{NAMES, synonym};

/// Returns the field of `source` that `name` probably means: a synonym from another library, or a
/// near miss.
pub(crate) const fn suggest(source: &FormatText<'_>, name: &[u8]) -> Option<&'static str> {
    if let Some(field) = synonym(name) {
        if source.has(field.as_bytes()) {
            return Some(field);
        }
    }
    // More can be wrong in a long word.
    let mut limit = if name.len() < 5 { 1 } else { 2 };
    let mut nearest = None;
    let mut at = 0;
    while at < NAMES.len() {
        let field = NAMES[at];
        let distance = distance(name, field.as_bytes());
        if distance <= limit && source.has(field.as_bytes()) {
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
    use super::super::super::kind::Kind;
    use super::*;

    fn source(kind: Kind) -> FormatText<'static> {
        FormatText { text: "", kind, own: &[] }
    }

    #[test]
    fn suggested_fields_exist() {
        let exists = |name: &str| source(Kind::Bar).has(name.as_bytes()) || source(Kind::Counter).has(name.as_bytes());
        for name in NAMES {
            assert!(exists(name) && name.len() < LONGEST, "{name}");
        }
    }

    /// The keys of indicatif, tqdm and rich. Some are fields here too.
    #[test]
    fn names_from_other_libraries() {
        let indicatif = "bar wide_bar spinner prefix msg wide_msg pos human_pos len human_len percent percent_precise \
            bytes total_bytes decimal_bytes decimal_total_bytes binary_bytes binary_total_bytes elapsed_precise \
            elapsed per_sec bytes_per_sec decimal_bytes_per_sec binary_bytes_per_sec eta_precise eta \
            duration_precise duration tick";
        let tqdm = "n n_fmt total total_fmt rate rate_fmt rate_noinv rate_noinv_fmt rate_inv rate_inv_fmt remaining \
            remaining_s elapsed elapsed_s postfix l_bar r_bar bar percentage unit unit_divisor desc";
        let rich = "description completed total percentage speed time_remaining time_elapsed";
        for name in [indicatif, tqdm, rich].into_iter().flat_map(str::split_whitespace).map(str::as_bytes) {
            let is_field = NAMES.iter().any(|field| field.as_bytes() == name);
            match synonym(name) {
                Some(field) => assert!(!is_field && NAMES.contains(&field), "{field}"),
                None => assert!(is_field, "{}", String::from_utf8_lossy(name)),
            }
            // Not taken as the name of a segment.
            assert_eq!(source(Kind::Bar).has(name), is_field);
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
            assert_eq!(suggest(&source(Kind::Bar), name.as_bytes()), field, "{name:?}");
        }
        assert_eq!(suggest(&source(Kind::Counter), b"wide_bar"), None);
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
