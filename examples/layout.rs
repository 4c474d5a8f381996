//! Where bars stand, and how their columns are laid out.
//!
//! `cargo run --example layout -- [inline] [aligned]`: right below the output, in shared columns. Make
//! the window narrow to see what gives way.

use std::thread;
use std::time::Duration;

use footlights::{Anchor, BarFormat, Columns, CounterStyle, Manager, bar_format};

/// All else gives way before the bar has fewer than ten columns.
const FORMAT: BarFormat = bar_format!(
    "{desc:10..}{desc_pad}{percentage:3.0f}%|{bar:10..}| {count:{len_total}d}/{total:d} \
     [{elapsed}<{eta}, {rate:.2f}{unit_pad}{unit}/s]{message_pad}{message}"
);

fn main() {
    let has = |name: &str| std::env::args().any(|argument| argument == name);
    let manager = Manager::builder()
        .anchor(if has("inline") { Anchor::Inline } else { Anchor::Bottom })
        .columns(if has("aligned") { Columns::Aligned } else { Columns::Independent })
        .counter_style(CounterStyle::new().bar_format(FORMAT))
        .build();
    let bars = [("Fetching", 40, "crates"), ("Compiling", 1200, "units"), ("Testing the library", 300, "tests")]
        .map(|(desc, total, unit)| manager.counter().desc(desc).total(total).unit(unit).add());
    for n in 0..300_u64 {
        if n % 60 == 0 {
            println!("step {}", n / 60);
        }
        bars[0].set((n / 5).min(40));
        bars[1].inc(4);
        bars[2].inc(1);
        bars[1].set_message(["proc-macro2", "serde_derive", "regex-automata", "syn"][(n / 40) as usize % 4]);
        thread::sleep(Duration::from_millis(15));
    }
}
