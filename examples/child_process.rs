//! Output of child processes appears above the bar. The children need no change for this.

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
        println!("{name}: {status}");
        jobs.inc(1);
    }
    jobs.set_message("");
    Ok(())
}
