//! What remains of a bar when it is closed.

/// What remains of a bar when it is closed.
///
/// ```
/// use footlights::OnClose;
///
/// # let manager = footlights::Manager::new();
/// let file = manager.counter().total(9).desc("a.zip").on_close(OnClose::Log).add();
/// file.finish(); // a line of the log from now on
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnClose {
    /// The bar stays in its row, and as a line when the manager stops. If the bars take more than
    /// half of the window, the oldest of those that are closed move up into the log.
    #[default]
    Keep,
    /// The bar moves up into the log: it becomes an ordinary line above the bars, and scrolls away
    /// with the output.
    Log,
    /// Nothing.
    Clear,
}

impl OnClose {
    /// What `leave` means in Enlighten.
    pub(crate) fn leave(leave: bool) -> OnClose {
        if leave { OnClose::Keep } else { OnClose::Clear }
    }
}
