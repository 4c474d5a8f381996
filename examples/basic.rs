//! A bar that fills, with ordinary output above it.

use std::thread::sleep;
use std::time::Duration;

use footlights::Manager;

fn main() {
    let manager = Manager::new();
    let ticks = manager.counter().total(100).desc("Basic").unit("ticks").add();

    for n in 0..100 {
        if n % 20 == 0 {
            println!("tick {n}"); // appears above the bar
        }
        sleep(Duration::from_millis(30));
        ticks.inc(1);
    }
}
