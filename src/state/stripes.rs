//! One count in several atomic cells, so that threads that count at the same time do not wait for
//! each other.
//!
//! Two threads that add to one cell take its cache line from each other every time, which costs
//! many times the addition. So a count has sixteen cells, its stripes, and is their sum. A thread
//! adds to the stripe that the address of its stack selects: no thread is registered, nothing is
//! looked up, nothing has to be cleaned up when a thread ends, and in a loop the compiler computes
//! the stripe once. The selection is a guess, and any stripe is right: where two threads meet in
//! one, they count as fast as on one shared cell.
//!
//! A cell must be alone in its cache line, as far as other threads are concerned. If each count had
//! its cells for itself, sixteen cells would take two kilobytes. So sixteen counts share a slab, in
//! which a line holds a stripe of each:
//!
//! ```text
//!             count 0    count 1    …  count 15
//!  stripe 0   [cell 0    cell 1        cell 15 ]   one line, alone
//!  stripe 1   [cell 16   cell 17       cell 31 ]
//!  …
//! ```
//!
//! No cell overflows in practice. Amounts up to 2^20 are added blindly: from an empty cell to its
//! end that takes 2^43 additions, from where larger amounts stop 2^42, without a
//! [`take`](Stripes::take) in between. A thread that does nothing else needs hours for that, and a
//! program that processes 2^20 bytes before each addition needs years. Larger amounts are added by
//! compare-exchange. They fill a cell to half its range, and go on with the next one.

use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use parking_lot::Mutex;

const STRIPES: usize = 16;

/// How many counts share a slab: as many as there are cells in a line.
const COUNTS_PER_SLAB: usize = 16;

/// Cells from the first stripe of a count to its last.
const CELLS_SPANNED: usize = COUNTS_PER_SLAB * (STRIPES - 1) + 1;

/// The first counts have a slab each: then different counts do not share lines either.
const EXCLUSIVE_SLABS: usize = 64;

/// The largest amount that is added without looking at the cell.
const SMALL: u64 = 1 << 20;

/// How far, in both directions, larger amounts fill a cell.
const HALF_RANGE: i64 = 1 << 62;

/// The cells of one count, and the cells of other counts in between: every `COUNTS_PER_SLAB`th cell
/// is its own, from the first.
///
/// Cells are never freed, only used again: so a copy of this leads to a cell in one step, and can
/// be kept beside the owner of the count. It is valid as long as the owner has not released the
/// cells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stripes(&'static [AtomicI64; CELLS_SPANNED]);

/// The cells of sixteen counts. Lines are 128 bytes: as much as processors fetch at a time, though
/// on some a line is half of that.
#[repr(align(128))]
struct Slab([AtomicI64; COUNTS_PER_SLAB * STRIPES]);

/// The counts that are not in use.
static POOL: Mutex<Pool> = Mutex::new(Pool { slabs: 0, first: Vec::new(), others: Vec::new() });

struct Pool {
    /// How many slabs there are in all.
    slabs: usize,
    /// The first count of each slab. It has the slab to itself as long as there are at most
    /// `EXCLUSIVE_SLABS`.
    first: Vec<Stripes>,
    others: Vec<Stripes>,
}

impl Stripes {
    /// A count that is not in use: 0.
    pub(crate) fn acquire() -> Stripes {
        let mut pool = POOL.lock();
        loop {
            let shared = pool.slabs >= EXCLUSIVE_SLABS;
            let free = pool.first.pop().or_else(|| if shared { pool.others.pop() } else { None });
            match free {
                Some(stripes) => return stripes,
                None => pool.add_slab(),
            }
        }
    }

    /// Sets the stripes to 0 and returns them to the pool. No thread may add to it from then on.
    pub(crate) fn release(self) {
        self.cells().for_each(|cell| cell.store(0, Relaxed));
        let mut pool = POOL.lock();
        if self.is_first() { pool.first.push(self) } else { pool.others.push(self) }
    }

    /// Adds with one atomic add. Where `n` is a literal the comparison costs nothing.
    #[inline]
    pub(crate) fn add(self, n: u64) {
        if n <= SMALL {
            self.own_cell().fetch_add(n as i64, Relaxed);
        } else {
            self.add_large(i64::try_from(n).unwrap_or(i64::MAX));
        }
    }

    /// Subtracts, at the same cost.
    #[inline]
    pub(crate) fn sub(self, n: u64) {
        if n <= SMALL {
            self.own_cell().fetch_sub(n as i64, Relaxed);
        } else {
            self.add_large(-i64::try_from(n).unwrap_or(i64::MAX));
        }
    }

    /// Adds an amount of any size and either sign. What does not fit into a cell goes to the next
    /// one. What fits into none is dropped: the sum is then eight times as large as any count that
    /// is read.
    #[cold]
    #[inline(never)]
    fn add_large(self, n: i64) {
        let own = stripe(stack_address());
        let mut rest = n;
        for cell in self.cells().cycle().skip(own).take(STRIPES) {
            if rest == 0 {
                break;
            }
            rest = fill(cell, rest);
        }
    }

    pub(crate) fn sum(self) -> i128 {
        self.cells().map(|cell| i128::from(cell.load(Relaxed))).sum()
    }

    /// Takes the sum and leaves 0. What is added meanwhile is taken, or stays for the next call.
    pub(crate) fn take(self) -> i128 {
        // Only from cells in use: writing to a cell takes its line from the thread that counts
        // there.
        self.cells().filter(|cell| cell.load(Relaxed) != 0).map(|cell| i128::from(cell.swap(0, Relaxed))).sum()
    }

    /// The cell of this thread.
    #[inline]
    fn own_cell(self) -> &'static AtomicI64 {
        &self.0[stripe(stack_address()) * COUNTS_PER_SLAB]
    }

    fn cells(self) -> impl Iterator<Item = &'static AtomicI64> + Clone {
        self.0.iter().step_by(COUNTS_PER_SLAB)
    }

    /// Whether it is the first of its slab.
    fn is_first(self) -> bool {
        self.0.as_ptr().addr() % align_of::<Slab>() == 0
    }
}

/// Adds to a cell, up to half its range. Returns what did not fit.
fn fill(cell: &AtomicI64, n: i64) -> i64 {
    let mut rest = n;
    let _ = cell.fetch_update(Relaxed, Relaxed, |old| {
        // Small amounts may have led beyond half the range; that stays.
        let new = match old.saturating_add(n) {
            sum if n > 0 => sum.min(HALF_RANGE).max(old),
            sum => sum.max(-HALF_RANGE).min(old),
        };
        // `new` lies between `old` and `old + n`, so the difference fits.
        rest = n - (new - old);
        Some(new)
    });
    rest
}

impl Pool {
    fn add_slab(&mut self) {
        let slab: &'static Slab = Box::leak(Box::new(Slab([const { AtomicI64::new(0) }; COUNTS_PER_SLAB * STRIPES])));
        let mut stripes = (0..COUNTS_PER_SLAB).filter_map(|at| slab.0[at..].first_chunk()).map(Stripes);
        self.slabs += 1;
        self.first.extend(stripes.next());
        self.others.extend(stripes);
    }
}

/// An address in the stack of this thread.
#[inline]
fn stack_address() -> usize {
    let here = MaybeUninit::<u8>::uninit();
    (&raw const here).addr()
}

/// The stripe for a stack. Stacks lie side by side, mostly two megabytes each and a page or so
/// between them. From one stack to the next the stripe moves on by the golden section of all
/// stripes: however many stacks follow each other, their stripes are far apart. That works well for
/// stacks of other sizes too.
#[inline]
fn stripe(stack: usize) -> usize {
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    const STACK: u32 = (2_u64 << 20).ilog2();
    ((stack as u64).wrapping_mul(GOLDEN >> STACK) >> (u64::BITS - STRIPES.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::thread;

    use super::*;

    const MOST: i128 = i64::MAX as i128;

    #[test]
    fn neighboring_stacks_have_different_stripes() {
        for kilobytes in [512, 1024, 2048, 2052, 2056, 8192, 8196] {
            for from in [0x7f4b_9004_5d98, 0x7f4d_6675_bd98, 0x0001_6f00_0000_usize] {
                let stripes: HashSet<usize> = (0..8).map(|thread| stripe(from + thread * (kilobytes << 10))).collect();
                assert!(stripes.len() >= 7, "{kilobytes} kB: {stripes:?}");
            }
        }
        assert!((0..1 << 20).all(|page| stripe(page << 12) < STRIPES));
    }

    #[test]
    fn counts_do_not_touch_each_other() {
        // More than have a slab to themselves, so that some share one.
        let counts: Vec<Stripes> = (0..3 * EXCLUSIVE_SLABS).map(|_| Stripes::acquire()).collect();
        for (n, stripes) in counts.iter().enumerate() {
            stripes.cells().for_each(|cell| _ = cell.fetch_add(n as i64, Relaxed));
        }
        for (n, stripes) in counts.iter().enumerate() {
            assert_eq!(stripes.sum(), (n * STRIPES) as i128);
            assert_eq!(stripes.take(), (n * STRIPES) as i128);
            stripes.sub(1);
            assert_eq!(stripes.sum(), -1);
        }
        counts.into_iter().for_each(Stripes::release);
        assert_eq!(Stripes::acquire().sum(), 0);
    }

    #[test]
    fn no_addition_is_lost() {
        let stripes = Stripes::acquire();
        let taken: i128 = thread::scope(|scope| {
            for n in 1..=40 {
                scope.spawn(move || (0..1000).for_each(|_| stripes.add(n)));
            }
            (0..1000).map(|_| stripes.take()).sum()
        });
        assert_eq!(taken + stripes.sum(), 820_000);
        stripes.take();
        stripes.release();
    }

    #[test]
    fn large_amounts_do_not_wrap() {
        let large = i128::from(SMALL) + 1;
        for (amounts, sum) in [
            (&[10, MOST][..], 10 + MOST),
            (&[MOST, 1, 1], MOST + 2),
            (&[MOST, MOST, MOST], 3 * MOST),
            (&[MOST, -MOST, -MOST], -MOST),
            (&[-MOST, -MOST, MOST, 5], 5 - MOST),
            (&[large, -1, -large], -1),
            (&[large - 1, large, 1 - large], large),
        ] {
            let stripes = Stripes::acquire();
            for n in amounts {
                let amount = n.unsigned_abs() as u64;
                if *n < 0 { stripes.sub(amount) } else { stripes.add(amount) }
            }
            assert_eq!(stripes.sum(), sum, "{amounts:?}");
            assert_eq!((stripes.take(), stripes.sum()), (sum, 0), "{amounts:?}");
            stripes.release();
        }
    }

    #[test]
    fn the_largest_amounts_saturate() {
        let stripes = Stripes::acquire();
        for _ in 0..100 {
            stripes.add(u64::MAX);
            stripes.add(SMALL);
        }
        assert_eq!(stripes.sum(), STRIPES as i128 * i128::from(HALF_RANGE) + 100 * i128::from(SMALL));
        stripes.take();
        stripes.release();
    }

    #[test]
    fn large_amounts_of_many_threads_are_all_there() {
        let stripes = Stripes::acquire();
        thread::scope(|scope| {
            for n in 0..8_u64 {
                scope.spawn(move || {
                    for _ in 0..500 {
                        stripes.add((1 << 52) + n);
                        stripes.add(n);
                    }
                });
            }
        });
        assert_eq!(stripes.take(), 8 * 500 * (1 << 52) + 2 * 500 * 28);
        stripes.release();
    }
}
