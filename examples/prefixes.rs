//! Large numbers with unit prefixes: by 1000 and by 1024, and a rate below one.

use std::thread::sleep;
use std::time::Duration;

use footlights::{Manager, bar_format};

fn main() {
    let decimal =
        bar_format!("{desc:<10}{percentage:3.0f}%|{bar}| {count:!.2h}{unit}/{total:!.2h}{unit} [{rate:!.2h}{unit}/s]");
    let binary =
        bar_format!("{desc:<10}{percentage:3.0f}%|{bar}| {count:!.2k}{unit}/{total:!.2k}{unit} [{rate:!.2k}{unit}/s]");
    let small =
        bar_format!("{desc:<10}{percentage:3.0f}%|{bar}| {count:.0f}/{total:.0f} {unit} [{interval:!.1h}s each]");

    let manager = Manager::new();
    let size = 42_000_000_000_u64;
    let decimal = manager.counter().total(size).desc("Decimal").unit("B").bar_format(decimal).add();
    let binary = manager.counter().total(size).desc("Binary").unit("B").bar_format(binary).add();
    let blocks = manager.counter().total(120).desc("Blocks").unit("blocks").bar_format(small).add();

    for _ in 0..120 {
        sleep(Duration::from_millis(33));
        decimal.inc(size / 120);
        binary.inc(size / 120);
        blocks.inc(1);
    }
}
