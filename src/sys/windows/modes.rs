//! The output modes of the console, which all programs on it share.

use std::io;
use std::os::windows::io::{AsRawHandle, BorrowedHandle};

use windows_sys::Win32::System::Console::{
    DISABLE_NEWLINE_AUTO_RETURN, ENABLE_PROCESSED_OUTPUT, ENABLE_VIRTUAL_TERMINAL_PROCESSING,
    ENABLE_WRAP_AT_EOL_OUTPUT, SetConsoleMode,
};

use super::handle::{check, console_mode};
use crate::sys::channel::Channel;

/// What escape sequences need. A console that is older than Windows 10 refuses the last one.
const SEQUENCES: u32 = ENABLE_PROCESSED_OUTPUT | ENABLE_WRAP_AT_EOL_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING;

/// The output modes of a console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OutputModes(u32);

impl OutputModes {
    /// Reads the output modes of a console.
    pub(super) fn of(console: BorrowedHandle<'_>) -> io::Result<OutputModes> {
        console_mode(console).map(OutputModes)
    }

    /// These modes, and those that frames need.
    ///
    /// A line feed (and a VT, by which frames move down) keeps its column only with
    /// `DISABLE_NEWLINE_AUTO_RETURN`, and before Windows 11 only that makes the console wait for the
    /// next character when the last column is taken. But output that comes to the console without
    /// us expects the opposite, so it is set only while the streams are intercepted.
    pub(super) fn for_frames(self, channel: Option<Channel>) -> OutputModes {
        let others = self.0 | SEQUENCES;
        OutputModes(if channel.is_some() { others | DISABLE_NEWLINE_AUTO_RETURN } else { others })
    }

    /// Whether a line feed also returns the cursor.
    pub(super) fn translate_newlines(self) -> bool {
        self.0 & DISABLE_NEWLINE_AUTO_RETURN == 0
    }

    /// Sets the output modes of a console.
    pub(super) fn apply(self, console: BorrowedHandle<'_>) -> io::Result<()> {
        // SAFETY: the handle is open, and the mode is a number.
        check(unsafe { SetConsoleMode(console.as_raw_handle(), self.0) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_modes_stay() {
        let others = OutputModes(0x10);
        let [direct, intercepted] = [None, Some(Channel::Pipe)].map(|channel| others.for_frames(channel));
        assert_eq!((direct, intercepted), (OutputModes(0x17), OutputModes(0x1f)));
        assert!(direct.translate_newlines() && !intercepted.translate_newlines());
    }
}
