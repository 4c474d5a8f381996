//! The programs that the tests run on a pty: each scene is one of them.
//!
//! A scene that calls [`step`] waits there for the test, which has a look at the screen meanwhile.
//! No scene waits for time to pass.

use std::collections::HashMap;
use std::io::{self, IsTerminal, Read, Write};
use std::process::{Command, Stdio, abort, exit};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, fs, panic, thread};

use footlights::{AnsiColor, Counter, Interception, Manager, Output, bar_format};
use rustix::process::{Signal, getpid, kill_process};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGTERM};
use signal_hook::low_level;

// C's own buffer, in front of everything we do with descriptors.
unsafe extern "C" {
    safe fn putchar(c: i32) -> i32;
}

fn main() {
    let mut args = env::args().skip(1);
    let scene = args.next().unwrap_or_default();
    let args: Vec<String> = args.collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match (scene.as_str(), args.as_slice()) {
        ("shell", program) => shell(program),

        ("streams", []) => streams(),
        ("raw-writes", []) => raw_writes(),
        ("c-stdio", [interception]) => c_stdio(interception),
        ("children", []) => children(),
        ("nested", []) => nested(),
        ("raw-mode", []) => raw_mode(),
        ("handler-stays", []) => handler_stays(),
        ("non-blocking", []) => non_blocking(),
        ("stop-while-lent", []) => stop_while_lent(),
        ("margins", [way]) => margins(way),
        ("threads", []) => threads(),
        ("partial", []) => partial(),
        ("open-before", [way]) => open_before(way),
        ("prompt", []) => prompt(),
        ("suspend", []) => suspend(),
        ("pager", []) => pager(),
        ("below-bars", program) => below_bars(program),
        ("until-continued", []) => until_continued(),
        ("written-over", []) => written_over(),
        ("bytewise", []) => bytewise(),
        ("wide-lines", []) => wide_lines(),
        ("flood", [lines]) => flood(number(lines)),
        ("file", [stream]) => file(stream),
        ("isatty", [interception]) => isatty(interception),
        ("survivor", []) => survivor(),
        ("full-screen", []) => full_screen(),
        ("size", []) => size(),
        ("come-and-go", []) => come_and_go(),

        ("exit", [way]) => leave(way),
        ("signal", [signal]) => die_of(signal),
        ("own-handler", [when]) => own_handler(when),

        ("busy", [steps]) => busy(number(steps)),
        ("open-color", []) => open_color(),

        ("script", []) => script(),

        ("steps", [bars, lines]) => line_a_step(number(bars), number(lines)),

        ("bars", [bars]) => only_bars(number(bars)),
        ("shrink", []) => shrink(),
        ("pinned", []) => pinned(),
        ("writer", []) => writer(),
        ("writer-to", [output]) => writer_to(output),
        ("two-managers", []) => two_managers(),
        ("many-managers", []) => many_managers(),
        ("work", []) => work(),
        (scene, args) => {
            eprintln!("no such scene: {scene} {args:?}");
            exit(2);
        }
    }
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

/// Waits until the test has seen what it wanted to see, or is gone.
fn step() {
    let _ = io::stdin().read(&mut [0]);
}

fn bar(manager: &Manager, n: usize) -> Counter {
    manager.counter().total(100).desc(format!("BAR#{n}")).unit("ticks").color(AnsiColor::Green).add()
}

fn bars(manager: &Manager, count: usize) -> Vec<Counter> {
    (0..count).map(|n| bar(manager, n)).collect()
}

fn print_lines(range: std::ops::Range<usize>) {
    for n in range {
        println!("line {n}");
    }
}

fn print_now(text: &str) {
    print!("{text}");
    let _ = io::stdout().flush();
}

/// What a shell does about a program: waits for it, says how it ended, and is there again.
fn shell(program: &[&str]) {
    // What is meant for the program is not meant for the shell. The program has the default
    // actions.
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
        signal_hook::flag::register(signal, Arc::default()).expect("a handler");
    }
    let scenes = env::current_exe().expect("a program has a path");
    let status = Command::new(scenes).args(program).status().expect("the program starts");
    println!("[{status}]");
    print_now("$ ");
    step();
}

/// To both streams in turn, with colours.
fn streams() {
    let manager = Manager::new();
    let _bars = bars(&manager, 2);
    for n in 0..40 {
        if n % 2 == 0 {
            println!("line {n} \x1b[31mred\x1b[0m");
        } else {
            eprintln!("line {n} \x1b[1;38;2;1;2;3mrgb\x1b[0m");
        }
    }
    step();
}

fn raw_writes() {
    let manager = Manager::new();
    let _bars = bars(&manager, 1);
    for n in 0..20 {
        let text = format!("line {n}\n");
        let written = if n % 2 == 0 {
            rustix::io::write(rustix::stdio::stdout(), text.as_bytes())
        } else {
            rustix::io::write(rustix::stdio::stderr(), text.as_bytes())
        };
        assert_eq!(written, Ok(text.len()));
    }
}

/// With C's buffer; the last line is not ended.
fn c_stdio(interception: &str) {
    c_print("line 0\nline 1 ");
    let manager = Manager::builder().interception(interception_of(interception)).build();
    let _bars = bars(&manager, 1);
    c_print("goes on\n");
    for n in 2..20 {
        c_print(&format!("line {n}\n"));
    }
    c_print("the end");
}

fn c_print(text: &str) {
    for byte in text.bytes() {
        putchar(byte.into());
    }
}

fn interception_of(name: &str) -> Interception {
    match name {
        "pty" => Interception::Pty,
        "pipe" => Interception::Pipe,
        _ => panic!("no such interception: {name}"),
    }
}

fn children() {
    let manager = Manager::new();
    let bars = bars(&manager, 1);
    for n in 0..6 {
        println!("line {}", 4 * n);
        let script = r#"echo "line $1"; echo "line $2" >&2; test -t 1 && test -t 2 && echo "line $3""#;
        let numbers = (4 * n + 1..4 * n + 4).map(|n| n.to_string());
        let status = Command::new("sh").args(["-c", script, "sh"]).args(numbers).status();
        assert!(status.is_ok_and(|status| status.success()));
        bars[0].inc(1);
    }
}

/// A child that shows bars too, or would.
fn nested() {
    let manager = Manager::new();
    let bars = bars(&manager, 1);
    println!("line 0");
    let status = Command::new(env::current_exe().expect("a program")).args(["bars", "2"]).stdin(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()));
    bars[0].inc(1);
    println!("line 3");
}

/// Prints, and at once asks for keys one by one, as line editors do; then prints as one does in
/// that mode.
fn raw_mode() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let terminal = rustix::stdio::stdin();
    let before = tcgetattr(terminal).expect("settings");
    for n in 0..5 {
        println!("line {}", 2 * n);
        let mut settings = before.clone();
        settings.make_raw();
        tcsetattr(terminal, OptionalActions::Now, &settings).expect("raw mode");
        print_now(&format!("line {}\r\n", 2 * n + 1));
        bar.inc(1);
        tcsetattr(terminal, OptionalActions::Drain, &before).expect("the old settings");
        step();
    }
}

/// A handler that was installed while there was a manager is there after it.
fn handler_stays() {
    let manager = Manager::new();
    let called = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(SIGINT, called.clone()).expect("a handler");
    drop(manager);
    kill_process(getpid(), Signal::INT).expect("we are there");
    while !called.load(Relaxed) {
        thread::yield_now();
    }
    println!("goes on");
}

/// Somebody has made stdout non-blocking, and fills it while the manager ends.
fn non_blocking() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let stdout = rustix::stdio::stdout();
    rustix::io::ioctl_fionbio(stdout, true).expect("a mode that there is");
    let stop = Arc::new(AtomicBool::new(false));
    let seen = stop.clone();
    let printer = thread::spawn(move || {
        while !seen.load(Relaxed) {
            let _ = rustix::io::write(stdout, &[b'.'; 999]);
        }
    });
    for _ in 0..20 {
        manager.suspend(|| bar.inc(1));
    }
    drop(bar);
    drop(manager);
    stop.store(true, Relaxed);
    printer.join().expect("a thread that ends");
    rustix::io::ioctl_fionbio(stdout, false).expect("a mode that there is");
    println!("\nthe end");
}

/// The manager is stopped inside of `suspend`, while a child holds the streams that it was started
/// with.
fn stop_while_lent() {
    let manager = Manager::new();
    println!("line 0");
    let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().expect("cat");
    manager.suspend(|| manager.stop());
    println!("line 1");
    drop(child.stdin.take());
    let _ = child.wait();
}

/// Nothing is intercepted; the program then leaves in one of several ways.
fn margins(way: &str) {
    let manager = Manager::builder().interception(Interception::Off).build();
    let bars = bars(&manager, 2);
    print_lines(0..3);
    step();
    print_lines(3..12);
    step();
    match way {
        "drop" => drop(bars),
        "suspend" => manager.suspend(|| {
            println!("alone");
            step();
        }),
        "panic" => panic!("oh no"),
        "abort" => abort(),
        signal => kill_process(getpid(), signal_of(signal).0).expect("we are there"),
    }
    if !matches!(way, "drop" | "suspend") {
        loop {
            thread::park();
        }
    }
}

fn threads() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    thread::scope(|scope| {
        for t in 0..4 {
            let bar = &bar;
            scope.spawn(move || {
                for n in 0..250 {
                    // Each line in one piece: `eprintln!` would write it in several, and others may
                    // come in between.
                    let line = format!("thread {t} line {n}\n");
                    let written = match n % 2 {
                        0 => io::stdout().write_all(line.as_bytes()),
                        _ => io::stderr().write_all(line.as_bytes()),
                    };
                    assert!(written.is_ok());
                    bar.inc(1);
                }
            });
        }
    });
}

fn partial() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    print_now("work ");
    step();
    for _ in 0..3 {
        print_now(".");
    }
    bar.inc(1);
    step();
    println!(" done");
    print_now("again");
    step();
    print_now("\rAGAIN");
    step();
}

/// The program has begun a line before there was a manager.
fn open_before(way: &str) {
    print_now("loading ");
    let manager = Manager::new();
    let _bar = bar(&manager, 0);
    step();
    if way != "at-once" {
        println!("done");
    }
}

/// The program's own progress, in a line that it goes back to the start of.
fn written_over() {
    let manager = Manager::builder().frame_rate(250).build();
    let bar = bar(&manager, 0);
    println!("line 0");
    for percent in [10, 50, 90] {
        print_now(&format!("{percent}% done\r"));
        step();
        bar.inc(1);
    }
}

/// Lends the terminal for a while.
fn suspend() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    println!("before");
    step();
    manager.suspend(|| {
        bar.inc(1);
        println!("inside");
        step();
    });
    println!("after");
    step();
}

/// A child with bars above which it knows nothing of.
fn below_bars(program: &[&str]) {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let scenes = env::current_exe().expect("a program has a path");
    let status = Command::new(scenes).args(program).status().expect("the program starts");
    bar.inc(1);
    println!("[{status}]");
}

/// Reads a key from the terminal that it finds behind its stderr, as pagers do, without waiting for
/// the end of a line.
fn pager() {
    let open = |name| fs::File::options().read(true).write(true).open(name);
    let mut terminal = open("/proc/self/fd/2").or_else(|_| open("/dev/tty")).expect("a terminal");
    let before = tcgetattr(&terminal).expect("settings");
    let mut settings = before.clone();
    settings.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
    tcsetattr(&terminal, OptionalActions::Now, &settings).expect("new settings");
    println!("more");
    let mut key = [0];
    terminal.read_exact(&mut key).expect("a key");
    tcsetattr(&terminal, OptionalActions::Now, &before).expect("the old settings");
    println!("key {}", char::from(key[0]));
}

/// Lines at a walking pace until it was stopped and goes on, and some more.
fn until_continued() {
    let continued = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(SIGCONT, continued.clone()).expect("a handler");
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let mut left = 50;
    for n in 0.. {
        println!("line {n}");
        bar.inc(1);
        thread::sleep(Duration::from_millis(5));
        left -= i32::from(continued.load(Relaxed));
        if left == 0 {
            break;
        }
    }
    println!("the end");
}

/// Asks something, with the cursor where the answer appears.
fn prompt() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    print_now("name? ");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).expect("an answer");
    bar.inc(1);
    println!("hello {}", answer.trim());
    io::stdin().read_line(&mut answer).expect("a line");
}

/// Everything in single bytes, with something else to paint in between.
fn bytewise() {
    let manager = Manager::builder().frame_rate(1000).build();
    let bar = bar(&manager, 0);
    let text =
        "\x1b[1;38;2;200;30;40mé漢🚀e\u{301}\x1b[0m \x1b]8;;http://x.org\x1b\\link\x1b]8;;\x1b\\ \x1b]0;title\x07end";
    for byte in text.bytes() {
        assert_eq!(rustix::io::write(rustix::stdio::stdout(), &[byte]), Ok(1));
        bar.inc(1);
        // Let the other thread have a look at what there is.
        thread::yield_now();
    }
    println!();
    println!("plain");
    step();
}

/// As wide as the window, and one more, and one less.
fn wide_lines() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    step();
    for width in [29, 30, 31, 59, 60, 61] {
        print_now(&"x".repeat(width));
        bar.inc(1);
        step();
        println!();
        step();
    }
}

fn flood(lines: usize) {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let script = format!("i=0; while [ $i -lt {lines} ]; do echo \"line $i\"; i=$((i+1)); done");
    let mut child = Command::new("sh").args(["-c", &script]).spawn().expect("sh starts");
    while child.try_wait().expect("it is our child").is_none() {
        bar.inc(1);
        thread::yield_now();
    }
}

/// One of the two streams has been redirected by whoever started us.
fn file(stream: &str) {
    let manager = Manager::new();
    assert!(manager.is_enabled());
    let bar = bar(&manager, 0);
    for n in 0..10 {
        println!("out {n}");
        eprintln!("err {n}");
        bar.inc(1);
    }
    let here = if stream == "stdout" { io::stdout().is_terminal() } else { io::stderr().is_terminal() };
    assert!(!here, "{stream} is a file and stays one");
    step();
}

fn isatty(interception: &str) {
    let before = (io::stdout().is_terminal(), io::stderr().is_terminal());
    let manager = Manager::builder().interception(interception_of(interception)).build();
    let within = (io::stdout().is_terminal(), io::stderr().is_terminal());
    drop(manager);
    let after = (io::stdout().is_terminal(), io::stderr().is_terminal());
    println!("{before:?}");
    println!("{within:?}");
    println!("{after:?}");
}

/// A child goes on printing after the manager has gone.
fn survivor() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let mut command = Command::new("sh");
    command.args(["-c", "echo line 0; read x; echo line 1; echo line 2 >&2"]).stdin(std::process::Stdio::piped());
    let mut child = command.spawn().expect("sh starts");
    step();
    drop(bar);
    drop(manager);
    println!("gone");
    let _ = child.stdin.take().map(|mut stdin| stdin.write_all(b"\n"));
    assert!(child.wait().is_ok_and(|status| status.success()));
    step();
}

fn full_screen() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    println!("line 0");
    step();
    print_now("\x1b[?1049h\x1b[2J\x1b[Hfull screen");
    bar.inc(1);
    step();
    print_now("\x1b[3;3Hmore");
    bar.inc(1);
    step();
    print_now("\x1b[?1049l");
    println!("line 1");
    step();
}

/// Prints the size of the window as a program behind us sees it, whenever it is another. Ends with
/// a window of one cell.
fn size() {
    let manager = Manager::new();
    let _bar = bar(&manager, 0);
    let mut last = (0, 0);
    while last != (1, 1) {
        let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).expect("a terminal has a size");
        let size = (size.ws_col, size.ws_row);
        if size != last {
            println!("{} x {}", size.0, size.1);
            last = size;
        }
        thread::yield_now();
    }
}

fn come_and_go() {
    let printing = AtomicBool::new(true);
    thread::scope(|scope| {
        scope.spawn(|| {
            print_lines(0..2000);
            printing.store(false, Relaxed);
        });
        while printing.load(Relaxed) {
            let manager = Manager::new();
            bar(&manager, 0).set_leave(false);
        }
    });
}

static KEPT: Mutex<Vec<(Manager, Vec<Counter>)>> = Mutex::new(Vec::new());

/// Prints something, and leaves in one of many ways.
fn leave(way: &str) {
    let manager = Manager::new();
    let counters = bars(&manager, 2);
    counters[0].inc(7);
    print_lines(0..12);
    match way {
        "drop" => {}
        "stop" => {
            manager.stop();
            println!("after");
        }
        "leak" => std::mem::forget((manager, counters)),
        "static" => KEPT.lock().expect("no panic").push((manager, counters)),
        "exit" => inside(),
        "open" => {
            print!("open");
            inside();
        }
        "thread-exit" => {
            let _ = thread::spawn(inside).join();
        }
        "panic" => panic!("oh no"),
        "caught" => {
            let caught = panic::catch_unwind(|| panic!("oh no"));
            assert!(caught.is_err());
            println!("goes on");
        }
        "panic-in-thread" => {
            let ended = thread::spawn(|| panic!("oh no")).join();
            assert!(ended.is_err());
            println!("goes on");
        }
        "abort" => abort(),
        "abort-in-thread" => {
            let _ = thread::spawn(|| abort()).join();
        }
        "overflow" => println!("{}", endless(1)),
        // The first is let pass: std takes it for a fault, which would come again.
        "fault" => (0..2).for_each(|_| low_level::raise(SIGSEGV).expect("a signal that there is")),
        _ => panic!("no such way out: {way}"),
    }
}

/// Overflows the stack.
#[expect(unconditional_recursion)]
fn endless(n: u64) -> u64 {
    std::hint::black_box(endless(std::hint::black_box(n + 1)) + n)
}

fn inside() {
    exit(3);
}

fn signal_of(name: &str) -> (Signal, i32) {
    match name {
        "INT" => (Signal::INT, SIGINT),
        "TERM" => (Signal::TERM, SIGTERM),
        "HUP" => (Signal::HUP, SIGHUP),
        "QUIT" => (Signal::QUIT, SIGQUIT),
        "KILL" => (Signal::KILL, 9),
        _ => panic!("no such signal: {name}"),
    }
}

/// Sends itself a signal, or is sent one.
fn die_of(signal: &str) {
    let manager = Manager::new();
    let counters = bars(&manager, 2);
    counters[0].inc(7);
    print_lines(0..12);
    step();
    println!("the last line");
    if signal != "none" {
        kill_process(getpid(), signal_of(signal).0).expect("we are there");
    }
    // Nothing more happens here.
    loop {
        thread::park();
    }
}

/// Handles SIGINT itself.
fn own_handler(when: &str) {
    let interrupted = Arc::new(AtomicBool::new(false));
    let install = || signal_hook::flag::register(SIGINT, interrupted.clone()).expect("a handler");
    if when == "before" {
        install();
    }
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    if when == "after" {
        install();
    }
    println!("line 0");
    for n in 1..4 {
        interrupted.store(false, Relaxed);
        kill_process(getpid(), Signal::INT).expect("we are there");
        while !interrupted.load(Relaxed) {
            thread::yield_now();
        }
        println!("line {n}");
        bar.inc(1);
        step();
    }
    drop((bar, manager));
    exit(4);
}

/// Bars, colours, open lines, and whatever the test does meanwhile.
fn busy(steps: usize) {
    let manager = Manager::builder().frame_rate(1000).build();
    let bars = bars(&manager, 3);
    let parts: Vec<_> = bars.iter().map(|bar| bar.segment("part").color(AnsiColor::Red).add()).collect();
    for n in 0..steps {
        println!("line {n} \x1b[1;32mgreen\x1b[0m \x1b[48;5;17mblue\x1b[m");
        print_now("open");
        bars[n % 3].inc(3);
        parts[(n + 1) % 3].inc(1);
        bars[0].set_message(format!("step {n}"));
        step();
        eprintln!(" line");
    }
}

/// A colour stays on while bars are painted.
fn open_color() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    print_now("\x1b[1;31mred ");
    step();
    bar.inc(50);
    step();
    print_now("more\x1b[0m plain");
    step();
    println!();
}

/// Does what it is told, a command a line, until there are no more.
fn script() {
    let manager = Manager::builder().frame_rate(1000).build();
    let mut bars = HashMap::new();
    for line in io::stdin().lines() {
        let line = line.expect("a command");
        let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match command {
            "out" => println!("{rest}"),
            // In one piece: `eprintln!` would write it in several.
            "err" => io::stderr().write_all(format!("{rest}\n").as_bytes()).expect("a stderr"),
            "part" => print_now(rest),
            "child" => child("%s\\n", rest),
            "child-part" => child("%s", rest),
            "many" => (0..number(rest)).for_each(|n| println!("many {n}")),
            "threads" => thread::scope(|scope| {
                for thread in 0..3 {
                    scope.spawn(move || (0..4).for_each(|n| println!("thread-{rest}-{thread}-{n}")));
                }
            }),
            // What is printed while the terminal changes hands.
            "lend" => thread::scope(|scope| {
                scope.spawn(move || (0..100).for_each(|n| println!("thread-{rest}-0-{n}")));
                (0..5).for_each(|_| manager.suspend(|| ()));
            }),
            "add" | "stay" => {
                let n = number(rest);
                // Nothing in it depends on the time, so that a frame comes only when something was
                // done.
                let bar = manager.counter().total(1000).desc(format!("BAR#{n}")).leave(command == "stay");
                bars.insert(n, bar.bar_format(bar_format!("{desc} {count} {bar}")).add());
            }
            "remove" => bars.remove(&number(rest)).expect("a bar").remove(),
            "inc" => {
                let (n, count) = rest.split_once(' ').expect("two numbers");
                bars[&number(n)].inc(number(count) as u64);
            }
            _ => panic!("no such command: {line}"),
        }
    }
}

fn child(format: &str, text: &str) {
    let status = Command::new("sh").args(["-c", "printf \"$1\" \"$2\"", "sh", format, text]).status();
    assert!(status.is_ok_and(|status| status.success()));
}

/// One line a step.
fn line_a_step(bars: usize, lines: usize) {
    // Often, so that the test need not wait long for each.
    let manager = Manager::builder().frame_rate(250).build();
    let bars = self::bars(&manager, bars);
    for n in 0..lines {
        step();
        bars.iter().for_each(|bar| bar.inc(1));
        println!("line {n}");
    }
    step();
}

fn only_bars(count: usize) {
    let manager = Manager::new();
    let bars = bars(&manager, count);
    step();
    bars.iter().for_each(|bar| bar.inc(10));
    print_lines(0..3);
    step();
}

fn shrink() {
    let manager = Manager::new();
    let going = manager.counter().total(9).desc("BAR#0").leave(false).add();
    let staying = bar(&manager, 1);
    let last = manager.counter().total(9).desc("BAR#2").leave(false).add();
    print_lines(0..3);
    step();
    drop(going);
    step();
    print_lines(3..20);
    step();
    drop(last);
    step();
    staying.close();
    step();
    println!("line 20");
}

/// Pins bars to rows that are taken or do not exist.
fn pinned() {
    let manager = Manager::new();
    let plan = manager.counter().total(9).position(2);
    let _first = plan.clone().desc("BAR#0").try_add().expect("a free row");
    println!("{}", plan.clone().desc("BAR#1").try_add().expect_err("a row that is taken"));
    println!("{}", plan.clone().position(12).try_add().expect_err("a row that is not there"));
    // Not pinned, these stand where there is room.
    let _second = plan.clone().desc("BAR#2").add();
    let _third = plan.clone().position(12).desc("BAR#3").add();
    println!("unpinned");
    step();

    // Two threads at a time want the same row: it is given to one of them, and to the next two when
    // that has gone.
    let plan = manager.counter().total(9).position(5).leave(false);
    let mut pinned = 0;
    for _ in 0..100 {
        let start = std::sync::Barrier::new(2);
        let bars = thread::scope(|scope| {
            let add = || {
                start.wait();
                plan.clone().try_add()
            };
            [scope.spawn(add), scope.spawn(add)].map(|thread| thread.join().expect("no panic"))
        });
        pinned += bars.iter().filter(|bar| bar.is_ok()).count();
    }
    println!("{pinned} of 200 were pinned");
}

/// Several threads write by way of the manager, and print as well.
fn writer() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let writer = manager.writer();
    thread::scope(|scope| {
        for t in 0..4 {
            let (bar, mut writer) = (&bar, writer.clone());
            scope.spawn(move || {
                for n in 0..100 {
                    writeln!(writer, "thread {t} line {n}").expect("a terminal");
                    bar.inc(1);
                }
            });
        }
        scope.spawn(|| (0..100).for_each(|_| (&writer).write_all(b"printed\n").expect("a terminal")));
    });
}

/// Writes by way of the manager where nothing is shown.
fn writer_to(output: &str) {
    let output = match output {
        "auto" => Output::Auto,
        "stdout" => Output::Stdout,
        "stderr" => Output::Stderr,
        _ => Output::Hidden,
    };
    let manager = Manager::builder().output(output).build();
    assert!(!manager.is_enabled());
    let mut writer = manager.writer();
    writeln!(writer, "{output:?}").expect("a file");
    write!(writer, "begun").expect("a file");
    drop(manager);
    writeln!(writer, " and ended").expect("a file");
    writer.flush().expect("a file");
}

fn two_managers() {
    let first = Manager::new();
    let one = bar(&first, 1);
    println!("line 0");
    let second = Manager::new();
    let two = bar(&second, 2);
    println!("line 1");
    step();
    drop((one, first));
    println!("line 2");
    two.inc(1);
    step();
    let third = Manager::new();
    let three = bar(&third, 3);
    println!("line 3");
    step();
    drop((two, second));
    println!("line 4");
    step();
    drop((three, third));
    println!("line 5");
}

/// Again and again, and then what has been left behind.
fn many_managers() {
    let count = |what: &str| fs::read_dir(format!("/proc/self/{what}")).expect("/proc").count();
    let once = || {
        let manager = Manager::new();
        bar(&manager, 0).set_leave(false);
    };
    // A thread that has been let go of may take a moment to be gone.
    let settle = || {
        while count("task") > 1 {
            thread::yield_now();
        }
    };
    // What is made once and kept is made here.
    once();
    settle();
    let before = count("fd");
    for _ in 0..200 {
        once();
    }
    settle();
    println!("{} more descriptors", count("fd") - before);
}

/// Works without a look at what kind of terminal there is, if any.
fn work() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let part = bar.segment("part").color(AnsiColor::Red).add();
    println!("enabled: {}", manager.is_enabled());
    for n in 0..20 {
        bar.inc(1);
        part.inc(1);
        println!("line {n}");
    }
    println!("count: {}", bar.count());
    step();
}
