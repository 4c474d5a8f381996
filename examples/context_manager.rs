//! A bar that lives as long as a block: it disappears when its handle is dropped, also when an
//! error leaves the block early.

use std::thread::sleep;
use std::time::Duration;

use footlights::Manager;

fn main() {
    let manager = Manager::new();
    let rounds = manager.counter().total(3).desc("Rounds").unit("rounds").add();

    for round in rounds.wrap_iter(1..=3) {
        match run(&manager, round) {
            Ok(()) => println!("round {round}: done"),
            Err(err) => println!("round {round}: {err}"),
        }
    }
}

fn run(manager: &Manager, round: u64) -> Result<(), String> {
    let steps = manager.counter().total(50).desc(format!("  Round {round}")).unit("steps").leave(false).add();
    for step in 0..50 {
        sleep(Duration::from_millis(25));
        if (round, step) == (2, 30) {
            return Err("failed at step 30".to_owned()); // drops the bar
        }
        steps.inc(1);
    }
    Ok(()) // drops it too
}
