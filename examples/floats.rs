//! Fractions are counted too: a total of 10.5 seconds, in steps that are no whole numbers.

use std::thread::sleep;
use std::time::{Duration, Instant};

use footlights::{CounterStyle, Manager, bar_format, counter_format};

fn main() {
    let style = CounterStyle::new()
        .bar_format(bar_format!(
            "{desc}{desc_pad}{percentage:3.0f}%|{bar}| {count:{len_total}.1f}/{total:.1f} {unit} [{elapsed}<{eta}]"
        ))
        .counter_format(counter_format!("{desc}{desc_pad}{count:.1f} {unit} [{elapsed}, {rate:.2f} {unit}/s]{fill}"));
    let manager = Manager::builder().counter_style(style).build();
    let simulated = manager.counter().total(10.5).desc("Simulated").unit("seconds").add();
    let walked = manager.counter().count(0.0).desc("Walked").unit("miles").add();

    let mut last = Instant::now();
    while simulated.count_f64() < 10.5 {
        sleep(Duration::from_millis(70));
        // Three times as fast as the real time.
        let step = last.elapsed().as_secs_f64() * 3.0;
        last = Instant::now();
        simulated.inc_fraction(step.min(10.5 - simulated.count_f64()));
        walked.inc_fraction(step * 0.4);
    }
}
