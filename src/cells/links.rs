//! The targets of the links in a line (OSC 8).

/// The target of a cell: a number made of the target, so that cells of two lines can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LinkId(u32);

/// The targets of a line. Its buffers are reused.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// All targets, one after the other.
    text: String,
    /// Each target: its number, and where it ends.
    ends: Vec<(LinkId, usize)>,
    current: LinkId,
}

impl LinkId {
    /// No link.
    pub(crate) const NONE: LinkId = LinkId(0);

    fn of(target: &str) -> LinkId {
        // FNV-1a.
        let hash =
            target.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        LinkId(hash.max(1))
    }
}

impl Links {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.current = LinkId::NONE;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Sets the target of what follows; none if it is empty.
    pub(super) fn set(&mut self, target: &str) {
        self.current = if is_none(target) { LinkId::NONE } else { LinkId::of(target) };
        if self.current != LinkId::NONE && self.target(self.current).is_empty() {
            self.text.push_str(target);
            self.ends.push((self.current, self.text.len()));
        }
    }

    pub(super) fn current(&self) -> LinkId {
        self.current
    }

    /// The target of a cell, with the parameters before it: `id=1;https://…`. Empty if it has none.
    pub(crate) fn target(&self, id: LinkId) -> &str {
        let Some(at) = self.ends.iter().position(|(known, _)| *known == id) else { return "" };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].1);
        &self.text[start..self.ends[at].1]
    }
}

/// Whether a link leads nowhere: that ends the one before.
fn is_none(target: &str) -> bool {
    target.split_once(';').is_none_or(|(_, uri)| uri.is_empty())
}

impl Clone for Links {
    fn clone(&self) -> Links {
        let mut links = Links::default();
        links.clone_from(self);
        links
    }

    /// Keeps the capacity of `self`.
    fn clone_from(&mut self, other: &Links) {
        self.text.clone_from(&other.text);
        self.ends.clone_from(&other.ends);
        self.current = other.current;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_by_their_cells() {
        let mut links = Links::default();
        let mut id = |target: &str| {
            links.set(target);
            links.current()
        };
        let (one, two, none) = (id(";http://one"), id("id=2;http://two"), id(";"));
        assert_eq!((id(";http://one"), none), (one, LinkId::NONE));
        assert_eq!((links.target(one), links.target(two), links.target(none)), (";http://one", "id=2;http://two", ""));
        assert_eq!(links.text, ";http://oneid=2;http://two");
    }
}
