//! A status bar on the last row, and bars that come and go above it.

use std::thread::sleep;
use std::time::Duration;

use footlights::{Manager, status_format};

fn main() {
    let manager = Manager::new();
    let status = manager
        .status_bar()
        .format(status_format!(" Footlights{fill}stage: {:bold}{stage}{:}{fill}{elapsed} ", stage))
        .color("bright_white_on_steelblue")
        .position(1)
        .add();

    for (stage, color) in [("fetch", "dodgerblue"), ("build", "orange"), ("install", "mediumseagreen")] {
        status.set_field("stage", stage);
        let bar = manager.counter().total(60).desc(stage).unit("packages").color(color).leave(false).add();
        for package in bar.wrap_iter(1..=60) {
            if package % 15 == 0 {
                println!("{stage}: package {package}");
            }
            sleep(Duration::from_millis(25));
        }
    }
    status.set_text(" all packages are installed"); // shown instead of the format
}
