//! Nobody knows how much there is: a spinner and a bar that goes to and fro, until it becomes clear.

use std::thread::sleep;
use std::time::Duration;

use footlights::{Color, Estimator, Manager};

const SEARCHING: &str = "{spinner} {desc} |{pulse:30}| {count} {unit} [{elapsed}, {rate:.0f} {unit}/s] {message}{fill}";
const COPYING: &str =
    "{spinner} {desc} |{bar:30}| {count}/{total} {unit} [{elapsed}<{eta}, {rate:.0f} {unit}/s] {message}";

fn main() -> Result<(), footlights::Error> {
    let manager = Manager::new();
    let files = manager.counter().desc("Search").unit("files").color(Color::rgb(200, 120, 230));
    let files = files.estimator(Estimator::Smoothed).counter_format(SEARCHING)?.bar_format(COPYING)?.add();

    for n in 0..150 {
        files.message(format!("folder {}", n / 20));
        sleep(Duration::from_millis(20));
        files.inc(1);
    }
    println!("{} files found", files.count());

    files.reset();
    files.set_desc("Copied");
    files.set_total(150);
    for n in 0..150 {
        files.message(format!("file {n}"));
        sleep(Duration::from_millis(20));
        files.inc(1);
        if n == 75 {
            println!("a pause, which does not count");
            files.pause();
            sleep(Duration::from_millis(800));
            files.resume();
        }
    }
    Ok(())
}
