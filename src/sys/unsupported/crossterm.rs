//! Stands in for crossterm, which builds for Unix and Windows only. Without a terminal none of
//! these commands is written.

use std::fmt;

/// A command, as crossterm has it. None of them writes anything.
pub(crate) trait Command: Sized {
    fn write_ansi(&self, _: &mut impl fmt::Write) -> fmt::Result {
        Ok(())
    }
}

/// The command that all names below stand for.
pub(crate) struct Nothing;

impl Command for Nothing {}

#[expect(non_snake_case, non_upper_case_globals, reason = "crossterm's names")]
pub(crate) mod cursor {
    use super::Nothing;

    pub(crate) const SavePosition: Nothing = Nothing;
    pub(crate) const RestorePosition: Nothing = Nothing;

    pub(crate) fn MoveUp(_: u16) -> Nothing {
        Nothing
    }

    pub(crate) fn MoveDown(_: u16) -> Nothing {
        Nothing
    }

    pub(crate) fn MoveToColumn(_: u16) -> Nothing {
        Nothing
    }

    pub(crate) fn MoveTo(_: u16, _: u16) -> Nothing {
        Nothing
    }
}

#[expect(non_snake_case, non_upper_case_globals, reason = "crossterm's names")]
pub(crate) mod terminal {
    use super::Nothing;

    pub(crate) const BeginSynchronizedUpdate: Nothing = Nothing;
    pub(crate) const EndSynchronizedUpdate: Nothing = Nothing;
    pub(crate) const DisableLineWrap: Nothing = Nothing;
    pub(crate) const EnableLineWrap: Nothing = Nothing;

    pub(crate) enum ClearType {
        FromCursorDown,
        UntilNewLine,
    }

    pub(crate) fn Clear(_: ClearType) -> Nothing {
        Nothing
    }
}
