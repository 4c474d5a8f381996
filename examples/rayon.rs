//! A parallel iterator of rayon, counted by a bar.
//!
//! `cargo run --features rayon --example rayon`

use footlights::{CountedParallelIterator, Manager};
use rayon::prelude::*;

fn main() {
    let manager = Manager::new();
    let bar = manager.counter().desc("Primes below").unit("numbers").color("green").add();
    let primes = (2..400_000_u64).into_par_iter().counted(&bar).filter(|n| is_prime(*n)).count();
    drop(bar);
    manager.stop();
    println!("{primes} primes");
}

fn is_prime(n: u64) -> bool {
    (2..n).take_while(|d| d * d <= n).all(|d| n % d != 0)
}
