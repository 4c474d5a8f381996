//! Several colors in one bar: test results, then services whose counts move from one segment to the
//! next.

use std::thread::sleep;
use std::time::Duration;

use footlights::{Error, Manager, bar_format};

fn main() -> Result<(), Error> {
    let manager = Manager::new();
    tests(&manager);
    services(&manager)
}

fn tests(manager: &Manager) {
    let format = bar_format!(
        "{desc} {percentage:3.0f}%|{bar}| {:green}{count_0} passed{:}, {:red}{count_failed} failed{:}, \
         {:yellow}{count_skipped} skipped{:} [{elapsed}<{eta}]"
    );
    let passed = manager.counter().total(100).desc("Testing").color("green").bar_format(format).add();
    let skipped = passed.segment("skipped").color("yellow").add();
    let failed = passed.segment("failed").color("red").add(); // the newest segment is leftmost
    for n in 0..100 {
        sleep(Duration::from_millis(40));
        match n * 37 % 100 {
            0..6 => {
                println!("test {n} failed");
                failed.inc(1);
            }
            6..10 => skipped.inc(1),
            _ => passed.inc(1),
        }
    }
}

fn services(manager: &Manager) -> Result<(), Error> {
    let format = bar_format!(
        "{desc} |{bar}| {:red}{count_starting} starting{:}, {:yellow}{count_connecting} connecting{:}, \
         {:green}{count_0} ready{:}"
    );
    let services = manager.counter().total(60).desc("Services").color("green").bar_format(format).add();
    let connecting = services.segment("connecting").color("yellow").add();
    let starting = services.segment("starting").color("red").add();
    for n in 0..80 {
        sleep(Duration::from_millis(50));
        if n < 60 {
            starting.inc(1);
        }
        if (8..68).contains(&n) {
            connecting.move_from(&starting, 1)?;
        }
        if n >= 20 {
            // A count in no segment has the color of the bar.
            connecting.dec(1);
            services.inc(1);
        }
    }
    Ok(())
}
