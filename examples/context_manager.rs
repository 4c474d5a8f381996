//! A bar for as long as a block: it goes when the handle is dropped, also when the block is left
//! early with an error.

use std::thread::sleep;
use std::time::Duration;

use footlights::Manager;

fn main() {
    let manager = Manager::new();
    let rounds = manager.counter().total(3).desc("Rounds").unit("rounds").add();

    for round in rounds.wrap_iter(1..=3) {
        match simmer(&manager, round) {
            Ok(()) => println!("round {round}: done"),
            Err(err) => println!("round {round}: {err}"),
        }
    }
}

fn simmer(manager: &Manager, round: u64) -> Result<(), String> {
    let bar = manager.counter().total(50).desc(format!("  Round {round}")).unit("steps").leave(false).add();
    for step in 0..50 {
        sleep(Duration::from_millis(25));
        if (round, step) == (2, 30) {
            return Err("boiled over".to_owned()); // the bar goes here
        }
        bar.inc(1);
    }
    Ok(()) // and here
}
