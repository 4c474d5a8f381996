//! footlights beside its peers: speed, bytes, memory, weight.
//!
//!     cargo bench --manifest-path benches/peers/Cargo.toml                  everything but `flood` and `weight`
//!     cargo bench --manifest-path benches/peers/Cargo.toml -- quick         a first impression
//!     cargo bench --manifest-path benches/peers/Cargo.toml -- inc log       these measurements only
//!     cargo bench --manifest-path benches/peers/Cargo.toml -- flood 2000    two gigabytes of it
//!     cargo bench --manifest-path benches/peers/Cargo.toml -- list          what there is
//!
//! Everything that shows bars is a child on a pty of its own, which is drained and not drawn: a real terminal is slower, and so
//! lines a second flatter those who write many bytes for each. What counts is ratios: all contestants run once in every round, and
//! the median over the rounds is printed, with the lowest and the highest. `x` means times what the title of the table says.
//!
//! Linux only: the kernel is asked in `/proc`.

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
                eprintln!("no such measurement: {name}");
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
