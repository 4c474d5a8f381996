//! A status line on the last row that says what is going on; bars come and go above it.

use std::thread::sleep;
use std::time::Duration;

use footlights::{Color, Justify, Manager};

const FORMAT: &str = " Footlights{fill}stage: {:bold}{stage}{:}{fill}{elapsed} ";

fn main() -> Result<(), footlights::Error> {
    let manager = Manager::new();
    let color: Color = "bright_white_on_#1e3c5a".parse()?;
    let status = manager.status_bar().field("stage", "starting").format(FORMAT)?.color(color);
    let status = status.justify(Justify::Center).position(1)?.add();

    for (stage, color) in [("fetch", "#50a0f0"), ("build", "#f0a03c"), ("install", "#3cbe78")] {
        status.set_field("stage", stage);
        let bar = manager.counter().total(60).desc(stage).unit("packages").color(color.parse::<Color>()?);
        let bar = bar.leave(false).add();
        for package in bar.wrap_iter(1..=60) {
            if package % 15 == 0 {
                println!("{stage}: package {package}");
            }
            sleep(Duration::from_millis(25));
        }
    }
    // A text takes the place of the format.
    status.update("all packages are installed");
    Ok(())
}
