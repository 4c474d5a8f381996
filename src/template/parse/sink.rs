//! A list that const evaluation can fill.

/// Writes items into a buffer, and counts those for which there is no room.
///
/// Const evaluation cannot allocate. What makes a list is therefore run twice: with an empty
/// buffer, to learn the length, and with a buffer of that length.
pub(crate) struct Sink<'a, T> {
    buffer: &'a mut [T],
    len: usize,
}

impl<'a, T: Copy> Sink<'a, T> {
    pub(crate) const fn new(buffer: &'a mut [T]) -> Sink<'a, T> {
        Sink { buffer, len: 0 }
    }

    /// Counts only.
    pub(crate) const fn counting() -> Sink<'a, T> {
        Sink::new(&mut [])
    }

    /// How many items there were, including those without room.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) const fn push(&mut self, item: T) {
        if self.len < self.buffer.len() {
            self.buffer[self.len] = item;
        }
        self.len += 1;
    }
}

/// A text, byte by byte.
impl Sink<'_, u8> {
    pub(crate) const fn push_str(&mut self, text: &str) {
        self.push_bytes(text.as_bytes());
    }

    pub(crate) const fn push_bytes(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while at < bytes.len() {
            self.push(bytes[at]);
            at += 1;
        }
    }

    /// Writes `n` in decimal digits.
    pub(crate) const fn push_number(&mut self, n: usize) {
        if n >= 10 {
            self.push_number(n / 10);
        }
        self.push(b'0' + (n % 10) as u8);
    }

    /// Writes `byte` a number of times.
    pub(crate) const fn repeat(&mut self, byte: u8, times: usize) {
        let mut n = 0;
        while n < times {
            self.push(byte);
            n += 1;
        }
    }
}
