//! The console that shows the bars.
//!
//! The handles of the program are redirected, or may be at any time. So the console is opened a
//! second time, by its name, `CONOUT$`. Its modes are those of the console, not of the handle.

use std::env;
use std::fs::File;
use std::io;
use std::os::windows::io::{AsHandle, AsRawHandle, OwnedHandle};

use parking_lot::Mutex;
use windows_sys::Win32::Globalization::CP_UTF8;
use windows_sys::Win32::System::Console::{
    CONSOLE_SCREEN_BUFFER_INFO, GetConsoleOutputCP, GetConsoleScreenBufferInfo, WriteConsoleW,
};

use super::handle::{Kind, check, kind, stream_handle};
use super::modes::OutputModes;
use super::text::{Decoder, piece};
use crate::sys::channel::Channel;
use crate::sys::size::Size;
use crate::sys::stream::Stream;

/// The most UTF-16 units in one write: the console copies each write into a buffer of its own, which
/// was once 64 KiB for all programs together.
const MOST_UNITS: usize = 8 * 1024;

/// The console that shows the bars.
#[derive(Debug)]
pub(crate) struct Tty {
    console: OwnedHandle,
    modes: Modes,
    /// Through which output comes to us; none if it goes to the console.
    channel: Option<Channel>,
    text: Mutex<Text>,
}

/// Whose output modes the console has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Modes {
    /// Those that the program set, or the programs before it.
    Others,
    /// Those that frames need. After that: the modes before.
    Frames(OutputModes),
}

/// Bytes on their way to the console.
#[derive(Debug, Default)]
struct Text {
    decoder: Decoder,
    units: Vec<u16>,
}

/// The identity of a console. A process has one at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Device;

/// The input modes of a console. There is no value: nobody can set them behind our pipe.
#[derive(Clone, Copy, Debug)]
pub(crate) enum InputModes {}

impl Tty {
    /// Opens the console behind `stream`, if there is one and it understands escape sequences.
    ///
    /// A terminal of Cygwin or MSYS is none: it is a pipe, whose size and whose resizes only
    /// programs of Cygwin can ask for. (Newer ones give programs like ours a console.)
    pub(crate) fn open(stream: Stream) -> Option<Tty> {
        match kind(stream_handle(stream)?) {
            Kind::Console => {}
            Kind::CygwinPty | Kind::Intercepted | Kind::File | Kind::Pipe | Kind::Other => return None,
        }
        let console = OwnedHandle::from(File::options().read(true).write(true).open("CONOUT$").ok()?);
        let mut tty = Tty { console, modes: Modes::Others, channel: None, text: Mutex::default() };
        let understands = tty.set_output_modes(None).is_ok();
        tty.restore_output_modes();
        understands.then_some(tty)
    }

    /// Whether `stream` is this console.
    pub(crate) fn is_behind(&self, stream: Stream) -> bool {
        stream_handle(stream).is_some_and(|handle| kind(handle) == Kind::Console)
    }

    pub(crate) fn device(&self) -> Device {
        Device
    }

    /// The console behind `stream`.
    pub(crate) fn device_behind(stream: Stream) -> Option<Device> {
        (kind(stream_handle(stream)?) == Kind::Console).then_some(Device)
    }

    /// Columns and rows of the window, which shows a part of the console's buffer; 80 × 24 if they
    /// are not known.
    pub(crate) fn size(&self) -> Size {
        // SAFETY: all of its fields may be zero.
        let mut info: CONSOLE_SCREEN_BUFFER_INFO = unsafe { std::mem::zeroed() };
        // SAFETY: the handle is open, and one record is written, which it is given.
        let known = check(unsafe { GetConsoleScreenBufferInfo(self.console.as_raw_handle(), &raw mut info) }).is_ok();
        let window = info.srWindow;
        let extent = |first: i16, last: i16| usize::try_from(i32::from(last) - i32::from(first) + 1).unwrap_or(0);
        match (known, extent(window.Left, window.Right), extent(window.Top, window.Bottom)) {
            (true, cols @ 1.., rows @ 1..) => Size { cols, rows },
            _ => Size { cols: 80, rows: 24 },
        }
    }

    /// Sets the output modes that frames need, until
    /// [`restore_output_modes`](Self::restore_output_modes). An error if the console refuses them.
    /// Without a channel, output of others comes to the console without us.
    pub(crate) fn set_output_modes(&mut self, channel: Option<Channel>) -> io::Result<()> {
        self.channel = channel;
        let current = OutputModes::of(self.console.as_handle())?;
        if let Modes::Others = self.modes {
            self.modes = Modes::Frames(current);
        }
        let wanted = current.for_frames(self.channel);
        if wanted == current { Ok(()) } else { wanted.apply(self.console.as_handle()) }
    }

    /// Sets the output modes again that the console had before.
    pub(crate) fn restore_output_modes(&mut self) {
        if let Modes::Frames(before) = std::mem::replace(&mut self.modes, Modes::Others) {
            let _ = before.apply(self.console.as_handle());
        }
    }

    /// There are no input modes to set.
    pub(crate) fn set_input_modes(&mut self, modes: InputModes) {
        match modes {}
    }

    pub(crate) fn restore_input_modes(&mut self) {}

    pub(crate) fn has_changed_input_modes(&self) -> bool {
        false
    }

    /// There are no jobs.
    pub(crate) fn is_foreground(&self) -> bool {
        true
    }

    /// Whether the console also returns the cursor at a line feed.
    pub(crate) fn translates_newlines(&self) -> bool {
        OutputModes::of(self.console.as_handle()).is_ok_and(OutputModes::translate_newlines)
    }

    /// Input is never touched: not even its amount is known.
    pub(crate) fn unread(&self) -> usize {
        0
    }

    pub(crate) fn read(&self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::WouldBlock.into())
    }

    /// Each write is one piece already.
    pub(crate) fn set_blocking(&mut self) {}

    /// A write waits while the user selects text in the window. That holds up the terminal thread,
    /// and nobody else: control events come on threads of their own, which do not wait for long.
    pub(crate) fn is_blocking(&self) -> bool {
        false
    }

    /// The same console, for another thread.
    pub(crate) fn try_clone(&self) -> io::Result<Tty> {
        let console = self.console.try_clone()?;
        Ok(Tty { console, modes: Modes::Others, channel: self.channel, text: Mutex::default() })
    }

    /// Writes all of `bytes`; waits if the console does.
    pub(crate) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        if let Modes::Frames(_) = self.modes {
            self.keep_output_modes();
        }
        let Text { decoder, units } = &mut *self.text.lock();
        units.clear();
        decoder.decode(bytes, units);
        let mut rest = units.as_slice();
        while !rest.is_empty() {
            let length = piece(rest, MOST_UNITS);
            let mut written = 0;
            // SAFETY: the handle is open, and `length` units are read, which `rest` has.
            check(unsafe {
                WriteConsoleW(
                    self.console.as_raw_handle(),
                    rest.as_ptr(),
                    length as u32,
                    &raw mut written,
                    std::ptr::null(),
                )
            })?;
            rest = rest.get(written.max(1) as usize..).unwrap_or_default();
        }
        Ok(bytes.len())
    }

    /// Writes all of `bytes` and waits as long as that takes.
    pub(crate) fn write_all(&self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    /// Sets the output modes for frames again, if a child has changed them.
    fn keep_output_modes(&self) {
        let Ok(current) = OutputModes::of(self.console.as_handle()) else { return };
        let wanted = current.for_frames(self.channel);
        if wanted != current {
            let _ = wanted.apply(self.console.as_handle());
        }
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        self.restore_output_modes();
    }
}

/// `TERM`, or where it is not set, which is the rule here, a name that says what the console has:
/// 24-bit colors, since Windows 10 version 1703.
pub(crate) fn term() -> Option<String> {
    let set = env::var("TERM").ok().filter(|term| !term.is_empty());
    Some(set.unwrap_or_else(|| "xterm-direct".to_owned()))
}

/// Whether the terminal is known to show eighths of blocks. The fonts of the classic console do not
/// have them, and it looks for no other font; Windows Terminal and other modern ones do, and set a
/// variable. A console whose code page is UTF-8 was set up for more than its defaults.
pub(crate) fn shows_blocks() -> bool {
    let is_modern = ["WT_SESSION", "TERM_PROGRAM", "ALACRITTY_WINDOW_ID", "TERM"];
    let is_set = |name: &&str| env::var_os(name).is_some_and(|value| !value.is_empty());
    // SAFETY: it has no conditions.
    is_modern.iter().any(is_set) || unsafe { GetConsoleOutputCP() } == CP_UTF8
}
