//! A bar without a total: a spinner and a block that moves back and forth, until the total is
//! known.

use std::thread::sleep;
use std::time::Duration;

use footlights::{Manager, bar_format, counter_format};

fn main() {
    let manager = Manager::new();
    let files = manager
        .counter()
        .desc("Searching")
        .unit("files")
        .color("orchid")
        .counter_format(counter_format!("{spinner} {desc} |{pulse:30}| {count} {unit} [{elapsed}]{fill}"))
        .bar_format(bar_format!("{spinner} {desc} |{bar:30}| {count}/{total} {unit} [{elapsed}<{eta}]"))
        .add();

    for _ in 0..150 {
        sleep(Duration::from_millis(20));
        files.inc(1);
    }
    let found = files.count();
    println!("{found} files found");

    files.reset();
    files.set_desc("Copying");
    files.set_total(found);
    for _ in 0..found {
        sleep(Duration::from_millis(20));
        files.inc(1);
    }
}
