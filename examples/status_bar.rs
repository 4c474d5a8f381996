//! A status line on the last row that says what is going on; bars come and go above it.

use std::thread::sleep;
use std::time::Duration;

use footlights::{Justify, Manager, status_format};

fn main() {
    let manager = Manager::new();
    let status = manager
        .status_bar()
        .field("stage", "starting")
        .format(status_format!(" Footlights{fill}stage: {:bold}{stage}{:}{fill}{elapsed} ", stage))
        .color("bright_white_on_#1e3c5a")
        .justify(Justify::Center)
        .position(1)
        .add();

    for (stage, color) in [("fetch", "#50a0f0"), ("build", "#f0a03c"), ("install", "#3cbe78")] {
        status.set_field("stage", stage);
        let bar = manager.counter().total(60).desc(stage).unit("packages").color(color).leave(false).add();
        for package in bar.wrap_iter(1..=60) {
            if package % 15 == 0 {
                println!("{stage}: package {package}");
            }
            sleep(Duration::from_millis(25));
        }
    }
    // A text takes the place of the format.
    status.set_text("all packages are installed");
}
