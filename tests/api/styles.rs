//! What Enlighten's users do with bars, done with ours, without a terminal.

use std::thread::sleep;
use std::time::{Duration, Instant};

use footlights::{
    AnsiColor, BarFormat, ColorDepth, Counter, CounterStyle, Error, Estimator, Justify, Manager, Output, Series,
    StatusFormat, StatusStyle, bar_format, counter_format, status_format,
};

fn manager() -> Manager {
    Manager::builder().output(Output::Hidden).build()
}

fn counter(total: i64) -> Counter {
    manager().counter().total(total).desc("Test").add()
}

fn refusal<T>(result: Result<T, Error>) -> String {
    result.err().expect("it is refused").to_string()
}

#[test]
fn segments_may_start_with_a_count() -> Result<(), Error> {
    let counter = manager().counter().total(10).count(6).add();
    let one = counter.segment("red").color(AnsiColor::Red).count(4).try_add()?;
    assert_eq!((counter.count(), one.count()), (6, 4));
    let refused = refusal(counter.segment("blue").color(AnsiColor::Blue).count(3).try_add());
    assert_eq!(refused, "cannot start a segment at 3: of the bar's count, 2 is not in other segments");
    one.inc(1);
    counter.set_bar_format(bar_format!("{count_0} {count_1} {rate_0} {rate_1}"));
    assert_eq!(counter.render_at(40, Duration::from_secs(2), ColorDepth::None), "2 5 0.0 0.5");
    counter.reset();
    assert_eq!((counter.count(), one.count()), (6, 4));
    Ok(())
}

#[test]
fn fractions_are_counted_and_moved() -> Result<(), Error> {
    let counter = manager().counter().total(2.0).add();
    let (one, two) =
        (counter.segment("red").color(AnsiColor::Red).add(), counter.segment("blue").color(AnsiColor::Blue).add());
    counter.inc_fraction(0.75);
    one.inc_fraction(0.5);
    two.move_fraction_from(&one, 0.25)?;
    two.move_fraction_from(&counter, 0.5)?;
    assert_eq!((counter.count_f64(), one.count_f64(), two.count_f64()), (1.25, 0.25, 0.75));
    for (n, why) in [
        (0.5, "the source has fewer"),
        (-1.0, "the segment has fewer to give back"),
        (f64::NAN, "that is not a finite number"),
        (f64::INFINITY, "that is not a finite number"),
    ] {
        let refused = refusal(two.move_fraction_from(&one, n));
        assert_eq!(refused, format!("cannot move {n} counts: {why}"));
    }
    one.set(1);
    assert_eq!((counter.count_f64(), one.count_f64()), (2.0, 1.0));
    assert_eq!(counter.render_at(12, Duration::from_secs(1), ColorDepth::None), "100%||   2/2");
    Ok(())
}

#[test]
fn fields_of_segments_are_checked() -> Result<(), Error> {
    let counter = counter(10);
    let _failed = counter.segment("red").color(AnsiColor::Red).all_fields(false).add();
    let set = |format: &str| {
        counter.set_bar_format(BarFormat::new(format)?);
        counter.check_formats()
    };
    set("{count_1}")?;
    for (format, message) in [
        (
            "{count} {count_2}",
            "format has an error\n  {count} {count_2}\n          ^ column 9: there is no segment 2: the bar has 1",
        ),
        (
            "{rate_1:.1f}",
            "format has an error\n  {rate_1:.1f}\n  ^ column 1: `all_fields` is switched off for this segment",
        ),
        (
            "{eta_0}",
            "format has an error\n  {eta_0}\n  ^ column 1: there is no field `eta_0`: only single segments have an ETA",
        ),
    ] {
        assert_eq!(refusal(set(format)), message);
    }
    // What there is not shows nothing.
    counter.set_bar_format(bar_format!("<{count_2}{rate_2}>"));
    assert_eq!(counter.render(9), "<>");
    Ok(())
}

#[test]
fn a_pause_is_not_counted() {
    let counter = counter(4);
    counter.pause();
    assert!(counter.is_paused());
    let before = counter.elapsed();
    sleep(Duration::from_millis(5));
    counter.inc(1);
    assert_eq!(counter.elapsed(), before);
    let resuming = Instant::now();
    counter.resume();
    assert!(!counter.is_paused());
    // The clock runs again, since then and not for longer.
    while counter.elapsed() == before {}
    let elapsed = counter.elapsed();
    assert!(elapsed <= before + resuming.elapsed(), "{elapsed:?} after {before:?}");
}

#[test]
fn bars_of_a_manager_have_its_style() {
    let style = CounterStyle::new().color(AnsiColor::Red).unit("files").field("stage", "one").fill('.').series("-#");
    let style = style.bar_format(bar_format!("{stage} |{bar}| {count} {unit}", stage));
    let style = style.counter_format(counter_format!("{stage}{fill}", stage));
    let status = StatusStyle::new().field("stage", "one").justify(Justify::Right).fill('.');
    let status = status.format(status_format!("{stage}", stage));
    let manager = Manager::builder().output(Output::Hidden).counter_style(style).status_style(status).build();

    let bar = manager.counter().total(4).add();
    bar.inc(2);
    assert_eq!(bar.render(18), "one |##--| 2 files");
    assert_eq!(bar.render_at(18, Duration::ZERO, ColorDepth::Ansi16), "one |\x1b[m\x1b[31m##--\x1b[m| 2 files");
    assert_eq!(manager.counter().add().render(6), "one...");
    assert_eq!(manager.status_bar().add().render(6), "...one");
    // Settings of a single bar come first.
    let other = manager.counter().total(4).unit("lines").field("stage", "two").color(AnsiColor::Blue).add();
    assert_eq!(other.render(18), "two |----| 0 lines");
}

#[test]
fn a_builder_makes_bars_that_are_alike() {
    let plan = manager().counter().total(3).bar_format(bar_format!("{desc}: {count} of {total}"));
    let bars: Vec<Counter> = ["a", "b"].map(|desc| plan.clone().desc(desc).add()).into();
    bars[1].inc(2);
    assert_eq!([bars[0].render(80), bars[1].render(80)], ["a: 0 of 3", "b: 2 of 3"]);
}

#[test]
fn series_in_their_forms() -> Result<(), Error> {
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
    for (text, message) in [
        ("", "cannot draw with this series: it needs an empty and a full cell"),
        ("#", "cannot draw with this series: it needs an empty and a full cell"),
        (" 漢", "cannot draw with this series: `漢` is not one column wide"),
    ] {
        assert_eq!(refusal(text.parse::<Series>()), message);
        assert_eq!(refusal(manager().counter().series(text).try_add()), message);
    }
    Ok(())
}

#[test]
fn a_smoothed_counter_knows_nothing_before_it_counts() {
    let format = bar_format!("{eta} {rate:.0f}");
    let counter = manager().counter().total(5).estimator(Estimator::Smoothed).bar_format(format).add();
    assert_eq!((counter.render(9), counter.rate(), counter.eta()), ("? 0".to_owned(), 0.0, None));
    while counter.elapsed().is_zero() {}
    counter.inc(4);
    let line = counter.render(9);
    // Never zero before everything is counted.
    assert!(line.starts_with("00:01 ") && counter.eta().is_some_and(|eta| eta >= Duration::from_secs(1)), "{line}");
    counter.inc(1);
    let line = counter.render(9);
    assert!(line.starts_with("00:00 "), "{line}");
    assert_eq!(counter.eta(), Some(Duration::ZERO));
}

#[test]
fn bars_make_way_for_others() {
    let manager = manager();
    let counter = manager.counter().add();
    let status = manager.status_bar().text("hello").replace(&counter).add();
    assert!(counter.is_closed() && !status.is_closed());
    let again = manager.counter().replace(&status).add();
    again.clear();
    again.remove();
    assert!(again.is_closed());
    again.reset();
    assert!(!again.is_closed());
    let row = refusal(manager.counter().position(0).try_add());
    assert_eq!(row, "cannot pin a bar to row 0: rows are counted from 1");
    let fill = refusal(manager.counter().fill('漢').try_add());
    assert_eq!(fill, "cannot fill with `漢`: it does not take exactly one column");
    // A bar that was to be replaced stays if the new one is not added.
    assert!(manager.counter().replace(&again).fill('漢').try_add().is_err());
    assert!(!again.is_closed());
}

#[test]
fn status_bars_show_text_or_format() -> Result<(), Error> {
    let bar = manager().status_bar().field("stage", "one").format(status_format!("<{stage}>", stage)).add();
    assert_eq!((bar.render(6), bar.text()), ("<one> ".to_owned(), None));
    bar.set_text("text");
    assert_eq!((bar.render(6), bar.text().as_deref()), ("text  ".to_owned(), Some("text")));
    bar.clear_text();
    bar.set_field("stage", 2);
    bar.set_format(status_format!("{stage:03d}", stage));
    assert_eq!(bar.render(6), "002   ");
    bar.check_formats()?;
    bar.set_format(status_format!("{stage}{step}", stage, step));
    let unset = refusal(bar.check_formats());
    assert_eq!(unset, "format has an error\n  {stage}{step}\n         ^ column 8: the field `step` was never set");
    let unknown = refusal(StatusFormat::new("{count}"));
    let refused =
        "format has an error\n  {count}\n  ^ column 1: a status format has no field `count`: it needs a counter";
    assert_eq!(unknown, refused);
    bar.pause();
    assert!(bar.is_paused());
    bar.resume();
    assert!(!bar.is_paused());
    Ok(())
}
