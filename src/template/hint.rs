//! What somebody may have meant by a field that there is not.

/// Every field that there is, but for those of segments.
const NAMES: [&str; 24] = [
    "desc",
    "desc_pad",
    "unit",
    "unit_pad",
    "elapsed",
    "total",
    "len_total",
    "count",
    "percentage",
    "rate",
    "interval",
    "eta",
    "bytes",
    "total_bytes",
    "bytes_per_sec",
    "elapsed_short",
    "eta_short",
    "rate_smooth",
    "eta_smooth",
    "spinner",
    "message",
    "bar",
    "pulse",
    "fill",
];

/// What other libraries call them.
const ELSEWHERE: [(&str, &str); 22] = [
    ("pos", "count"),
    ("position", "count"),
    ("human_pos", "count"),
    ("n_fmt", "count"),
    ("len", "total"),
    ("length", "total"),
    ("human_len", "total"),
    ("total_fmt", "total"),
    ("percent", "percentage"),
    ("percent_precise", "percentage"),
    ("msg", "message"),
    ("wide_msg", "message"),
    ("postfix", "message"),
    ("prefix", "desc"),
    ("wide_bar", "bar"),
    ("per_sec", "rate"),
    ("rate_fmt", "rate"),
    ("elapsed_precise", "elapsed"),
    ("eta_precise", "eta"),
    ("remaining", "eta"),
    ("binary_bytes", "bytes"),
    ("binary_bytes_per_sec", "bytes_per_sec"),
];

/// The field that `name` is a near miss or another word of, among those that there are.
pub(super) fn meant(name: &str, there: impl Fn(&str) -> bool) -> Option<&'static str> {
    let elsewhere = ELSEWHERE.into_iter().find(|(word, _)| *word == name).map(|(_, ours)| ours);
    let near = || {
        // Of a long word more can be wrong.
        let most = if name.chars().count() < 5 { 1 } else { 2 };
        let distances = NAMES.into_iter().map(|ours| (distance(name, ours), ours));
        distances.filter(|(distance, ours)| *distance <= most && there(ours)).min_by_key(|(distance, _)| *distance)
    };
    elsewhere.filter(|ours| there(ours)).or_else(|| near().map(|(_, ours)| ours))
}

/// How many characters must be put in, left out or changed to make `a` of `b`.
fn distance(a: &str, b: &str) -> usize {
    // Of what was read of `a`, to each beginning of `b`.
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (read, from) in a.chars().enumerate() {
        let mut changed = read;
        let mut left = read + 1;
        row[0] = left;
        for (cell, to) in row[1..].iter_mut().zip(b.chars()) {
            let best = (changed + usize::from(from != to)).min(left + 1).min(*cell + 1);
            changed = std::mem::replace(cell, best);
            left = best;
        }
    }
    row.pop().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::field::Field;
    use super::*;

    #[test]
    fn what_is_offered_is_there() {
        for name in NAMES {
            assert!(Field::is_ours(name) || ["bar", "pulse", "fill"].contains(&name), "{name}");
        }
        for (word, ours) in ELSEWHERE {
            assert!(NAMES.contains(&ours) && !Field::is_ours(word), "{word}");
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
            ("wide_bar", Some("bar")),
            ("stage", None),
            ("name", None),
            ("n", None),
        ] {
            assert_eq!(meant(name, |_| true), field, "{name:?}");
        }
        assert_eq!(meant("wide_bar", |name| name != "bar"), None);
    }

    #[test]
    fn distances() {
        for (a, b, distance) in
            [("", "", 0), ("", "ab", 2), ("ab", "", 2), ("abc", "abc", 0), ("abc", "bc", 1), ("rate", "tare", 2)]
        {
            assert_eq!(super::distance(a, b), distance, "{a:?} {b:?}");
        }
    }
}
