//! Several truths in one bar: tests that pass, fail or break, then services that go from red over yellow to green.

use std::error::Error;
use std::thread::sleep;
use std::time::Duration;

use footlights::{AnsiColor, Color, Manager};

const TESTS: &str = "{desc}{desc_pad}{percentage:3.0f}%|{bar}| \
    {:green}S:{count_0:{len_total}d}{:} {:red}F:{count_2:{len_total}d}{:} {:yellow}E:{count_1:{len_total}d}{:} \
    [{elapsed}<{eta}, {rate:.2f}{unit_pad}{unit}/s]";

fn main() -> Result<(), Box<dyn Error>> {
    let manager = Manager::new();
    test_results(&manager)?;
    services(&manager)?;
    Ok(())
}

fn test_results(manager: &Manager) -> Result<(), footlights::Error> {
    let tests = manager.counter().total(100).desc("Testing").unit("tests").color(AnsiColor::Green);
    let passed = tests.bar_format(TESTS)?.add();
    let errors = passed.segment(AnsiColor::Yellow);
    let failed = passed.segment(AnsiColor::Red);
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
    Ok(())
}

fn services(manager: &Manager) -> Result<(), footlights::Error> {
    let services = manager.counter().total(60).desc("Services").unit("services").color(Color::rgb(60, 190, 90)).add();
    let connecting = services.segment(Color::rgb(230, 200, 60));
    let started = services.segment(Color::rgb(210, 60, 60));
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
