//! The word among many that a mistyped one probably means.

/// Longer words are not compared.
const LONGEST: usize = 20;

/// A search for the nearest word, for `const` functions.
pub(crate) struct NearMiss<'a> {
    word: &'a [u8],
    /// How near a word must be: fewer changes than these.
    bound: usize,
    nearest: Option<&'static str>,
}

impl<'a> NearMiss<'a> {
    pub(crate) const fn of(word: &'a [u8]) -> NearMiss<'a> {
        // More can be wrong in a long word.
        NearMiss { word, bound: if word.len() < 8 { 2 } else { 3 }, nearest: None }
    }

    /// Takes in one more word that may be meant. Of two that are as near, the first one counts.
    pub(crate) const fn compare(&mut self, other: &'static str) {
        let (length, other_length) = (self.word.len(), other.len());
        if length.abs_diff(other_length) < self.bound {
            let distance = distance(self.word, other.as_bytes());
            if distance < self.bound {
                (self.bound, self.nearest) = (distance, Some(other));
            }
        }
    }

    pub(crate) const fn nearest(self) -> Option<&'static str> {
        self.nearest
    }
}

/// Returns how many bytes must be inserted, removed, replaced or swapped with their neighbor to turn `a` into `b`.
const fn distance(a: &[u8], b: &[u8]) -> usize {
    if b.len() > LONGEST || a.len() > LONGEST {
        return usize::MAX;
    }
    // Distances from a part of `a` to each beginning of `b`: the part that ends two bytes before, one byte before, and
    // here.
    let (mut last, mut row) = ([0; LONGEST + 1], [0; LONGEST + 1]);
    let mut at = 0;
    while at < row.len() {
        row[at] = at;
        at += 1;
    }
    let mut read = 0;
    while read < a.len() {
        let before = last;
        last = row;
        row[0] = read + 1;
        at = 0;
        while at < b.len() {
            let replaced = last[at] + (a[read] != b[at]) as usize;
            row[at + 1] = min(replaced, min(row[at], last[at + 1]) + 1);
            if read > 0 && at > 0 && a[read] == b[at - 1] && a[read - 1] == b[at] {
                row[at + 1] = min(row[at + 1], before[at - 1] + 1);
            }
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
    #[test]
    fn distances() {
        for (a, b, distance) in [
            ("", "", 0),
            ("", "ab", 2),
            ("ab", "", 2),
            ("abc", "abc", 0),
            ("abc", "bc", 1),
            ("rate", "tare", 2),
            ("cuont", "count", 1),
        ] {
            assert_eq!(super::distance(a.as_bytes(), b.as_bytes()), distance, "{a:?} {b:?}");
        }
    }
}
