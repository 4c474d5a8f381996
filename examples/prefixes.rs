//! Numbers with unit prefixes: powers of 1000 (`h`) and of 1024 (`k`).

use std::thread::sleep;
use std::time::Duration;

use footlights::{Manager, bar_format};

const SIZE: u64 = 42_000_000_000;

fn main() {
    let decimal = bar_format!("{desc:<8}|{bar}| {count:!.2h}{unit}/{total:!.2h}{unit} [{rate:!.2h}{unit}/s]");
    let binary = bar_format!("{desc:<8}|{bar}| {count:!.2k}{unit}/{total:!.2k}{unit} [{rate:!.2k}{unit}/s]");

    let manager = Manager::new();
    let bytes = manager.counter().total(SIZE).unit("B");
    let decimal = bytes.clone().desc("Decimal").bar_format(decimal).add();
    let binary = bytes.desc("Binary").bar_format(binary).add();

    for _ in 0..120 {
        sleep(Duration::from_millis(33));
        decimal.inc(SIZE / 120);
        binary.inc(SIZE / 120);
    }
}
