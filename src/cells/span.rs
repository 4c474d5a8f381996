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

    /// Returns the bytes of this part of `text`, for `const` functions.
    pub(crate) const fn bytes_of(self, text: &[u8]) -> &[u8] {
        if self.start > self.end || self.end > text.len() {
            return &[];
        }
        let (head, _) = text.split_at(self.end);
        let (_, part) = head.split_at(self.start);
        part
    }

    /// Whether there is nothing between its ends.
    pub(crate) const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}
