//! What a standard stream leads to.

use super::handle::{Kind, kind, stream_handle};
use super::tty::Tty;
use crate::sys::stream::{Stream, StreamKind};

/// What `stream` leads to.
pub(crate) fn stream_kind(stream: Stream) -> StreamKind {
    match stream_handle(stream).map(kind) {
        Some(Kind::Console) if Tty::open(stream).is_some() => StreamKind::Terminal,
        // A console that understands no escape sequences, and a terminal whose size only programs of
        // Cygwin can ask for: lines can be shown there.
        Some(Kind::Console | Kind::CygwinPty) => StreamKind::SizelessTerminal,
        Some(Kind::Intercepted) => StreamKind::Intercepted,
        Some(Kind::File | Kind::Pipe) => StreamKind::Log,
        Some(Kind::Other) | None => StreamKind::Nothing,
    }
}
