//! Rounds of measurements. In each round every peer runs once, and ratios are taken inside the
//! round: times vary between machines and from minute to minute, but such ratios hardly do.

use std::collections::HashMap;

use crate::report::Figures;

/// The figures of one round, by peer.
pub struct Round(HashMap<&'static str, Figures>);

/// All rounds of one measurement.
pub struct Rounds(Vec<Round>);

/// A figure over all rounds.
#[derive(Clone, Copy)]
pub struct Spread {
    pub median: f64,
    pub low: f64,
    pub high: f64,
}

impl Round {
    /// Returns a figure of a peer, or NaN if it is missing. Then ratios with it are NaN too.
    pub fn get(&self, id: &str, what: &str) -> f64 {
        self.0.get(id).and_then(|figures| figures.get(what)).copied().unwrap_or(f64::NAN)
    }
}

impl Rounds {
    /// Runs all peers in each round. Each round starts with another peer, so that none is always
    /// first.
    pub fn play(rounds: usize, all: &[&'static str], mut run: impl FnMut(&str) -> Figures) -> Rounds {
        let round = |n: usize| {
            let turns = all.iter().cycle().skip(n % all.len()).take(all.len());
            Round(turns.map(|id| (*id, run(id))).collect())
        };
        Rounds((0..rounds).map(round).collect())
    }

    pub fn spread(&self, of: impl Fn(&Round) -> f64) -> Spread {
        Spread::of(self.0.iter().map(of))
    }

    pub fn figure(&self, id: &str, what: &str) -> Spread {
        self.spread(|round| round.get(id, what))
    }

    /// Returns the ratio between the figures of two peers.
    pub fn ratio(&self, id: &str, base: &str, what: &str) -> Spread {
        self.spread(|round| round.get(id, what) / round.get(base, what))
    }
}

impl Spread {
    pub fn of(values: impl Iterator<Item = f64>) -> Spread {
        let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let at =
            |part: f64| values.get((part * (values.len().max(1) - 1) as f64) as usize).copied().unwrap_or(f64::NAN);
        Spread { median: at(0.5), low: at(0.0), high: at(1.0) }
    }

    pub fn map(self, change: impl Fn(f64) -> f64) -> Spread {
        Spread::of([self.low, self.median, self.high].into_iter().map(change))
    }
}

impl From<f64> for Spread {
    fn from(value: f64) -> Spread {
        Spread { median: value, low: value, high: value }
    }
}
