//! Uses a manager on WebAssembly. A failed assertion, or a panic inside of the crate, ends the
//! program with a trap. What it prints is compared with what it prints on the machine that compiles it.

use std::io::Write;

use footlights::{ColorDepth, CounterStyle, Interception, Manager, Output, bar_format};

fn main() {
    println!("before");
    for output in [Output::Auto, Output::Stdout, Output::Hidden] {
        for interception in [Interception::Pty, Interception::Pipe, Interception::Off] {
            count(&Manager::builder().output(output).interception(interception).build());
        }
    }
    println!("after");
}

fn count(manager: &Manager) {
    assert!(!manager.is_enabled());
    let format = bar_format!("{desc} {count:d}/{total:d} {percentage:3.0f}%|{bar}| {count_failed}");
    let tests = manager.counter().total(50).desc("Testing").color("green").bar_format(format).add();
    let failed = tests.segment("failed").color("red").add();
    let status = manager.status_bar().text("at work").add();
    for n in 0..50 {
        if n % 10 == 7 { failed.inc(1) } else { tests.inc(1) }
    }
    println!("{}", tests.render(60));
    println!("{}", tests.render_at(60, 5.0, ColorDepth::TrueColor).escape_debug());
    println!("{}", status.render(20));
    assert_eq!((tests.count(), failed.count()), (50, 5));

    // What reads a clock.
    tests.pause();
    tests.resume();
    let _ = (tests.elapsed(), tests.rate(), tests.eta());
    let download = manager.counter().style(&CounterStyle::download()).total(1 << 20).add();
    download.inc(4096);
    assert!(!download.render(80).is_empty());
    download.close();
    tests.reset();

    assert_eq!(manager.counter().add().wrap_iter(0..9).count(), 9);
    writeln!(manager.writer(), "written").expect("a line");
    manager.suspend(|| println!("suspended"));
    manager.stop();
}
