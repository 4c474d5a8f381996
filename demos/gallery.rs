//! All ready-made styles and spinners, each on work of its own: a build that takes four seconds.
//!
//! `cargo run --example gallery -- [STYLE]…` (default: all of them). `NO_COLOR=1`, `LC_ALL=C` and
//! `REDUCED_MOTION=1` show what becomes of them elsewhere.

use std::error::Error;
use std::thread;
use std::time::Duration;

use footlights::{Color, ColorRule, CounterStyle, Manager, Series, Spinner, bar_format, counter_format};

/// Frames of the work, and the time that each takes.
const FRAMES: usize = 100;
const PAUSE: Duration = Duration::from_millis(40);

fn main() -> Result<(), Box<dyn Error>> {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|chosen| chosen == name);
    let manager = Manager::new();

    // Each is at another point of its work, so that a picture shows several of them.
    let mut bars = Vec::new();
    for (n, name) in CounterStyle::NAMES.into_iter().filter(|name| is_chosen(name)).enumerate() {
        let (total, unit) = match name {
            "download" => (48 << 20, "B"),
            _ => (400, "files"),
        };
        let style = CounterStyle::named(name)?.unit(unit);
        let bar = manager.counter().style(&style).desc(format!("{name:<9}")).total(total).add();
        bars.push((bar, total, 1.0 - n as f64 * 0.06));
    }
    if chosen.is_empty() {
        bars.extend(more(&manager)?);
    }
    let spinners: Vec<_> = Spinner::NAMES
        .into_iter()
        .filter(|name| is_chosen(name) && chosen.len() != 1)
        .map(|name| Ok(manager.spinner(name).spinner(Spinner::named(name)?.done("✔")).add()))
        .collect::<Result<_, footlights::Error>>()?;

    for frame in 1..=FRAMES {
        for (bar, total, pace) in &bars {
            // Work comes in waves.
            let wave = 0.06 * (frame as f64 / 8.0).sin();
            let done = ((frame as f64 / FRAMES as f64 + wave) * pace).clamp(0.0, 1.0);
            bar.set(if frame == FRAMES { *total } else { (done * *total as f64) as i64 });
        }
        if frame % 25 == 0 {
            println!("{:>3} of {FRAMES} rounds", frame);
        }
        thread::sleep(PAUSE);
    }
    for spinner in &spinners {
        spinner.finish_with_message("done");
    }
    Ok(())
}

/// Looks that are made by hand.
fn more(manager: &Manager) -> Result<Vec<(footlights::Counter, i64, f64)>, footlights::Error> {
    let arrow = CounterStyle::new()
        .series(Series::full_first("#>-")?.with_head()?)
        .bar_format(bar_format!("{desc}{desc_pad}[{bar:10...cyan/blue}] {elapsed_clock} of {duration_clock}"));
    let graph = CounterStyle::new()
        .color_rule(ColorRule::blend([(0.0, "#d75f5f"), (0.5, "#d7af5f"), (1.0, "#5faf5f")]))
        .bar_format(bar_format!("{desc}{desc_pad}|{bar:10..}| {:bar}{rate_graph:12}{:} {rate:6.1f}/s"))
        .counter_format(counter_format!("{desc}{desc_pad}{rate_graph:12}{fill}"));
    let add = |style: &CounterStyle, desc: &str, pace| {
        (manager.counter().style(style).desc(format!("{desc:<9}")).total(400).add(), 400, pace)
    };
    let (arrow, graph) = (add(&arrow, "arrow", 0.8), add(&graph, "graph", 0.7));
    let pulse = CounterStyle::new()
        .series(Series::line())
        .color_rule(ColorRule::gradient(["#585858", "#5fd7af", "#585858"]))
        .remaining_color("#585858".parse::<Color>()?)
        .counter_format(counter_format!("{desc}{desc_pad}{pulse} {count} so far"));
    let pulse = (manager.counter().style(&pulse).desc("pulse    ").add(), 400, 0.9);
    let (tests, total, pace) = add(&CounterStyle::thin(), "segments", 0.6);
    let failed = tests.segment("failed").color("#d75f5f".parse::<Color>()?).add();
    let skipped = tests.segment("skipped").color("#d7af5f".parse::<Color>()?).add();
    failed.inc(40);
    skipped.inc(60);
    Ok(vec![arrow, graph, pulse, (tests, total, pace)])
}
