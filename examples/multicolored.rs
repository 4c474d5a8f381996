//! Several truths in one bar: tests that pass, fail or break, then services that go from red over
//! yellow to green.

use std::thread::sleep;
use std::time::Duration;

use footlights::{Error, Manager, bar_format};

fn main() -> Result<(), Error> {
    let manager = Manager::new();
    test_results(&manager);
    services(&manager)
}

fn test_results(manager: &Manager) {
    let format = bar_format!(
        "{desc}{desc_pad}{percentage:3.0f}%|{bar}| {:green}S:{count_0:{len_total}d}{:} \
         {:red}F:{count_2:{len_total}d}{:} {:yellow}E:{count_1:{len_total}d}{:} \
         [{elapsed}<{eta}, {rate:.2f}{unit_pad}{unit}/s]"
    );
    let tests = manager.counter().total(100).desc("Testing").unit("tests").color("green").bar_format(format);
    let passed = tests.add();
    let errors = passed.segment("errors").color("yellow").add();
    let failed = passed.segment("failed").color("red").add();
    for n in 0..100 {
        sleep(Duration::from_millis(40));
        match n * 37 % 100 {
            0..6 => {
                println!("test {n} failed");
                failed.inc(1);
            }
            6..10 => errors.inc(1),
            _ => passed.inc(1),
        }
    }
}

fn services(manager: &Manager) -> Result<(), Error> {
    let services = manager.counter().total(60).desc("Services").unit("services").color((60, 190, 90)).add();
    let connecting = services.segment("connecting").color((230, 200, 60)).add();
    let started = services.segment("started").color((210, 60, 60)).add();
    for n in 0..80_u64 {
        sleep(Duration::from_millis(50));
        if n < 60 {
            started.inc(1);
        }
        if (8..68).contains(&n) {
            connecting.move_from(&started, 1)?;
        }
        if (20..80).contains(&n) {
            // What no segment accounts for is the bar's own: green.
            connecting.dec(1);
            services.inc(1);
        }
    }
    Ok(())
}
