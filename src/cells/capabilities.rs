//! What a terminal can show, and what its user wants to see.

use super::charset::Charset;
use super::color::ColorDepth;
use super::motion::Motion;

/// The colors, characters and motion that a line is rendered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Capabilities {
    pub(crate) depth: ColorDepth,
    pub(crate) charset: Charset,
    pub(crate) motion: Motion,
}

impl Capabilities {
    /// All of Unicode, in these colors.
    pub(crate) fn unicode(depth: ColorDepth) -> Capabilities {
        Capabilities { depth, charset: Charset::Unicode, motion: Motion::Full }
    }
}
