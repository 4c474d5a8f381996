//! The measurements: each file has what the child does and what the parent makes of it.

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
    /// The parent's half.
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

/// The child's half: one of the cases, by name.
pub fn play(case: &str, args: &[&str]) {
    match (case, args) {
        ("inc", [who, slices]) => inc::time(who, number(slices)),
        ("inc-only", [who, times]) => inc::only(who, number(times)),
        ("iter", [who, slices]) => iter::time(who, number(slices)),
        ("threads", [who, threads, slices]) => threads::time(who, number(threads), number(slices)),
        ("log", [who, lines]) => log::print(who, number(lines)),
        ("bytes", [who, millis]) => bytes::count(who, number(millis)),
        ("idle", [who, millis]) => idle::rest(who, number(millis)),
        ("create", [who, bars]) => many::create(who, number(bars)),
        ("rows", [bars, millis]) => many::draw(number(bars), number(millis)),
        ("latency", [who, when, lines]) => latency::print(who, when, number(lines)),
        ("start", [who]) => start::show(who),
        ("frame", [who, millis]) => frame::draw(who, number(millis)),
        ("flood", [who, megabytes]) => flood::host(who, number(megabytes)),
        ("spew", [megabytes]) => flood::spew(number(megabytes)),
        _ => panic!("no such case: {case} {args:?}"),
    }
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}
