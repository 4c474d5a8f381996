//! The styles of the cells of a line. Lines have few of them: a cell says which one it has, and the
//! colors of a run of cells are compared once.

use super::color::Color;
use super::links::LinkId;

/// What a cell has apart from its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CellStyle {
    pub(crate) color: Color,
    pub(crate) link: LinkId,
}

/// Which style of its line a cell has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StyleId(u32);

/// The styles of a line, in the order of its cells: one that comes back may be listed again.
#[derive(Debug, Default)]
pub(super) struct CellStyles(Vec<CellStyle>);

impl CellStyles {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds the style of the cells that follow.
    pub(super) fn add(&mut self, style: CellStyle) -> StyleId {
        if self.0.last() != Some(&style) {
            self.0.push(style);
        }
        // No line has as many cells as would be needed to exceed this.
        StyleId(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }

    pub(super) fn get(&self, id: StyleId) -> CellStyle {
        usize::try_from(id.0).ok().and_then(|at| self.0.get(at)).copied().unwrap_or_default()
    }

    pub(super) fn drop_links(&mut self) {
        self.0.iter_mut().for_each(|style| style.link = LinkId::NONE);
    }
}

impl Clone for CellStyles {
    fn clone(&self) -> CellStyles {
        CellStyles(self.0.clone())
    }

    /// Keeps the capacity of `self`.
    fn clone_from(&mut self, other: &CellStyles) {
        self.0.clone_from(&other.0);
    }
}
