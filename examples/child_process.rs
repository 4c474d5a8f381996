//! Children print above the bar as the program itself does. They do not know of it.

use std::io;
use std::process::Command;

use footlights::Manager;

const SCRIPT: &str = "for i in 1 2 3 4 5; do echo \"$0: step $i\"; sleep 0.2; done; echo \"$0: done\" >&2";

fn main() -> io::Result<()> {
    let manager = Manager::new();
    let jobs = manager.counter().total(4).desc("Jobs").unit("jobs").add();

    for name in ["first", "second", "third", "fourth"] {
        jobs.set_message(name);
        let status = Command::new("sh").args(["-c", SCRIPT, name]).status()?;
        println!("{name} ended: {status}");
        jobs.inc(1);
    }
    jobs.set_message("");
    Ok(())
}
