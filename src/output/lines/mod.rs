//! What outputs of lines have in common: a thread that looks at the bars now and then, and writes
//! what a reporter says about them.
//!
//! `session` is what managers hold · `thread` looks and writes · `mailbox` is how they talk ·
//! `reporter` is what an output of lines supplies · `destination` is where its lines go.

mod current;
mod destination;
mod mailbox;
mod reporter;
mod session;
mod thread;

pub(crate) use current::{acquire, release};
pub(crate) use destination::Destination;
pub(crate) use reporter::{Lines, Reporter};
pub(crate) use session::{Session, Suspension};
