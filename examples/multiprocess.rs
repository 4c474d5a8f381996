//! Four worker processes, each with a bar. The workers report their progress on stdout, which is a
//! pipe; what they write to stderr appears above the bars.

use std::env;
use std::io::{self, BufRead, BufReader};
use std::process::{self, Command, Stdio};
use std::thread::{self, sleep};
use std::time::Duration;

use footlights::Manager;

const COLORS: [&str; 4] = ["dodgerblue", "orange", "mediumpurple", "mediumseagreen"];

fn main() -> io::Result<()> {
    match env::args().nth(1).and_then(|number| number.parse().ok()) {
        Some(number) => worker(number),
        None => return supervise(),
    }
    Ok(())
}

fn supervise() -> io::Result<()> {
    let manager = Manager::new();
    let processes = manager.counter().total(4).desc("Processes").unit("processes").add();

    thread::scope(|scope| {
        for (number, color) in (1..).zip(COLORS) {
            let mut child = Command::new(env::current_exe()?).arg(number.to_string()).stdout(Stdio::piped()).spawn()?;
            let bar = manager.counter().total(parts(number)).desc(format!("Process {number}")).unit("parts");
            let bar = bar.color(color).leave(false).add();
            let processes = &processes;
            scope.spawn(move || {
                let report = child.stdout.take().map(BufReader::new);
                for _ in report.into_iter().flat_map(BufRead::lines) {
                    bar.inc(1);
                }
                let _ = child.wait();
                processes.inc(1);
            });
        }
        Ok(())
    })
}

/// Writes one line to stdout for each part that is done.
fn worker(number: u64) {
    for part in 1..=parts(number) {
        sleep(Duration::from_millis(25));
        if part % 25 == 0 {
            eprintln!("process {number} ({}): part {part}", process::id());
        }
        println!("done");
    }
}

fn parts(number: u64) -> u64 {
    40 + 20 * number
}
