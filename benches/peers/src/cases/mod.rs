//! The measurements. Each file has the part of the child and the part of the parent.

mod bytes;
mod cpu;
mod flood;
mod frame;
mod idle;
mod inc;
mod iter;
mod latency;
mod log;
mod many;
mod start;
mod threads;
mod weight;

use crate::effort::Effort;
use crate::table::Score;

/// A measurement.
pub struct Measurement {
    pub name: &'static str,
    pub about: &'static str,
    /// Whether it is part of the usual run.
    pub usual: bool,
    /// The part of the parent.
    pub measure: fn(&Effort, &mut Score),
}

pub const ALL: [Measurement; 13] = [
    inc::MEASUREMENT,
    iter::MEASUREMENT,
    threads::MEASUREMENT,
    log::MEASUREMENT,
    bytes::MEASUREMENT,
    cpu::MEASUREMENT,
    idle::MEASUREMENT,
    many::MEASUREMENT,
    latency::MEASUREMENT,
    start::MEASUREMENT,
    frame::MEASUREMENT,
    flood::MEASUREMENT,
    weight::MEASUREMENT,
];

/// Runs the part of the child: one of the cases, by name.
pub fn play(case: &str, args: &[&str]) {
    match (case, args) {
        ("inc", [id, slices]) => inc::time(id, number(slices)),
        ("inc-only", [id, times]) => inc::only(id, number(times)),
        ("iter", [id, slices]) => iter::time(id, number(slices)),
        ("threads", [id, threads, slices]) => threads::time(id, number(threads), number(slices)),
        ("log", [id, lines]) => log::print(id, number(lines)),
        ("bytes", [id, millis]) => bytes::count(id, number(millis)),
        ("idle", [id, millis]) => idle::rest(id, number(millis)),
        ("create", [id, bars]) => many::create(id, number(bars)),
        ("rows", [bars, millis]) => many::draw(number(bars), number(millis)),
        ("latency", [id, when, lines]) => latency::print(id, when, number(lines)),
        ("start", [id]) => start::show(id),
        ("frame", [id, millis]) => frame::draw(id, number(millis)),
        ("flood", [id, megabytes]) => flood::host(id, number(megabytes)),
        ("spew", [megabytes]) => flood::spew(number(megabytes)),
        _ => panic!("unknown case: {case} {args:?}"),
    }
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}
