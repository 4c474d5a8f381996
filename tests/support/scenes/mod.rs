//! The programs that the tests run on ptys: each scene is one of them.
//!
//! A scene that calls [`common::step`] waits there for the test, which looks at the screen
//! meanwhile. No scene waits for time to pass, except `until-continued`, which prints slowly.

mod allocation;
mod children;
mod common;
mod descriptors;
mod exits;
mod loggers;
mod open_lines;
mod plain;
mod raw_mode;
mod region;
mod script;
mod scroll_region;
mod sequences;
mod signals;
#[cfg(feature = "tracing")]
mod spans;
mod streams;
mod suspend;
mod trees;
mod writer;

use std::env;
use std::process::exit;

use common::number;
use footlights::{Anchor, Columns};

pub fn run() {
    let mut args = env::args().skip(1);
    let scene = args.next().unwrap_or_default();
    let args: Vec<String> = args.collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    run_scene(&scene, &args);
}

fn run_scene(scene: &str, args: &[&str]) {
    match (scene, args) {
        ("streams", []) => streams::streams(),
        ("raw-writes", []) => streams::raw_writes(),
        ("c-stdio", [interception]) => streams::c_stdio(interception),
        ("threads", []) => streams::threads(),
        ("flood", [lines]) => streams::flood(number(lines)),
        ("wide-lines", []) => streams::wide_lines(),
        ("non-blocking", []) => streams::non_blocking(),
        ("file", [stream]) => streams::file(stream),
        ("dev-tty", []) => streams::dev_tty(),
        ("isatty", [interception]) => streams::isatty(interception),

        ("color-depth", []) => println!("{:?}", footlights::ColorDepth::from_env()),
        ("colored-message", []) => plain::colored_message(),
        ("plain-exit", [way]) => plain::plain_exit(way),
        ("without-reader", [output]) => plain::without_reader(output),
        ("plain-threads", []) => plain::plain_threads(),

        ("prompt", []) => open_lines::prompt(),

        ("bytewise", []) => sequences::bytewise(),
        ("erased-rows", [way, sequences]) => sequences::erased_rows(way, sequences),
        ("full-screen", []) => sequences::full_screen(),

        ("dev-tty", [stream]) => descriptors::dev_tty(stream),
        ("limited", [limit, scene, args @ ..]) => {
            descriptors::limit(number(limit));
            run_scene(scene, args);
        }
        ("none-left", [way]) => descriptors::none_left(way),
        ("lines", [count]) => streams::lines(number(count)),

        ("shell", program) => children::shell(program),
        ("children", []) => children::children(),
        ("nested", []) => children::nested(),
        ("survivor", []) => children::survivor(),
        ("printing-child", []) => children::printing_child(),
        ("late-child", []) => children::late_child(),
        ("below-bars", program) => children::below_bars(program),
        ("pager", []) => children::pager(),
        ("password", []) => children::password(),

        ("raw-mode", []) => raw_mode::raw_mode(),
        ("raw-prompts", [pace]) => raw_mode::raw_prompts(pace),

        ("suspend", []) => suspend::suspend(),
        ("suspend-often", []) => suspend::suspend_often(),
        ("stop-while-suspended", []) => suspend::stop_while_suspended(),
        ("come-and-go", []) => suspend::come_and_go(),
        ("two-managers", []) => suspend::two_managers(),
        ("many-managers", []) => suspend::many_managers(),

        ("exit", [way]) => exits::exits(way),
        ("taskbar", [way]) => exits::taskbar(way),
        ("signal", [name]) => signals::default_action(name),
        ("own-action", [name, way]) => signals::own_action(name, way),
        ("handler-stays", []) => signals::handler_stays(),
        ("until-continued", []) => signals::until_continued(),
        ("scroll-region", [way]) => scroll_region::scroll_region(way),

        ("bars", [bars]) => region::only_bars(number(bars)),
        ("steps", [bars, lines]) => region::line_per_step(number(bars), number(lines), Anchor::Bottom),
        ("inline-steps", [bars, lines]) => region::line_per_step(number(bars), number(lines), Anchor::Inline),
        ("pinned", []) => region::pinned(),
        ("tree", []) => trees::tree(),
        ("large-tree", [children]) => trees::large_tree(number(children)),
        ("many-done", [policy, count]) => trees::many_done(policy, number(count)),
        ("computed", [way]) => trees::computed(way),
        ("track", []) => trees::track(),
        ("work", []) => region::work(),
        ("size", []) => region::size(),

        ("env-logger", []) => loggers::env_logger(),
        ("tracing-fmt", []) => loggers::tracing_fmt(),
        #[cfg(feature = "tracing")]
        ("spans", [limit]) => spans::late_spans(number(limit)),
        #[cfg(feature = "tracing")]
        ("spans-stay", [seconds]) => spans::staying_spans(std::time::Duration::from_secs(number(seconds) as u64)),
        #[cfg(feature = "tracing")]
        ("busy-values", []) => spans::busy_values(),

        ("writer", []) => writer::writer(),
        ("disabled-writer", [output]) => writer::disabled_writer(output),
        ("script", []) => script::script(),
        ("steady", [rounds, steps]) => allocation::steady(number(rounds), number(steps) as u64, Columns::Independent),
        ("steady-columns", [rounds, steps]) => {
            allocation::steady(number(rounds), number(steps) as u64, Columns::Aligned)
        }
        (scene, args) => {
            eprintln!("no such scene: {scene} {args:?}");
            exit(2);
        }
    }
}
