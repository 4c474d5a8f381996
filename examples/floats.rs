//! Counts and totals that are fractions.

use std::thread::sleep;
use std::time::Duration;

use footlights::{Manager, bar_format};

fn main() {
    let format = bar_format!("{desc} {percentage:3.0f}%|{bar}| {count:.1f}/{total:.1f} {unit} [{elapsed}<{eta}]");
    let manager = Manager::new();
    let walk = manager.counter().total(10.5).desc("Walking").unit("miles").bar_format(format).add();

    for _ in 0..84 {
        sleep(Duration::from_millis(50));
        walk.inc_fraction(0.125);
    }
}
