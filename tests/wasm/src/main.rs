//! Uses managers on WebAssembly. A failed assertion, or a panic inside of the crate, ends the program
//! with a trap. What it prints is compared with `stdout.txt` and `stderr.txt`.

use std::io::Write;

use footlights::{ColorDepth, CounterStyle, Interception, Manager, Output, bar_format};

fn main() {
    println!("before");
    for output in [Output::Auto, Output::Terminal, Output::Plain, Output::Json, Output::None] {
        for interception in [Interception::Pty, Interception::Pipe, Interception::Off] {
            count(&Manager::builder().output(output).interception(interception).build());
        }
        println!("{output}");
    }
    println!("after");
}

fn count(manager: &Manager) {
    assert!(!manager.is_enabled());
    let format = bar_format!("{desc} {count:d}/{total:d} {percentage:3.0f}%|{bar}| {count_failed}");
    let tests = manager.counter().total(50).desc("Testing").color("green").bar_format(format).add();
    let failed = tests.segment("failed").color("red").add();
    for n in 0..50 {
        if n % 5 == 2 { failed.inc(1) } else { tests.inc(1) }
    }
    assert_eq!((tests.count(), failed.count()), (50, 10));
    assert_eq!(tests.render(33), "Testing 50/50 100%|▓▓████████| 10");
    let colored = tests.render_at(33, 5.0, ColorDepth::TrueColor);
    assert_eq!(colored, "Testing 50/50 100%|\x1b[m\x1b[31m██\x1b[m\x1b[32m████████\x1b[m| 10");
    assert_eq!(manager.status_bar().text("at work").add().render(10), "at work   ");

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
    manager.suspend(|| ());
    writeln!(manager.writer(), "written").expect("a line");
    manager.stop();
}
