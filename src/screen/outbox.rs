//! Bytes on their way to a terminal that may take its time.

use std::io;

use crate::sys::Tty;

/// What has been composed and not been taken yet. It grows by one frame at a time: the next one is made when it is empty.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    bytes: Vec<u8>,
    taken: usize,
    /// The terminal is gone; what is meant for it is thrown away, so that the program can go on to its end.
    gone: bool,
}

impl Outbox {
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Where the next bytes are appended.
    pub(crate) fn room(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Writes as much as the terminal takes now.
    pub(crate) fn flush(&mut self, tty: &Tty) {
        while let Some(rest) = self.bytes.get(self.taken..).filter(|rest| !rest.is_empty() && !self.gone) {
            match tty.write(rest) {
                Ok(n) => self.taken += n,
                Err(err) if err.kind() == io::ErrorKind::WouldBlock => return,
                Err(_) => self.gone = true,
            }
        }
        self.bytes.clear();
        self.taken = 0;
    }
}
