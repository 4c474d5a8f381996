//! A part of a text, as byte positions: what const evaluation can keep of it.

/// The bytes from `start` to `end`, both at the edge of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    /// Returns this part of `text`; nothing if `text` is another one.
    pub(crate) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// [`of`](Span::of) for `const` functions. Slower: it checks all bytes.
    pub(crate) const fn const_of(self, text: &str) -> &str {
        if self.start > self.end || self.end > text.len() {
            return "";
        }
        let (head, _) = text.as_bytes().split_at(self.end);
        let (_, part) = head.split_at(self.start);
        match std::str::from_utf8(part) {
            Ok(part) => part,
            Err(_) => "",
        }
    }
}
