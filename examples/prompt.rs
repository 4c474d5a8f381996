//! A prompt while a bar goes on counting, then a prompt without the bar.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use footlights::Manager;

fn main() -> io::Result<()> {
    let manager = Manager::new();
    let ticks = manager.counter().desc("Meanwhile").unit("ticks").add();
    thread::spawn(move || {
        loop {
            ticks.inc(1);
            thread::sleep(Duration::from_millis(20));
        }
    });

    let name = ask("What is your name? ")?;
    println!("Hello, {name}!");
    let quest = manager.suspend(|| ask("Without the bar: what is your quest? "))?;
    println!("Your quest: {quest}");
    Ok(())
}

fn ask(question: &str) -> io::Result<String> {
    print!("{question}");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}
