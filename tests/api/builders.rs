//! Settings that are right, wrong, or right too late: what `add` and `try_add` make of them.
#![cfg(unix)]

mod support;

use std::time::Duration;

use footlights::{
    Ansi256Color, AnsiColor, Color, ColorDepth, CounterStyle, Error, Manager, Number, Output, StatusStyle, anstyle,
    bar_format, status_format,
};
use support::Scene;

fn manager() -> Manager {
    Manager::builder().output(Output::Hidden).build()
}

fn refusal<T>(result: Result<T, Error>) -> String {
    result.err().expect("it is refused").to_string()
}

/// A row that is taken between the builder and `add`: one of them gets it.
#[test]
fn a_pinned_builder_can_be_cloned() {
    let mut run = Scene::new("pinned").size(60, 12).start();
    run.until("the bars", |screen| screen.bars().len() == 3);
    let rows = run.until_text("unpinned").rows();
    let row_of = |name: &str| rows.iter().rev().position(|row| row.starts_with(name)).map(|row| row + 1);
    assert_eq!((row_of("BAR#0"), row_of("BAR#2"), row_of("BAR#3")), (Some(2), Some(3), Some(1)), "{rows:#?}");
    run.go();
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log([
        "cannot pin a bar to row 2: another bar is pinned there",
        "cannot pin a bar to row 12: the terminal has 12 rows, and one of them is for the output",
        "unpinned",
        "100 of 200 were pinned",
    ]);
}

#[test]
fn every_problem_is_named_at_once() -> Result<(), Error> {
    let wrong = manager().counter().color("rde").series("#").fill('漢').position(0).total(4).desc("Wrong");
    assert_eq!(
        refusal(wrong.clone().try_add()),
        "4 settings are wrong\n  \
           cannot read color `rde`: unknown word `rde` (column 1)\n  \
           cannot draw with this series: it needs an empty and a full cell\n  \
           cannot fill with `漢`: it does not take exactly one column\n  \
           cannot pin a bar to row 0: rows are counted from 1"
    );
    // What is right is used, what is wrong is left at its default.
    let bar = wrong.color("red").bar_format(bar_format!("{desc} |{bar}|")).add();
    bar.inc(2);
    assert_eq!(bar.render_at(12, Duration::ZERO, ColorDepth::Ansi16), "Wrong |\x1b[m\x1b[31m██  \x1b[m|");

    let status = manager().status_bar().color("bold_blod").text("ready");
    assert_eq!(refusal(status.clone().try_add()), "cannot read color `bold_blod`: unknown word `blod` (column 6)");
    assert_eq!(status.add().render(6), "ready ");

    let bar = manager().counter().count(2).add();
    let segment = bar.segment("part").color("rde").count(3);
    assert_eq!(
        refusal(segment.clone().try_add()),
        "2 settings are wrong\n  \
           cannot read color `rde`: unknown word `rde` (column 1)\n  \
           cannot start a segment at 3: of the bar's count, 2 is not in other segments"
    );
    assert_eq!(segment.add().count(), 2);
    assert!(manager().counter().color("red").position(1).try_add().is_ok());
    Ok(())
}

/// A style that is wrong is reported by the style itself and by every bar that has it.
#[test]
fn problems_of_a_style() {
    let style = CounterStyle::new().color("rde");
    let problem = "cannot read color `rde`: unknown word `rde` (column 1)";
    assert_eq!(refusal(style.check()), problem);
    assert_eq!(refusal(manager().counter().style(&style).try_add()), problem);
    let status = StatusStyle::new().fill('漢');
    let manager = Manager::builder().output(Output::Hidden).counter_style(style).status_style(status.clone()).build();
    assert_eq!(refusal(manager.counter().try_add()), problem);
    assert_eq!(refusal(manager.status_bar().try_add()), refusal(status.check()));
    assert!(CounterStyle::download().check().is_ok() && StatusStyle::new().check().is_ok());
}

#[test]
fn colors_in_every_form() {
    let text = String::from("red");
    let shown = |builder: footlights::CounterBuilder| {
        let bar = builder.total(1).count(1).bar_format(bar_format!("{bar}")).try_add().expect("a color");
        bar.render_at(1, Duration::ZERO, ColorDepth::TrueColor)
    };
    let red = shown(manager().counter().color(AnsiColor::Red));
    for same in [
        manager().counter().color("red"),
        manager().counter().color(&text),
        manager().counter().color(text.clone()),
        manager().counter().color(Color::from(AnsiColor::Red)),
        manager().counter().color(anstyle::Color::Ansi(AnsiColor::Red)),
        manager().counter().color(anstyle::Style::new().fg_color(Some(AnsiColor::Red.into()))),
    ] {
        assert_eq!(shown(same), red);
    }
    assert_eq!(shown(manager().counter().color((0, 200, 80))), shown(manager().counter().color("#00c850")));
    assert_ne!(shown(manager().counter().color(Ansi256Color(208))), red);
}

#[test]
fn totals_in_every_form() {
    let total = |builder: footlights::CounterBuilder| builder.add().total_f64();
    assert_eq!(total(manager().counter().total(50)), Some(50.0));
    assert_eq!(total(manager().counter().total(2.5)), Some(2.5));
    assert_eq!(total(manager().counter().total(vec![1, 2].len())), Some(2.0));
    assert_eq!(total(manager().counter().total(Some(7_u8))), Some(7.0));
    assert_eq!(total(manager().counter().total(Some(7))), Some(7.0));
    assert_eq!(total(manager().counter().total(Number::from(3))), Some(3.0));
    assert_eq!(total(manager().counter().total(9).total(None::<u64>)), None);
}

#[test]
fn segments_have_names() {
    let bar = manager().counter().total(10).count(6).add();
    let failed = bar.segment("failed").color("red").count(4).add();
    let skipped = bar.segment("skipped").all_fields(false).add();
    assert_eq!((failed.name(), skipped.name()), ("failed", "skipped"));
    assert_eq!((failed.count(), skipped.count(), bar.count()), (4, 0, 6));
    // As much as there is, not more, and not less than nothing.
    assert_eq!(bar.segment("late").count(9).add().count(), 2);
    assert_eq!(bar.segment("none").count(-1).add().count(), 0);
    assert_eq!(bar.segment("nan").count(f64::NAN).add().count_f64(), 0.0);
    assert_eq!(bar.segment("all").count(f64::INFINITY).add().count(), 0);
    assert_eq!(bar.count(), 6);
    bar.set_bar_format(bar_format!("{count_1} {count_3}"));
    assert_eq!(bar.render(9), "4 2");
    bar.set_bar_format(bar_format!("{rate_2}"));
    let refused = "format has an error\n  {rate_2}\n  ^ column 1: `all_fields` is switched off for this segment";
    assert_eq!(refusal(bar.check_formats()), refused);
    bar.set_bar_format(bar_format!("{count_failed:02d} {eta_skipped} {count_lost}"));
    assert_eq!(bar.render(20).trim_end(), "04 ?");
    let refused = refusal(bar.check_formats());
    assert!(refused.contains("format has 2 errors") && refused.contains("`lost`"), "{refused}");
}

#[test]
fn a_style_for_a_running_bar() {
    let plain = bar_format!("{desc}:{count}/{total} {unit} {stage} {message}", stage);
    let bar = manager().counter().total(4).desc("Build").unit("files").field("stage", "one").message("a.rs");
    let bar = bar.bar_format(plain.clone()).leave(false).add();
    let failed = bar.segment("failed").add();
    bar.inc(1);
    failed.inc(1);
    bar.pause();
    let elapsed = bar.elapsed();
    assert_eq!(bar.render(40), "Build:2/4 files one a.rs");

    // What the bar has stays: counts, texts, unit, clock, and its fields.
    let style = CounterStyle::new().series(".#").color("green").field("stage", "two").field("host", "here");
    let style = style.bar_format(bar_format!("{desc} |{bar:4}| {count} {unit} {stage} {host} {message}", stage, host));
    bar.set_style(&style);
    assert_eq!(bar.render(40), "Build |=#..| 2 files one here a.rs");
    assert_eq!((bar.elapsed(), bar.is_paused(), failed.count()), (elapsed, true, 1));
    assert!(bar.render_at(40, elapsed, ColorDepth::Ansi16).contains("\x1b[32m"));
    assert!(bar.check_formats().is_ok());

    // The unit of a style comes first, and a style can be given again.
    bar.set_style(&style.clone().unit("crates"));
    assert_eq!(&*bar.unit(), "crates");
    bar.set_style(&CounterStyle::new().bar_format(plain));
    assert_eq!(bar.render(40), "Build:2/4 crates one a.rs");

    let status = manager().status_bar().text("ready").add();
    status.set_style(&StatusStyle::new().fill('.').justify(footlights::Justify::Right));
    assert_eq!(status.render(7), "..ready");
    status.clear_text();
    status.set_style(&StatusStyle::new().field("stage", "one").format(status_format!("<{stage}>", stage)));
    assert_eq!(status.render(7), "<one>  ");
}

/// The style comes first, and what a builder is told afterwards changes it.
#[test]
fn a_style_for_a_new_bar() {
    let style = CounterStyle::ascii().color("green").field("stage", "two");
    let format = bar_format!("{bar:4}{stage}{host}{unit}", stage, host);
    let bar = manager().counter().field("stage", "one").field("host", "here").unit("files").color("red");
    let bar = bar.style(&style).bar_format(format).total(4).count(2).add();
    assert_eq!(bar.render(20), "##--twoherefiles");
    let colored = bar.render_at(20, Duration::ZERO, ColorDepth::Ansi16);
    assert!(colored.contains("\x1b[32m") && !colored.contains("\x1b[31m"), "{colored:?}");
}
