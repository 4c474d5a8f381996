//! The `log` crate with an unchanged `env_logger`, while three threads count. Each thread has a bar
//! that disappears when the thread ends.

use std::thread;
use std::time::Duration;

use footlights::Manager;
use log::{info, warn};

fn main() {
    env_logger::Builder::new().filter_level(log::LevelFilter::Info).init();
    let manager = Manager::new();
    let systems = manager.counter().total(3).desc("Systems").unit("systems").add();

    thread::scope(|scope| {
        for (n, color) in (1..).zip(["dodgerblue", "orange", "mediumpurple"]) {
            let (manager, systems) = (&manager, &systems);
            scope.spawn(move || {
                let packets = manager.counter().total(60 * n).desc(format!("System {n}")).unit("packets");
                let packets = packets.color(color).leave(false).add();
                for packet in packets.wrap_iter(0..60 * n) {
                    if packet % 25 == 24 {
                        warn!("system {n}: packet {packet} is late");
                    } else if packet % 10 == 0 {
                        info!("system {n}: packet {packet}");
                    }
                    thread::sleep(Duration::from_millis(20));
                }
                systems.inc(1);
            });
        }
    });
}
