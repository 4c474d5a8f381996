//! The total is not known: a spinner and a block that moves back and forth, until it becomes known.

use std::thread::sleep;
use std::time::Duration;

use footlights::{Estimator, Manager, bar_format, counter_format};

fn main() {
    let searching = counter_format!(
        "{spinner} {desc} |{pulse:30}| {count} {unit} [{elapsed}, {rate:.0f} {unit}/s] {message}{fill}"
    );
    let copying = bar_format!(
        "{spinner} {desc} |{bar:30}| {count}/{total} {unit} [{elapsed}<{eta}, {rate:.0f} {unit}/s] {message}"
    );
    let manager = Manager::new();
    let files = manager.counter().desc("Search").unit("files").color((200, 120, 230)).estimator(Estimator::Smoothed);
    let files = files.counter_format(searching).bar_format(copying).add();

    for n in 0..150 {
        files.set_message(format!("folder {}", n / 20));
        sleep(Duration::from_millis(20));
        files.inc(1);
    }
    println!("{} files found", files.count());

    files.reset();
    files.set_desc("Copied");
    files.set_total(150);
    for n in 0..150 {
        files.set_message(format!("file {n}"));
        sleep(Duration::from_millis(20));
        files.inc(1);
        if n == 75 {
            println!("a pause, which is not counted");
            files.pause();
            sleep(Duration::from_millis(800));
            files.resume();
        }
    }
}
