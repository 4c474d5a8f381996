//! Columns that several lines share, so that what stands below each other starts and ends in the same
//! place.
//!
//! Lines of the same format share their columns, and all lines share that of the description. A column
//! grows at once, and all lines are rendered again. It never becomes narrower by itself, because lines
//! would move to and fro with every digit: from time to time all columns are measured afresh.

use super::super::template::Template;

/// The widths of columns that lines share.
#[derive(Debug, Default)]
pub(crate) struct AlignedColumns {
    groups: Vec<Group>,
    desc: SharedColumn,
    /// Counts the changes of widths.
    revision: u64,
}

/// The columns of one row of a format.
#[derive(Debug)]
struct Group {
    template: Template,
    row: usize,
    columns: Vec<SharedColumn>,
}

/// The largest column of its kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SharedColumn {
    /// Blanks before it.
    pub(super) gap: usize,
    pub(super) width: usize,
    /// The fewest columns that it is cut to before other columns give way.
    pub(super) min: usize,
}

/// The columns of one line among those that it shares.
pub(super) struct SharedColumns<'a> {
    columns: &'a mut Vec<SharedColumn>,
    desc: &'a mut SharedColumn,
    revision: &'a mut u64,
}

impl AlignedColumns {
    /// Changes whenever lines that were rendered before are out of date.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// Forgets all widths. The lines that are rendered next are measured afresh.
    pub(crate) fn restart(&mut self) {
        self.groups.retain(|group| group.columns.iter().any(|column| *column != SharedColumn::default()));
        for group in &mut self.groups {
            group.columns.fill(SharedColumn::default());
        }
        self.desc = SharedColumn::default();
        self.revision += 1;
    }

    /// The columns of a line with this row of a template.
    pub(super) fn of(&mut self, template: &Template, row: usize) -> SharedColumns<'_> {
        let known = self.groups.iter().position(|group| group.row == row && group.template.is_same(template));
        let at = known.unwrap_or_else(|| {
            self.groups.push(Group { template: template.clone(), row, columns: Vec::new() });
            self.groups.len() - 1
        });
        SharedColumns { columns: &mut self.groups[at].columns, desc: &mut self.desc, revision: &mut self.revision }
    }
}

impl SharedColumns<'_> {
    /// Takes in a column of the line. Returns how wide it is among the others.
    pub(super) fn share(&mut self, at: usize, is_desc: bool, own: SharedColumn) -> SharedColumn {
        if self.columns.len() <= at {
            self.columns.resize(at + 1, SharedColumn::default());
        }
        let shared = if is_desc { &mut *self.desc } else { &mut self.columns[at] };
        let larger = SharedColumn {
            gap: shared.gap.max(own.gap),
            width: shared.width.max(own.width),
            min: shared.min.max(own.min),
        };
        if larger != *shared {
            *shared = larger;
            *self.revision += 1;
        }
        if is_desc {
            // So that the group is known to be in use.
            self.columns[at] = larger;
        }
        larger
    }
}
