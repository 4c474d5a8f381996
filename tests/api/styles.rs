//! Styles: what bars look like, for one bar or for all bars of a manager.

use std::time::Duration;

use footlights::{
    Ansi256Color, AnsiColor, Color, ColorDepth, CounterBuilder, CounterStyle, Error, Justify, Manager, Output, Series,
    StatusStyle, anstyle, bar_format, counter_format, status_format,
};

use crate::hidden::{manager, message};

#[test]
fn bars_of_a_manager_have_its_style() {
    let style = CounterStyle::new().color(AnsiColor::Red).unit("files").field("stage", "one").fill('.').series("-#");
    let style = style.bar_format(bar_format!("{stage} |{bar}| {count} {unit}", stage));
    let style = style.counter_format(counter_format!("{stage}{fill}", stage));
    let status = StatusStyle::new().field("stage", "one").justify(Justify::Right).fill('.');
    let status = status.format(status_format!("{stage}", stage));
    let manager = Manager::builder().output(Output::None).counter_style(style).status_style(status).build();

    let bar = manager.counter().total(4).add();
    bar.inc(2);
    assert_eq!(bar.render(18), "one |##--| 2 files");
    // No window is as wide.
    assert_eq!(bar.render(usize::MAX).chars().count(), usize::from(u16::MAX));
    assert_eq!(bar.render_at(18, Duration::ZERO, ColorDepth::Ansi16), "one |\x1b[m\x1b[31m##--\x1b[m| 2 files");
    assert_eq!(manager.counter().add().render(6), "one...");
    assert_eq!(manager.status_bar().add().render(6), "...one");
    // Settings of a single bar replace those of the style.
    let other = manager.counter().total(4).unit("lines").field("stage", "two").color(AnsiColor::Blue).add();
    assert_eq!(other.render(18), "two |----| 0 lines");
}

/// A style replaces the settings of the builder before it, and later settings change it.
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

    // The bar keeps its counts, texts, unit, clock, and fields.
    let style = CounterStyle::new().series(".#").color("green").field("stage", "two").field("host", "here");
    let style = style.bar_format(bar_format!("{desc} |{bar:4}| {count} {unit} {stage} {host} {message}", stage, host));
    bar.set_style(&style);
    assert_eq!(bar.render(40), "Build |=#..| 2 files one here a.rs");
    assert_eq!((bar.elapsed(), bar.is_paused(), failed.count()), (elapsed, true, 1));
    assert!(bar.render_at(40, elapsed, ColorDepth::Ansi16).contains("\x1b[32m"));
    assert!(bar.check_formats().is_ok());

    // A unit of the style replaces that of the bar, and a style can be replaced by another.
    bar.set_style(&style.clone().unit("crates"));
    assert_eq!(&*bar.unit(), "crates");
    bar.set_style(&CounterStyle::new().bar_format(plain));
    assert_eq!(bar.render(40), "Build:2/4 crates one a.rs");

    let status = manager().status_bar().text("ready").add();
    status.set_style(&StatusStyle::new().fill('.').justify(Justify::Right));
    assert_eq!(status.render(7), "..ready");
    status.clear_text();
    status.set_style(&StatusStyle::new().field("stage", "one").format(status_format!("<{stage}>", stage)));
    assert_eq!(status.render(7), "<one>  ");
}

/// The style reports them, and so does every bar that has it.
#[test]
fn problems_of_a_style() {
    let style = CounterStyle::new().color("rde");
    let problem = "cannot read color `rde`: unknown word `rde`; did you mean `red`? (column 1)";
    assert_eq!(message(style.check()), problem);
    assert_eq!(message(manager().counter().style(&style).try_add()), problem);
    let status = StatusStyle::new().fill('漢');
    let manager = Manager::builder().output(Output::None).counter_style(style).status_style(status.clone()).build();
    assert_eq!(message(manager.counter().try_add()), problem);
    assert_eq!(message(manager.status_bar().try_add()), message(status.check()));
    assert!(CounterStyle::download().check().is_ok() && StatusStyle::new().check().is_ok());
}

#[test]
fn colors_in_every_form() {
    let text = String::from("red");
    let shown = |builder: CounterBuilder| {
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
fn series_in_every_form() -> Result<(), Error> {
    let listed: Series = [" ", "e\u{301}"].try_into()?;
    for (series, shown) in [(listed, "e\u{301}e\u{301}  "), (".o".parse()?, "oo.."), (Series::default(), "██  ")] {
        let bar = manager().counter().total(4).series(series).bar_format(bar_format!("{bar}")).add();
        bar.inc(2);
        assert_eq!(bar.render(4), shown);
    }
    let plain = manager().counter().total(4).bar_format(bar_format!("{bar}")).count(2);
    let cells: &[&str] = &["-", "="];
    for builder in [plain.clone().series("-="), plain.clone().series(["-", "="]), plain.clone().series(cells)] {
        assert_eq!(builder.try_add()?.render(4), "==--");
    }
    assert_eq!(plain.series(vec![String::from("-"), String::from("=")]).try_add()?.render(4), "==--");
    for (text, wanted) in [
        ("", "cannot draw with this series: it needs an empty and a full cell"),
        ("#", "cannot draw with this series: it needs an empty and a full cell"),
        (" 漢", "cannot draw with this series: each cell must be one column wide, and `漢` takes 2"),
    ] {
        assert_eq!(message(text.parse::<Series>()), wanted);
        assert_eq!(message(manager().counter().series(text).try_add()), wanted);
    }
    Ok(())
}
