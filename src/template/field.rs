//! The fields of a template: their names, and what they show of a snapshot.

use std::sync::Arc;

use super::duration;
use super::extra::Extra;
use super::spec::Matter;
use crate::state::snapshot::{CountSnapshot, Estimator, Number, SegmentSnapshot, Snapshot, Subject, Value};

/// A field that is written as text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field {
    /// `desc`: the description.
    Desc,
    /// `desc_pad`: a blank after a description, nothing without one.
    DescPad,
    /// `unit`: what is counted.
    Unit,
    /// `unit_pad`: a blank before a unit, nothing without one.
    UnitPad,
    /// `elapsed`: the time since the start.
    Elapsed,
    /// `total`: where the count ends.
    Total,
    /// `len_total`: how many characters the total takes.
    LenTotal,
    /// `count`, `percentage`, `rate`, `interval` and `eta`; of a part with `_1`, `_0` or `_00`.
    Measure(Measure, Part),
    /// A field that Enlighten does not have.
    Extra(Extra),
    /// A field of the user's own.
    User(Arc<str>),
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// How many.
    Count,
    /// How many of a hundred.
    Percentage,
    /// How many in a second.
    Rate,
    /// How many seconds for one.
    Interval,
    /// The time left.
    Eta,
}

/// What it is measured of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The counter with everything in it.
    Whole,
    /// `_00`: all segments together.
    Segments,
    /// `_0`: what no segment counts.
    Rest,
    /// `_1`, `_2`, …: one segment, in the order they were added.
    Segment(usize),
}

/// What a field shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shown<'a> {
    Number(Number),
    Text(&'a str),
}

impl Field {
    /// The built-in field called `name`; `None` where that is for the user to define. An error says what is wrong with
    /// the reserved name.
    pub(crate) fn built_in(name: &str) -> Result<Option<Field>, &'static str> {
        let field = match name {
            "desc" => Field::Desc,
            "desc_pad" => Field::DescPad,
            "unit" => Field::Unit,
            "unit_pad" => Field::UnitPad,
            "elapsed" => Field::Elapsed,
            "total" => Field::Total,
            "len_total" => Field::LenTotal,
            _ => return measure(name),
        };
        Ok(Some(field))
    }

    /// Whether some kind of template has a field of this name.
    pub(crate) fn is_ours(name: &str) -> bool {
        Extra::named(name).is_some() || Field::built_in(name).is_ok_and(|field| field.is_some())
    }

    /// What kind of value it shows.
    pub(crate) fn matter(&self) -> Matter {
        match self {
            Field::Desc | Field::DescPad | Field::Unit | Field::UnitPad | Field::Elapsed => Matter::Text,
            Field::Measure(Measure::Eta, _) => Matter::Text,
            Field::Total | Field::LenTotal | Field::Measure(Measure::Count, _) => Matter::Count,
            Field::Measure(Measure::Percentage | Measure::Rate | Measure::Interval, _) => Matter::Ratio,
            Field::Extra(extra) => extra.matter(),
            Field::User(_) => Matter::Any,
        }
    }

    /// Whether it makes sense only where there is a total.
    pub(crate) fn needs_total(&self) -> bool {
        match self {
            Field::LenTotal | Field::Measure(Measure::Percentage | Measure::Eta, _) => true,
            Field::Extra(extra) => extra.needs_total(),
            _ => false,
        }
    }

    /// What it shows of `shot`. Texts that are not in the snapshot itself are made in `scratch`.
    ///
    /// A field that the snapshot does not have shows nothing.
    pub(crate) fn show<'a>(&self, shot: &'a Snapshot, scratch: &'a mut String) -> Shown<'a> {
        scratch.clear();
        match self {
            Field::User(name) => own(shot, name),
            Field::Extra(extra) => extra.show(shot, scratch),
            Field::Elapsed => {
                duration::write(scratch, shot.elapsed);
                Shown::Text(scratch)
            }
            _ => match &shot.subject {
                Subject::Count(counter) => self.show_counter(counter, shot.elapsed, scratch),
                Subject::Status(_) => Shown::Text(""),
            },
        }
    }

    fn show_counter<'a>(&self, counter: &'a CountSnapshot, elapsed: f64, scratch: &'a mut String) -> Shown<'a> {
        match self {
            Field::Desc => Shown::Text(&counter.desc),
            Field::DescPad => Shown::Text(if counter.desc.is_empty() { "" } else { " " }),
            Field::Unit => Shown::Text(&counter.unit),
            Field::UnitPad => Shown::Text(if counter.unit.is_empty() { "" } else { " " }),
            Field::Total => counter.total.map_or(Shown::Text("None"), |total| counter.as_shown(total)),
            Field::LenTotal => {
                if let Some(total) = counter.total {
                    super::number::plain(scratch, total);
                }
                let length = i64::try_from(scratch.len()).unwrap_or(0);
                Shown::Number(Number::Whole(length))
            }
            Field::Measure(Measure::Eta, part) => {
                if let Some(tally) = counter.tally(*part) {
                    match (part, counter.estimator) {
                        (Part::Whole, Estimator::Smoothed) => time_left(scratch, counter.time_left()),
                        _ => {
                            let total = counter.total.unwrap_or(Number::ZERO);
                            eta(scratch, total, tally.done(), tally.rate(elapsed));
                        }
                    }
                }
                Shown::Text(scratch)
            }
            Field::Measure(measure, part) => {
                let Some(tally) = counter.tally(*part) else { return Shown::Text("") };
                match measure {
                    Measure::Count => counter.as_shown(tally.count),
                    // Python has a whole number there, and the templates of its users show it.
                    Measure::Percentage if *part == Part::Whole && counter.is_empty() => {
                        Shown::Number(Number::Whole(100))
                    }
                    Measure::Percentage => fraction(counter.percentage(*part, tally.count)),
                    Measure::Rate => fraction(counter.rate(*part, tally, elapsed)),
                    Measure::Interval => fraction(interval(counter.rate(*part, tally, elapsed))),
                    Measure::Eta => Shown::Text(""),
                }
            }
            Field::Elapsed | Field::Extra(_) | Field::User(_) => Shown::Text(""),
        }
    }
}

/// What a field of the user's own shows; nothing if it is not set.
pub(super) fn own<'a>(shot: &'a Snapshot, name: &str) -> Shown<'a> {
    match shot.field(name) {
        Some(Value::Int(n)) => Shown::Number(Number::Whole(*n)),
        Some(Value::Float(x)) => Shown::Number(Number::Fraction(*x)),
        Some(Value::Text(text)) => Shown::Text(text),
        None => Shown::Text(""),
    }
}

fn fraction(x: f64) -> Shown<'static> {
    Shown::Number(Number::Fraction(x))
}

/// `count`, `rate_1`, `eta_00`…
fn measure(name: &str) -> Result<Option<Field>, &'static str> {
    let (stem, index) = match name.split_once('_') {
        Some((stem, index)) => (stem, Some(index)),
        None => (name, None),
    };
    let measure = match stem {
        "count" => Measure::Count,
        "percentage" => Measure::Percentage,
        "rate" => Measure::Rate,
        "interval" => Measure::Interval,
        "eta" => Measure::Eta,
        _ => return Ok(None),
    };
    let part = match index {
        None => Part::Whole,
        Some("0") if measure != Measure::Eta => Part::Rest,
        Some("00") if measure != Measure::Eta => Part::Segments,
        Some("0" | "00") => return Err("is reserved and never shown: only single segments have a time left"),
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => match digits.parse() {
            Ok(n) if !digits.starts_with('0') => Part::Segment(n),
            _ => return Err("names no segment: they count from _1"),
        },
        Some(_) => return Ok(None),
    };
    Ok(Some(Field::Measure(measure, part)))
}

/// How far something came: its count, and where it started.
#[derive(Clone, Copy)]
struct Tally {
    count: Number,
    start: Number,
}

impl Tally {
    fn of(segment: &SegmentSnapshot) -> Tally {
        Tally { count: segment.count, start: segment.start_count }
    }

    fn plus(self, other: Tally) -> Tally {
        Tally { count: self.count.plus(other.count), start: self.start.plus(other.start) }
    }

    fn minus(self, other: Tally) -> Tally {
        Tally { count: self.count.minus(other.count), start: self.start.minus(other.start) }
    }

    fn done(self) -> Number {
        self.count.minus(self.start).abs()
    }

    fn rate(self, elapsed: f64) -> f64 {
        if elapsed > 0.0 { self.done().as_f64() / elapsed } else { 0.0 }
    }
}

impl CountSnapshot {
    fn whole(&self) -> Tally {
        Tally { count: self.count, start: self.start_count }
    }

    fn in_segments(&self) -> Tally {
        let none = Tally { count: Number::ZERO, start: Number::ZERO };
        self.segments.iter().map(Tally::of).fold(none, Tally::plus)
    }

    fn tally(&self, part: Part) -> Option<Tally> {
        match part {
            Part::Whole => Some(self.whole()),
            Part::Segments => Some(self.in_segments()),
            Part::Rest => Some(self.whole().minus(self.in_segments())),
            Part::Segment(n) => self.segments.get(n.checked_sub(1)?).map(Tally::of),
        }
    }

    /// By the estimator of the counter; parts of it always have their mean.
    fn rate(&self, part: Part, tally: Tally, elapsed: f64) -> f64 {
        match (part, self.estimator) {
            (Part::Whole, Estimator::Smoothed) => self.speed,
            _ => tally.rate(elapsed),
        }
    }

    /// The rate of the whole, by its estimator.
    pub(super) fn whole_rate(&self, elapsed: f64) -> f64 {
        self.rate(Part::Whole, self.whole(), elapsed)
    }

    /// The time left for the whole, by its estimator, if anybody can tell.
    pub(super) fn whole_time_left(&self, elapsed: f64) -> Option<f64> {
        match self.estimator {
            Estimator::Smoothed => self.time_left(),
            Estimator::Mean => mean_time_left(self.total?, self.whole().done(), self.whole().rate(elapsed)),
        }
    }

    /// The time left at the smoothed rate, if anybody can tell. Not nothing before everything is counted.
    pub(super) fn time_left(&self) -> Option<f64> {
        let left = self.total?.minus(self.count).as_f64();
        if left <= 0.0 {
            return Some(0.0);
        }
        let seconds = (left / self.speed).max(1.0);
        (self.speed > 0.0 && seconds <= duration::LONGEST).then_some(seconds)
    }

    /// With one fraction in the counter, all its counts are written as fractions.
    fn as_shown(&self, number: Number) -> Shown<'static> {
        let fractional = self.count.is_fraction() || self.total.is_some_and(Number::is_fraction);
        Shown::Number(if fractional { number.to_fraction() } else { number })
    }

    /// Whether there is nothing to count, and so everything is counted.
    fn is_empty(&self) -> bool {
        self.total.is_none_or(Number::is_zero)
    }

    fn percentage(&self, part: Part, count: Number) -> f64 {
        let share = |count: Number| match self.total {
            Some(total) if !total.is_zero() => count.as_f64() / total.as_f64(),
            _ => 0.0,
        };
        // Shares are summed and not counts, and the rest is what they leave: digit by digit as Enlighten shows it.
        let in_segments = || self.segments.iter().map(|segment| share(segment.count)).sum::<f64>() * 100.0;
        match part {
            Part::Whole if self.is_empty() => 100.0,
            Part::Whole => share(count).max(0.0) * 100.0,
            Part::Segment(_) => share(count) * 100.0,
            Part::Segments => in_segments(),
            Part::Rest => self.percentage(Part::Whole, self.count) - in_segments(),
        }
    }
}

fn interval(rate: f64) -> f64 {
    // A power and not a quotient: one time in a thousand they differ in the last digit, and Enlighten shows that of the power.
    // Compilers know them for the same unless the exponent is hidden.
    if rate == 0.0 { 0.0 } else { rate.powf(std::hint::black_box(-1.0)) }
}

/// The time left, or `?` where nobody can tell.
fn eta(out: &mut String, total: Number, done: Number, rate: f64) {
    time_left(out, mean_time_left(total, done, rate));
}

fn mean_time_left(total: Number, done: Number, rate: f64) -> Option<f64> {
    if total.is_zero() {
        return Some(0.0);
    }
    let left = total.minus(done).as_f64() / rate;
    (rate != 0.0 && left.is_finite() && left <= duration::LONGEST).then_some(left)
}

fn time_left(out: &mut String, seconds: Option<f64>) {
    match seconds {
        Some(seconds) => duration::write(out, seconds),
        None => out.push('?'),
    }
}
