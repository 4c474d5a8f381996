//! One whole number in several cells, so that threads that count at the same time do not wait for each other.
//!
//! Two threads that add to one cell take it out of each other's processor every time, which costs many times the addition.
//! So a number has sixteen cells, its lanes, and is their sum. A thread adds to the lane that the address of its stack says:
//! nobody is registered, nothing is looked up, no thread has to be forgotten when it ends, and in a loop the compiler works it
//! out once. It is a guess, and any lane is right: where two threads meet in one, they count as fast as on one shared cell.
//!
//! A cell must be alone in what processors exchange, as far as other threads are concerned. Kept apart for one number alone,
//! sixteen of them would take two kilobytes. So sixteen numbers share a slab, in which a line holds a lane of each:
//!
//! ```text
//!            number 0   number 1   …  number 15
//!  lane 0    [cell 0    cell 1        cell 15 ]   one line, alone
//!  lane 1    [cell 16   cell 17       cell 31 ]
//!  …
//! ```

use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use parking_lot::Mutex;

const LANES: usize = 16;

/// How many numbers share a slab: as many as there are cells in a line.
const NUMBERS: usize = 16;

/// From the first cell of a number to its last.
const SPAN: usize = NUMBERS * (LANES - 1) + 1;

/// So many numbers have a slab to themselves: different numbers that are counted by as many threads do not meet either.
const ALONE: usize = 64;

/// The cells of one number, and of its neighbours in between: every `NUMBERS`th is its own, from the first.
///
/// Cells are never freed, only used again: so this is one step away from a cell, and can be copied along with what keeps the
/// number itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lanes(&'static [AtomicI64; SPAN]);

/// Sixteen numbers. Lines are 128 bytes: as much as processors fetch at a time, though some could tell halves of it apart.
#[repr(align(128))]
struct Slab([AtomicI64; NUMBERS * LANES]);

/// What is not in use.
static STORE: Mutex<Store> = Mutex::new(Store { slabs: 0, first: Vec::new(), others: Vec::new() });

struct Store {
    /// How many there are in all.
    slabs: usize,
    /// The first of each slab; alone there as long as there are enough of them.
    first: Vec<Lanes>,
    others: Vec<Lanes>,
}

impl Lanes {
    /// A new number: 0.
    pub(crate) fn take() -> Lanes {
        let mut store = STORE.lock();
        loop {
            let shared = store.slabs >= ALONE;
            let free = store.first.pop().or_else(|| if shared { store.others.pop() } else { None });
            match free {
                Some(lanes) => return lanes,
                None => store.add_slab(),
            }
        }
    }

    /// Nobody counts here any more.
    pub(crate) fn give_back(self) {
        self.cells().for_each(|cell| cell.store(0, Relaxed));
        let mut store = STORE.lock();
        if self.is_first() { store.first.push(self) } else { store.others.push(self) }
    }

    /// One atomic add. Wraps where numbers end.
    #[inline]
    pub(crate) fn add(self, n: i64) {
        self.0[lane(stack()) * NUMBERS].fetch_add(n, Relaxed);
    }

    /// Makes it `n`. What is added meanwhile is added before or after that. Not for two at a time.
    pub(crate) fn set(self, n: i64) {
        // In one step: whoever looks sees the number before or after it.
        let others = self.cells().skip(1).fold(0, plus);
        self.0[0].store(n.wrapping_sub(others), Relaxed);
    }

    pub(crate) fn sum(self) -> i64 {
        self.cells().fold(0, plus)
    }

    fn cells(self) -> impl Iterator<Item = &'static AtomicI64> {
        self.0.iter().step_by(NUMBERS)
    }

    /// Whether it is the first of its slab.
    fn is_first(self) -> bool {
        self.0.as_ptr().addr() % align_of::<Slab>() == 0
    }
}

impl Store {
    fn add_slab(&mut self) {
        let slab: &'static Slab = Box::leak(Box::new(Slab([const { AtomicI64::new(0) }; NUMBERS * LANES])));
        let mut lanes = (0..NUMBERS).filter_map(|at| slab.0[at..].first_chunk()).map(Lanes);
        self.slabs += 1;
        self.first.extend(lanes.next());
        self.others.extend(lanes);
    }
}

fn plus(sum: i64, cell: &AtomicI64) -> i64 {
    sum.wrapping_add(cell.load(Relaxed))
}

/// Where the stack of this thread is, more or less.
#[inline]
fn stack() -> usize {
    let here = MaybeUninit::<u8>::uninit();
    (&raw const here).addr()
}

/// Stacks lie side by side, mostly two megabytes each and a page or so between them. From one to the next it is the golden
/// section of all lanes: however many follow each other, they are far apart, and for stacks of other sizes it does well too.
#[inline]
fn lane(stack: usize) -> usize {
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    const STACK: u32 = (2_u64 << 20).ilog2();
    ((stack as u64).wrapping_mul(GOLDEN >> STACK) >> (u64::BITS - LANES.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::thread;

    use super::*;

    #[test]
    fn neighbouring_stacks_have_different_lanes() {
        for kilobytes in [512, 1024, 2048, 2052, 2056, 8192, 8196] {
            for from in [0x7f4b_9004_5d98, 0x7f4d_6675_bd98, 0x0001_6f00_0000_usize] {
                let lanes: HashSet<usize> = (0..8).map(|thread| lane(from + thread * (kilobytes << 10))).collect();
                assert!(lanes.len() >= 7, "{kilobytes} kB: {lanes:?}");
            }
        }
        assert!((0..1 << 20).all(|page| lane(page << 12) < LANES));
    }

    #[test]
    fn numbers_do_not_touch_each_other() {
        // More than have a slab to themselves, so that some share one.
        let numbers: Vec<Lanes> = (0..3 * ALONE).map(|_| Lanes::take()).collect();
        for (n, lanes) in numbers.iter().enumerate() {
            (0..LANES).for_each(|lane| _ = lanes.0[lane * NUMBERS].fetch_add(n as i64, Relaxed));
        }
        for (n, lanes) in numbers.iter().enumerate() {
            assert_eq!(lanes.sum(), (n * LANES) as i64);
            lanes.set(-1);
            assert_eq!(lanes.sum(), -1);
        }
        numbers.into_iter().for_each(Lanes::give_back);
        assert_eq!(Lanes::take().sum(), 0);
    }

    #[test]
    fn no_addition_is_lost() {
        let lanes = Lanes::take();
        thread::scope(|scope| {
            for n in 1..=40 {
                scope.spawn(move || (0..1000).for_each(|_| lanes.add(n)));
            }
        });
        assert_eq!(lanes.sum(), 820_000);
        lanes.give_back();
    }
}
