//! What a standard stream leads to.

use super::fd::{status, stream_fd};
use super::pty::is_own_pty;
use super::tty::{is_terminal, window_size};
use crate::sys::stream::{Stream, StreamKind};

/// What `stream` leads to.
pub(crate) fn stream_kind(stream: Stream) -> StreamKind {
    let fd = stream_fd(stream);
    if is_terminal(fd) {
        return match window_size(fd) {
            _ if is_own_pty(fd) => StreamKind::Intercepted,
            Some(_) => StreamKind::Terminal,
            None => StreamKind::SizelessTerminal,
        };
    }
    match status(fd).map(|status| status.st_mode & libc::S_IFMT) {
        Ok(libc::S_IFREG | libc::S_IFIFO | libc::S_IFSOCK) => StreamKind::Log,
        // Devices such as /dev/null, and closed descriptors.
        _ => StreamKind::Nothing,
    }
}
