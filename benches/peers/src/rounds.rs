//! Rounds: in each of them everybody runs once, in turn, and every ratio is taken inside its own round. Times move from
//! machine to machine and from minute to minute; such ratios hardly.

use std::collections::HashMap;

use crate::report::Figures;

/// What everybody reached in one round.
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
    /// What is missing is no number, and makes none of what it is divided by.
    pub fn get(&self, who: &str, what: &str) -> f64 {
        self.0.get(who).and_then(|figures| figures.get(what)).copied().unwrap_or(f64::NAN)
    }
}

impl Rounds {
    /// Each round is begun by the next one, so that nobody always follows the same.
    pub fn play(rounds: usize, all: &[&'static str], mut run: impl FnMut(&str) -> Figures) -> Rounds {
        let round = |n: usize| {
            let turns = all.iter().cycle().skip(n % all.len()).take(all.len());
            Round(turns.map(|who| (*who, run(who))).collect())
        };
        Rounds((0..rounds).map(round).collect())
    }

    pub fn spread(&self, of: impl Fn(&Round) -> f64) -> Spread {
        Spread::of(self.0.iter().map(of))
    }

    pub fn figure(&self, who: &str, what: &str) -> Spread {
        self.spread(|round| round.get(who, what))
    }

    /// How many times that of `base` a figure of `who` is.
    pub fn ratio(&self, who: &str, base: &str, what: &str) -> Spread {
        self.spread(|round| round.get(who, what) / round.get(base, what))
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
