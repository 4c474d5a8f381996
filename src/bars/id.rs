//! What identifies a bar, and orders bars: by age, with room for bars in between.

/// Identifies a bar, and orders bars by age. A bar that replaces another takes over its age, with a
/// new serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id {
    pub(super) age: Age,
    pub(super) serial: u64,
}

/// The place of a bar in the order: its serial number in the upper half, so that there is room for
/// bars in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Age {
    // Not one number: it would take more room wherever it stands.
    high: u64,
    low: u64,
}

/// Identifies the manager that a bar belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ManagerId(pub(crate) u64);

/// Whose bars are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Those of all managers.
    All,
    /// Those of one.
    Manager(ManagerId),
}

impl Scope {
    /// Whether the bars of this manager are meant.
    pub(crate) fn has(self, manager: ManagerId) -> bool {
        match self {
            Scope::All => true,
            Scope::Manager(id) => id == manager,
        }
    }
}

impl Age {
    fn number(self) -> u128 {
        u128::from(self.high) << 64 | u128::from(self.low)
    }

    fn numbered(number: u128) -> Age {
        Age { high: (number >> 64) as u64, low: number as u64 }
    }

    /// The age above all others.
    pub(super) const FIRST: Age = Age { high: 0, low: 0 };

    /// The age below all others.
    pub(super) const LAST: Age = Age { high: u64::MAX, low: u64::MAX };

    /// The age of the bar with this serial number, if it is not placed below another one.
    pub(super) fn of(serial: u64) -> Age {
        Age { high: serial, low: 0 }
    }

    /// An age between this one and that of a bar below: as far from this one as is usual for bars of
    /// this depth, so that there is room for more bars on both sides. `None` if there is none.
    pub(super) fn between(self, below: Age, depth: u32) -> Option<Age> {
        let room = below.number().saturating_sub(self.number());
        let step = match depth {
            0 => room / 2,
            // 16 million children, each with room for 256 of their own, and so on.
            depth => (room / 2).min(1 << (48 - 8 * depth.min(5))),
        };
        (room > 1).then(|| Age::numbered(self.number() + step.max(1)))
    }

    /// Ages for `count` bars between this one and that of a bar below, with equal distances. `None` if
    /// there is no room.
    pub(super) fn spread(self, below: Age, count: usize) -> Option<impl Iterator<Item = Age>> {
        let count = count as u128;
        let step = below.number().saturating_sub(self.number()) / (count + 1);
        (step > 0).then(|| (1..=count).map(move |n| Age::numbered(self.number() + n * step)))
    }
}
