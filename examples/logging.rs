//! The `log` crate and its usual logger, unchanged, while three threads count, each with a bar that
//! goes when it is done.

use std::thread;
use std::time::Duration;

use footlights::Manager;
use log::{info, warn};

fn main() {
    env_logger::Builder::new().filter_level(log::LevelFilter::Info).init();
    let manager = Manager::new();
    let colors = [(80, 160, 240), (240, 160, 60), (160, 110, 220)];

    let systems = manager.counter().total(3).desc("Systems").unit("systems").add();

    thread::scope(|scope| {
        for (n, color) in (1_u64..).zip(colors) {
            let (manager, systems) = (&manager, &systems);
            scope.spawn(move || {
                let system = manager.counter().total(60 * n).desc(format!("System {n}")).unit("packets");
                let system = system.color(color).leave(false).add();
                for packet in 0..60 * n {
                    if packet % 25 == 24 {
                        warn!("system {n}: packet {packet} came late");
                    } else if packet % 10 == 0 {
                        info!("system {n}: packet {packet}");
                    }
                    thread::sleep(Duration::from_millis(20));
                    system.inc(1);
                }
                systems.inc(1);
            });
        }
    });
}
