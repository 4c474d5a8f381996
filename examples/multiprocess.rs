//! Four processes at work, each with a bar: what they have done comes over pipes, what they print
//! appears above.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::thread::{self, sleep};
use std::time::Duration;

use footlights::Manager;

const COLORS: [(u8, u8, u8); 4] = [(80, 160, 240), (240, 160, 60), (160, 110, 220), (60, 190, 120)];

fn main() -> io::Result<()> {
    match std::env::args().nth(1).and_then(|number| number.parse().ok()) {
        Some(number) => child(number),
        None => parent(),
    }
}

fn parent() -> io::Result<()> {
    let manager = Manager::new();
    let all = manager.counter().total(4).desc("Processes").unit("processes").add();

    thread::scope(|scope| {
        for (number, color) in (1..).zip(COLORS) {
            let mut child: Child =
                Command::new(std::env::current_exe()?).arg(number.to_string()).stdout(Stdio::piped()).spawn()?;
            let (manager, all) = (&manager, &all);
            scope.spawn(move || {
                let bar = manager.counter().desc(format!("Process {number}")).unit("parts").color(color);
                let bar = bar.total(40 + 20 * number).leave(false).add();
                let report = child.stdout.take().map(BufReader::new);
                for done in report.into_iter().flat_map(BufRead::lines).map_while(Result::ok) {
                    bar.inc(done.parse().unwrap_or(0));
                }
                let _ = child.wait();
                all.inc(1);
            });
        }
        Ok(())
    })
}

/// A worker knows nothing of bars: it says on its stdout how much more it has done.
fn child(number: u64) -> io::Result<()> {
    for part in 0..40 + 20 * number {
        sleep(Duration::from_millis(25));
        if part % 25 == 24 {
            eprintln!("process {number} ({}) has come to part {part}", std::process::id());
        }
        writeln!(io::stdout(), "1")?;
    }
    Ok(())
}
