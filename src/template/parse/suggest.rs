//! Suggestions for fields that do not exist.

use super::format_text::FormatText;
use super::names::{NAMES, synonym};
use crate::cells::near_miss::NearMiss;

/// Returns the field of `source` that `name` probably means: a synonym from another library, or a
/// near miss. A synonym can have a spec: `count:,d`.
pub(crate) const fn suggest(source: &FormatText<'_>, name: &[u8]) -> Option<&'static str> {
    if let Some(field) = synonym(name) {
        if source.has(name_in(field)) {
            return Some(field);
        }
    }
    let mut miss = NearMiss::of(name);
    let mut at = 0;
    while at < NAMES.len() {
        if source.has(NAMES[at].as_bytes()) {
            miss.compare(NAMES[at]);
        }
        at += 1;
    }
    miss.nearest()
}

/// The name in a field with or without a spec.
const fn name_in(field: &str) -> &[u8] {
    let field = field.as_bytes();
    let mut end = 0;
    while end < field.len() && field[end] != b':' {
        end += 1;
    }
    field.split_at(end).0
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
            assert!(exists(name), "{name}");
        }
    }

    /// All template keys of indicatif (0.18), with the fields that are suggested for them. Some are fields here too.
    const INDICATIF: &[(&str, &str)] = &[
        ("bar", "bar"),
        ("wide_bar", "bar"),
        ("spinner", "spinner"),
        ("tick", "spinner"),
        ("prefix", "desc"),
        ("msg", "message"),
        ("wide_msg", "message"),
        ("pos", "count"),
        ("human_pos", "count:,d"),
        ("len", "total"),
        ("human_len", "total:,d"),
        ("percent", "percentage:.0f"),
        ("percent_precise", "percentage:.3f"),
        ("bytes", "bytes"),
        ("total_bytes", "total_bytes"),
        ("decimal_bytes", "count:!.2h"),
        ("decimal_total_bytes", "total:!.2h"),
        ("binary_bytes", "bytes"),
        ("binary_total_bytes", "total_bytes"),
        ("elapsed", "elapsed"),
        ("elapsed_precise", "elapsed_clock"),
        ("per_sec", "rate:.2f"),
        ("bytes_per_sec", "bytes_per_sec"),
        ("decimal_bytes_per_sec", "rate:!.2h"),
        ("binary_bytes_per_sec", "bytes_per_sec"),
        ("eta", "eta"),
        ("eta_precise", "eta_clock"),
        ("duration", "duration"),
        ("duration_precise", "duration_clock"),
    ];

    /// All fields of tqdm's `bar_format`, but for those of its settings that no bar shows (`ncols`, `colour`, …).
    const TQDM: &[(&str, &str)] = &[
        ("l_bar", "desc"),
        ("bar", "bar"),
        ("r_bar", "count"),
        ("n", "count"),
        ("n_fmt", "count"),
        ("total", "total"),
        ("total_fmt", "total"),
        ("percentage", "percentage"),
        ("elapsed", "elapsed"),
        ("elapsed_s", "elapsed"),
        ("desc", "desc"),
        ("prefix", "desc"),
        ("unit", "unit"),
        ("unit_scale", "unit"),
        ("unit_divisor", "unit"),
        ("rate", "rate"),
        ("rate_fmt", "rate:.2f"),
        ("rate_noinv", "rate"),
        ("rate_noinv_fmt", "rate:.2f"),
        ("rate_inv", "interval"),
        ("rate_inv_fmt", "interval:.2f"),
        ("postfix", "message"),
        ("remaining", "eta"),
        ("remaining_s", "eta"),
        ("eta", "eta"),
        ("initial", "count"),
    ];

    /// What a task of rich has.
    const RICH: &[(&str, &str)] = &[
        ("description", "desc"),
        ("completed", "count"),
        ("total", "total"),
        ("remaining", "eta"),
        ("percentage", "percentage"),
        ("speed", "rate"),
        ("finished_speed", "rate"),
        ("elapsed", "elapsed"),
        ("finished_time", "elapsed"),
        ("time_elapsed", "elapsed"),
        ("time_remaining", "eta"),
    ];

    #[test]
    fn names_from_other_libraries() {
        for (name, field) in [INDICATIF, TQDM, RICH].into_iter().flatten() {
            let is_field = NAMES.contains(name);
            assert_eq!(is_field, name == field, "{name}");
            assert_eq!(suggest(&source(Kind::Bar), name.as_bytes()), Some(*field), "{name}");
            // Not taken as the name of a segment.
            assert_eq!(source(Kind::Bar).has(name.as_bytes()), is_field, "{name}");
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
}
