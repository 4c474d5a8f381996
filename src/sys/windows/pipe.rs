//! The pipe that stdout and stderr are redirected into.
//!
//! An anonymous pipe cannot be waited for, together with other sources. A named pipe can, if its
//! reading end is opened for overlapped reads: a read is begun, and an event is set when it has
//! read something. So no thread is needed that reads, and no buffer between it and the terminal
//! thread: what is not read waits in the pipe, and a pipe that is full makes its writers wait. (A
//! read that was begun by a thread is canceled when that thread ends. It is begun again then.)

use std::fs::File;
use std::io;
use std::os::windows::io::{AsHandle, AsRawHandle, BorrowedHandle, FromRawHandle, OwnedHandle};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use parking_lot::Mutex;
use windows_sys::Win32::Foundation::{
    ERROR_BROKEN_PIPE, ERROR_IO_INCOMPLETE, ERROR_IO_PENDING, ERROR_OPERATION_ABORTED, INVALID_HANDLE_VALUE,
};
use windows_sys::Win32::Storage::FileSystem::{
    FILE_FLAG_FIRST_PIPE_INSTANCE, FILE_FLAG_OVERLAPPED, PIPE_ACCESS_INBOUND, ReadFile,
};
use windows_sys::Win32::System::IO::{CancelIoEx, GetOverlappedResult, OVERLAPPED};
use windows_sys::Win32::System::Pipes::{
    CreateNamedPipeW, PIPE_READMODE_BYTE, PIPE_REJECT_REMOTE_CLIENTS, PIPE_TYPE_BYTE, PIPE_WAIT,
};

use super::event::Event;
use super::handle::{OWN_PIPES, check};

/// How many bytes wait in the pipe before its writers wait.
const CAPACITY: u32 = 64 * 1024;

/// The most bytes that one read takes.
const READ_SIZE: usize = 16 * 1024;

/// The reading end. Reads never wait.
#[derive(Debug)]
pub(super) struct Reader {
    pipe: OwnedHandle,
    /// Set while there is something to read, or no writer is left.
    event: Event,
    /// In a box: the system writes there while a read is under way.
    state: Mutex<Box<ReadState>>,
}

struct ReadState {
    overlapped: OVERLAPPED,
    bytes: [u8; READ_SIZE],
    phase: Phase,
}

/// What the system is doing with `overlapped` and `bytes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing: no read was begun.
    Idle,
    /// A read is under way.
    Reading,
    /// Nothing: the bytes from `from` to `to` were read, and not taken yet.
    Read { from: usize, to: usize },
    /// Nothing: no writer is left.
    Ended,
}

// SAFETY: the pointers in `OVERLAPPED` lead to the system's own state and to the event, both of
// which may be used from any thread.
unsafe impl Send for ReadState {}

impl std::fmt::Debug for ReadState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ReadState").field(&self.phase).finish()
    }
}

/// Opens a pipe and returns its ends. Children inherit neither.
pub(super) fn open_pipe() -> io::Result<(Reader, OwnedHandle)> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!(r"\\.\pipe\{OWN_PIPES}{}-{}", std::process::id(), NUMBER.fetch_add(1, Relaxed));
    let wide: Vec<u16> = name.encode_utf16().chain([0]).collect();
    let open = PIPE_ACCESS_INBOUND | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE;
    let mode = PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS;
    // SAFETY: the name ends with a NUL and outlives the call; there are no security attributes.
    let pipe = unsafe { CreateNamedPipeW(wide.as_ptr(), open, mode, 1, 0, CAPACITY, 0, std::ptr::null()) };
    if pipe == INVALID_HANDLE_VALUE {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: CreateNamedPipeW has just returned it; nothing else owns it.
    let pipe = unsafe { OwnedHandle::from_raw_handle(pipe) };
    let writer = File::options().write(true).open(name)?;
    let event = Event::new()?;
    // SAFETY: all of its fields may be zero.
    let mut overlapped: OVERLAPPED = unsafe { std::mem::zeroed() };
    overlapped.hEvent = event.as_handle().as_raw_handle();
    let state = Mutex::new(Box::new(ReadState { overlapped, bytes: [0; READ_SIZE], phase: Phase::Idle }));
    Ok((Reader { pipe, event, state }, writer.into()))
}

impl Reader {
    /// Reads what is there. `WouldBlock` if there is nothing, 0 if no writer is left.
    pub(super) fn read(&self, buf: &mut [u8]) -> io::Result<usize> {
        let state = &mut **self.state.lock();
        loop {
            match state.phase {
                Phase::Idle => self.begin(state)?,
                Phase::Reading => self.finish(state)?,
                Phase::Ended => return Ok(0),
                Phase::Read { from, to } => {
                    let bytes = state.bytes.get(from..to).unwrap_or_default();
                    let count = bytes.len().min(buf.len());
                    buf[..count].copy_from_slice(&bytes[..count]);
                    let from = from + count;
                    state.phase = if from < to { Phase::Read { from, to } } else { Phase::Idle };
                    if count > 0 {
                        return Ok(count);
                    }
                }
            }
        }
    }

    /// Begins to read.
    fn begin(&self, state: &mut ReadState) -> io::Result<()> {
        // SAFETY: the pipe is open. The buffer and `overlapped` are in a box that is kept until the
        // read has ended: `phase` says so, and `drop` waits for it. No other code touches them while
        // `phase` is `Reading`.
        let result = check(unsafe {
            ReadFile(
                self.pipe.as_raw_handle(),
                state.bytes.as_mut_ptr(),
                state.bytes.len() as u32,
                std::ptr::null_mut(),
                &raw mut state.overlapped,
            )
        });
        match result {
            Ok(()) => state.phase = Phase::Reading,
            Err(err) if is(&err, ERROR_IO_PENDING) => state.phase = Phase::Reading,
            Err(err) => return self.on_error(state, err),
        }
        Ok(())
    }

    /// Takes in the result of a read. `WouldBlock` if it is still under way.
    fn finish(&self, state: &mut ReadState) -> io::Result<()> {
        let mut count = 0;
        // SAFETY: a read with this `overlapped` was begun; the call does not wait.
        let result = check(unsafe {
            GetOverlappedResult(self.pipe.as_raw_handle(), &raw const state.overlapped, &raw mut count, 0)
        });
        match result {
            // 0 bytes: a program has written nothing, which a pipe passes on.
            Ok(()) => state.phase = Phase::Read { from: 0, to: count as usize },
            Err(err) if is(&err, ERROR_IO_INCOMPLETE) => return Err(io::ErrorKind::WouldBlock.into()),
            Err(err) => return self.on_error(state, err),
        }
        Ok(())
    }

    fn on_error(&self, state: &mut ReadState, err: io::Error) -> io::Result<()> {
        state.phase = match () {
            () if is(&err, ERROR_BROKEN_PIPE) => Phase::Ended,
            () if is(&err, ERROR_OPERATION_ABORTED) => Phase::Idle,
            () => {
                state.phase = Phase::Idle;
                return Err(err);
            }
        };
        if state.phase == Phase::Ended {
            self.event.set();
        }
        Ok(())
    }
}

fn is(err: &io::Error, code: u32) -> bool {
    err.raw_os_error() == Some(code as i32)
}

/// The event. Begins a read if none is under way, because nothing would set the event then.
impl AsHandle for Reader {
    fn as_handle(&self) -> BorrowedHandle<'_> {
        let state = &mut **self.state.lock();
        if state.phase == Phase::Idle && self.begin(state).is_err() {
            self.event.set(); // `read` returns the error
        }
        self.event.as_handle()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let state = &mut **self.state.get_mut();
        if state.phase == Phase::Reading {
            let (pipe, overlapped, mut count) = (self.pipe.as_raw_handle(), &raw const state.overlapped, 0);
            // SAFETY: a read with this `overlapped` was begun. The second call waits until the
            // system is done with it, which is soon, because it was canceled.
            unsafe {
                CancelIoEx(pipe, overlapped);
                GetOverlappedResult(pipe, overlapped, &raw mut count, 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::handle::{Kind, kind};
    use super::super::wait::{readable, wait};
    use super::*;
    use std::io::Write;
    use std::time::Instant;

    fn pipe() -> (Reader, File) {
        let (reader, writer) = open_pipe().expect("a pipe");
        (reader, File::from(writer))
    }

    fn is_ready(reader: &Reader) -> bool {
        wait([readable(reader)], Some(Instant::now())) == [true]
    }

    #[test]
    fn what_is_written_arrives_and_then_the_end() {
        let (reader, mut writer) = pipe();
        let mut buf = [0; 3];
        assert!(!is_ready(&reader));
        let nothing = reader.read(&mut buf).expect_err("nothing yet");
        assert_eq!(nothing.kind(), io::ErrorKind::WouldBlock);
        writer.write_all(b"abcd").expect("four bytes");
        wait([readable(&reader)], None);
        assert_eq!((reader.read(&mut buf).expect("three bytes"), &buf), (3, b"abc"));
        assert!(is_ready(&reader), "one byte is left");
        assert_eq!(reader.read(&mut buf).expect("a byte"), 1);
        assert!(!is_ready(&reader));
        drop(writer);
        wait([readable(&reader)], None);
        assert_eq!(reader.read(&mut buf).expect("the end"), 0);
        assert_eq!(reader.read(&mut buf).expect("the end"), 0);
    }

    #[test]
    fn it_is_recognized_as_ours() {
        let (_reader, writer) = pipe();
        assert_eq!(kind(writer.as_handle()), Kind::Intercepted);
    }

    #[test]
    fn a_read_survives_the_thread_that_began_it() {
        let (reader, mut writer) = pipe();
        std::thread::scope(|scope| {
            scope.spawn(|| assert!(!is_ready(&reader)));
        });
        writer.write_all(b"x").expect("a byte");
        let mut buf = [0; 8];
        loop {
            wait([readable(&reader)], None);
            match reader.read(&mut buf) {
                Ok(n) => return assert_eq!(&buf[..n], b"x"),
                Err(err) => assert_eq!(err.kind(), io::ErrorKind::WouldBlock),
            }
        }
    }

    #[test]
    fn a_full_pipe_makes_its_writers_wait() {
        let (reader, mut writer) = pipe();
        let written = std::thread::spawn(move || writer.write_all(&[b'x'; 1 << 20]).is_ok());
        let (mut buf, mut total) = ([0; 4096], 0);
        loop {
            wait([readable(&reader)], None);
            match reader.read(&mut buf) {
                Ok(0) => break,
                Ok(n) => total += n,
                Err(_) => {}
            }
        }
        assert_eq!((total, written.join().expect("a thread")), (1 << 20, true));
    }
}
