//! Compares footlights with other libraries: speed, bytes, memory, build size.
//!
//!     cargo bench --manifest-path benches/peers/Cargo.toml                  all but `flood` and `weight`
//!     cargo bench --manifest-path benches/peers/Cargo.toml -- quick         a first impression
//!     cargo bench --manifest-path benches/peers/Cargo.toml -- inc log       these measurements only
//!     cargo bench --manifest-path benches/peers/Cargo.toml -- flood 2000    a flood of 2000 MB
//!     cargo bench --manifest-path benches/peers/Cargo.toml -- list          a list of the measurements
//!
//! Each program that shows bars is a child on its own pty. The pty is drained, but nothing is
//! displayed. A real terminal is slower, so figures in lines per second favor libraries that write
//! many bytes per line.
//!
//! Compare ratios, not times. All libraries run once in every round; the median over the rounds is
//! printed, with the lowest and the highest value. `x` stands for "times the baseline", which the
//! title of the table names.
//!
//! Linux only: it reads `/proc`.

mod cases;
mod effort;
mod instructions;
mod peers;
mod pty;
mod report;
mod rounds;
mod slices;
mod system;
mod table;

use std::env;
use std::process::exit;

use effort::Effort;
use table::Score;

fn main() {
    let args: Vec<String> = env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["case", case, args @ ..] => cases::play(case, args),
        ["list"] => list(),
        args => measure(args),
    }
}

fn list() {
    for measurement in &cases::ALL {
        println!(
            "{:<10} {}{}",
            measurement.name,
            measurement.about,
            if measurement.usual { "" } else { " (on request)" }
        );
    }
}

fn measure(args: &[&str]) {
    let mut effort = Effort { quick: false, megabytes: 1000 };
    let mut wanted = Vec::new();
    for arg in args {
        match (*arg, arg.parse()) {
            ("quick", _) => effort.quick = true,
            (_, Ok(megabytes)) => effort.megabytes = megabytes,
            (name, _) if cases::ALL.iter().any(|measurement| measurement.name == name) => wanted.push(name),
            (name, _) => {
                eprintln!("unknown measurement: {name}");
                list();
                exit(2);
            }
        }
    }
    let mut score = Score::default();
    for measurement in &cases::ALL {
        if wanted.contains(&measurement.name) || wanted.is_empty() && measurement.usual {
            (measurement.measure)(&effort, &mut score);
        }
    }
    score.print();
}
