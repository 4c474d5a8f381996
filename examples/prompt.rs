//! A question that is answered while a bar goes on counting, then one that has the terminal for
//! itself.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use footlights::Manager;

fn main() -> io::Result<()> {
    let manager = Manager::new();
    let ticks = manager.counter().desc("Meanwhile").unit("ticks").add();
    let done = AtomicBool::new(false);

    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Relaxed) {
                ticks.inc(1);
                thread::sleep(Duration::from_millis(20));
            }
        });
        let asked = ask("What is your name? ").and_then(|name| {
            println!("Hello, {name}!");
            manager.suspend(|| ask("Without the bar: what is your quest? "))
        });
        done.store(true, Relaxed);
        println!("To {}.", asked?);
        Ok(())
    })
}

fn ask(question: &str) -> io::Result<String> {
    print!("{question}");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}
