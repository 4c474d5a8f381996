//! What a terminal can show.

use super::charset::Charset;
use super::color::ColorDepth;

/// The colors and characters that a line is rendered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Capabilities {
    pub(crate) depth: ColorDepth,
    pub(crate) charset: Charset,
}

impl Capabilities {
    /// All of Unicode, in these colors.
    pub(crate) fn unicode(depth: ColorDepth) -> Capabilities {
        Capabilities { depth, charset: Charset::Unicode }
    }
}
