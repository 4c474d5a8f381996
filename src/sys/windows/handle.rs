//! Handles: system calls on them, with Rust's results and types, and what is behind one.

use std::io;
use std::os::windows::io::{AsRawHandle, BorrowedHandle, RawHandle};

use windows_sys::Win32::Foundation::{HANDLE_FLAG_INHERIT, INVALID_HANDLE_VALUE, SetHandleInformation};
use windows_sys::Win32::Storage::FileSystem::{
    FILE_NAME_INFO, FILE_TYPE_CHAR, FILE_TYPE_DISK, FILE_TYPE_PIPE, FileNameInfo, GetFileInformationByHandleEx,
    GetFileType,
};
use windows_sys::Win32::System::Console::{
    GetConsoleMode, GetStdHandle, STD_ERROR_HANDLE, STD_HANDLE, STD_OUTPUT_HANDLE, SetStdHandle,
};
use windows_sys::core::BOOL;

use crate::sys::stream::Stream;

/// What is behind a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A console.
    Console,
    /// A terminal of Cygwin or MSYS (the classic Git Bash). It is a pipe, and only its name tells.
    CygwinPty,
    /// The pipe of a manager, in this process or in one of its ancestors.
    Intercepted,
    /// A file on a disk.
    File,
    /// Another pipe.
    Pipe,
    /// Something else (`NUL`, a serial line), or nothing.
    Other,
}

/// How the names of our pipes start. A child that uses this crate as well recognizes them.
pub(super) const OWN_PIPES: &str = "footlights-";

/// Turns the Windows convention (0 and the last error) into a result.
#[inline(never)]
pub(super) fn check(result: BOOL) -> io::Result<()> {
    if result == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// The handle of a standard stream; none if the process has none (a window program).
pub(super) fn stream_handle(stream: Stream) -> Option<BorrowedHandle<'static>> {
    // SAFETY: it takes a number.
    let handle = unsafe { GetStdHandle(number(stream)) };
    if handle.is_null() || handle == INVALID_HANDLE_VALUE {
        return None;
    }
    // SAFETY: a standard handle may be named for as long as the process lives. If the program has
    // closed it, calls on it fail, which all callers treat as "not a console".
    Some(unsafe { BorrowedHandle::borrow_raw(handle) })
}

/// Makes `handle` the handle of a standard stream. It is not closed by this.
pub(super) fn set_stream_handle(stream: Stream, handle: RawHandle) -> io::Result<()> {
    // SAFETY: it takes a number and a handle, which the caller keeps open.
    check(unsafe { SetStdHandle(number(stream), handle) })
}

fn number(stream: Stream) -> STD_HANDLE {
    match stream {
        Stream::Stdout => STD_OUTPUT_HANDLE,
        Stream::Stderr => STD_ERROR_HANDLE,
    }
}

/// Sets or clears one of the flags of a handle.
pub(super) fn set_flag(handle: BorrowedHandle<'_>, flag: u32, on: bool) -> io::Result<()> {
    // SAFETY: the handle is open, and the others are numbers.
    check(unsafe { SetHandleInformation(handle.as_raw_handle(), flag, if on { flag } else { 0 }) })
}

/// Makes children inherit a handle.
pub(super) fn make_inheritable(handle: BorrowedHandle<'_>) -> io::Result<()> {
    set_flag(handle, HANDLE_FLAG_INHERIT, true)
}

/// The output modes of a console. An error if `handle` is no console.
pub(super) fn console_mode(handle: BorrowedHandle<'_>) -> io::Result<u32> {
    let mut mode = 0;
    // SAFETY: the handle is open, and it writes one number, which it is given.
    check(unsafe { GetConsoleMode(handle.as_raw_handle(), &raw mut mode) })?;
    Ok(mode)
}

/// Recognizes what is behind a handle.
///
/// Not for the writing end of our pipe while the pipe may be full: the system makes calls on one
/// open file wait for each other.
pub(super) fn kind(handle: BorrowedHandle<'_>) -> Kind {
    // SAFETY: the handle is open.
    match unsafe { GetFileType(handle.as_raw_handle()) } {
        FILE_TYPE_CHAR if console_mode(handle).is_ok() => Kind::Console,
        FILE_TYPE_PIPE => match name(handle).unwrap_or_default().trim_start_matches('\\') {
            name if name.starts_with(OWN_PIPES) => Kind::Intercepted,
            name if is_cygwin_pty(name) => Kind::CygwinPty,
            _ => Kind::Pipe,
        },
        FILE_TYPE_DISK => Kind::File,
        _ => Kind::Other,
    }
}

/// The name of a file or a pipe, without its volume.
fn name(handle: BorrowedHandle<'_>) -> Option<String> {
    /// A `FILE_NAME_INFO` with room for a name.
    #[repr(C)]
    struct Named {
        info: FILE_NAME_INFO,
        rest: [u16; 256],
    }
    let mut named = Named { info: FILE_NAME_INFO { FileNameLength: 0, FileName: [0] }, rest: [0; 256] };
    let size = u32::try_from(size_of::<Named>()).ok()?;
    // SAFETY: the handle is open, and at most `size` bytes are written, which `named` has.
    let known = unsafe {
        GetFileInformationByHandleEx(handle.as_raw_handle(), FileNameInfo, (&raw mut named).cast(), size) != 0
    };
    let length = usize::try_from(named.info.FileNameLength).ok()? / 2;
    if !known || length > named.rest.len() {
        return None;
    }
    // SAFETY: the call succeeded, so the name has `length` units. They start at `FileName` and go on
    // in `rest`, which follows it: both are inside of `named`.
    let name = unsafe { std::slice::from_raw_parts((&raw const named.info.FileName).cast::<u16>(), length) };
    Some(String::from_utf16_lossy(name))
}

/// Whether a pipe is named like a terminal of Cygwin or MSYS: `msys-…-pty0-to-master`. (Cygwin,
/// `winsup/cygwin/fhandler/pty.cc`.)
fn is_cygwin_pty(name: &str) -> bool {
    let known = name.starts_with("msys-") || name.starts_with("cygwin-");
    known && name.contains("-pty") && name.ends_with("-master")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::os::windows::io::AsHandle;

    #[test]
    fn what_is_behind_a_handle() {
        let path = std::env::temp_dir().join(format!("footlights-{}", std::process::id()));
        let file = File::create(&path).expect("a file");
        let nul = File::options().write(true).open("NUL").expect("NUL");
        assert_eq!([file.as_handle(), nul.as_handle()].map(kind), [Kind::File, Kind::Other]);
        drop(file);
        std::fs::remove_file(path).expect("a file");
    }

    #[test]
    fn a_terminal_of_cygwin_is_recognized_by_its_name() {
        for (name, wanted) in [
            ("msys-1888ae32e00d56aa-pty0-to-master", true),
            ("cygwin-e022582115c10879-pty12-to-master", true),
            ("msys-1888ae32e00d56aa-pty0-from-master", true),
            ("msys-1888ae32e00d56aa-lockpipe", false),
            ("footlights-1-2", false),
            ("", false),
        ] {
            assert_eq!(is_cygwin_pty(name), wanted, "{name}");
        }
    }
}
