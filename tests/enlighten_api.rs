//! What Enlighten's users do with bars, done with ours, without a terminal.

use std::thread::sleep;
use std::time::Duration;

use footlights::{AnsiColor, ColorDepth, Counter, Defaults, Error, Estimator, Justify, Manager, Series};

fn manager() -> Manager {
    Manager::builder().enabled(false).start()
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
    let one = counter.segment_with(AnsiColor::Red).count(4).add()?;
    assert_eq!((counter.count(), one.count()), (6, 4));
    let refused = refusal(counter.segment_with(AnsiColor::Blue).count(3).add());
    assert_eq!(refused, "cannot start a segment at 3: of the bar's count, 2 is not in other segments");
    one.inc(1);
    counter.set_bar_format("{count_0} {count_1} {rate_0} {rate_1}")?;
    assert_eq!(counter.format_at(40, 2.0, ColorDepth::None), "2 5 0.0 0.5");
    counter.reset();
    assert_eq!((counter.count(), one.count()), (6, 4));
    Ok(())
}

#[test]
fn fractions_are_counted_and_moved() -> Result<(), Error> {
    let counter = manager().counter().total(2.0).add();
    let (one, two) = (counter.segment(AnsiColor::Red), counter.segment(AnsiColor::Blue));
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
    assert_eq!(counter.format_at(12, 1.0, ColorDepth::None), "100%||   2/2");
    Ok(())
}

#[test]
fn fields_of_segments_are_checked() -> Result<(), Error> {
    let counter = counter(10);
    counter.segment_with(AnsiColor::Red).all_fields(false).add()?;
    counter.set_bar_format("{count_1}")?;
    for (format, message) in [
        (
            "{count} {count_2}",
            "template has a field of segment 2, but there is only one (column 9)\n  {count} {count_2}\n          ^",
        ),
        (
            "{rate_1:.1f}",
            "template has a field of segment 1 that needs `all_fields`, which was switched off (column 1)\n  {rate_1:.1f}\n  ^",
        ),
        (
            "{eta_0}",
            "template has the field `eta_0`, which is reserved and never shown: only single segments have a time left \
             (column 1)\n  {eta_0}\n  ^",
        ),
    ] {
        assert_eq!(refusal(counter.set_bar_format(format)), message);
    }
    // What was refused has changed nothing.
    assert_eq!(counter.format(9), "0");
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
    counter.resume();
    assert!(!counter.is_paused());
    while counter.elapsed() == before {}
    assert!(counter.elapsed() < before + Duration::from_millis(5));
}

#[test]
fn what_all_bars_of_a_manager_are_like() -> Result<(), Error> {
    let defaults = Defaults::new().color(AnsiColor::Red).unit("files").field("stage", "one").justify(Justify::Right);
    let defaults = defaults.fill('.')?.series("-#")?.bar_format("{stage} |{bar}| {count} {unit}")?;
    let defaults = defaults.counter_format("{stage}{fill}")?.status_format("{stage}")?;
    let manager = Manager::builder().enabled(false).defaults(defaults).start();

    let bar = manager.counter().total(4).add();
    bar.inc(2);
    assert_eq!(bar.format(18), "one |##--| 2 files");
    assert_eq!(bar.format_at(18, 0.0, ColorDepth::Ansi16), "one |\x1b[m\x1b[31m##--\x1b[m| 2 files");
    assert_eq!(manager.counter().add().format(6), "one...");
    assert_eq!(manager.status_bar().add().format(6), "...one");
    // What is said of a single bar comes first.
    let other = manager.counter().total(4).unit("lines").field("stage", "two").color(AnsiColor::Blue).add();
    assert_eq!(other.format(18), "two |----| 0 lines");
    Ok(())
}

#[test]
fn a_builder_makes_bars_that_are_alike() -> Result<(), Error> {
    let manager = manager();
    let plan = manager.counter().total(3).bar_format("{desc}: {count} of {total}")?;
    let bars: Vec<Counter> = ["a", "b"].map(|desc| plan.clone().desc(desc).add()).into();
    bars[1].inc(2);
    assert_eq!([bars[0].to_string(), bars[1].to_string()], ["a: 0 of 3", "b: 2 of 3"]);
    Ok(())
}

#[test]
fn series_in_their_forms() -> Result<(), Error> {
    let listed: Series = [" ", "e\u{301}"].try_into()?;
    for (series, shown) in [(listed, "e\u{301}e\u{301}  "), (".o".parse()?, "oo.."), (Series::default(), "██  ")] {
        let bar = manager().counter().total(4).series(series)?.bar_format("{bar}")?.add();
        bar.inc(2);
        assert_eq!(bar.format(4), shown);
    }
    for (text, message) in [
        ("", "cannot draw with this series: it needs an empty and a full cell"),
        ("#", "cannot draw with this series: it needs an empty and a full cell"),
        (" 漢", "cannot draw with this series: `漢` is not one column wide"),
    ] {
        assert_eq!(refusal(text.parse::<Series>()), message);
    }
    Ok(())
}

#[test]
fn a_smoothed_counter_knows_nothing_before_it_counts() -> Result<(), Error> {
    let counter = manager().counter().total(5).estimator(Estimator::Smoothed).bar_format("{eta} {rate:.0f}")?.add();
    assert_eq!(counter.format(9), "? 0");
    sleep(Duration::from_millis(2));
    counter.inc(4);
    assert!(counter.format(9).starts_with("00:01 "), "{counter}");
    counter.inc(1);
    assert!(counter.format(9).starts_with("00:00 "), "{counter}");
    Ok(())
}

#[test]
fn bars_make_way_for_others() -> Result<(), Error> {
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
    assert_eq!(refusal(manager.counter().position(0)), "cannot pin a bar to row 0: rows are counted from 1");
    assert_eq!(refusal(manager.counter().fill('漢')), "cannot fill with `漢`: it does not take exactly one column");
    Ok(())
}

#[test]
fn status_bars_say_what_they_are_told() -> Result<(), Error> {
    let bar = manager().status_bar().field("stage", "one").format("<{stage}>")?.add();
    assert_eq!(bar.format(6), "<one> ");
    bar.update("text");
    assert_eq!(bar.format(6), "text  ");
    bar.clear_text();
    bar.set_field("stage", 2);
    bar.set_format("{stage:03d}")?;
    assert_eq!(bar.format(6), "002   ");
    let unknown = refusal(bar.set_format("{count}"));
    assert_eq!(unknown, "template has the field `count`, which status bars do not have (column 1)\n  {count}\n  ^");
    Ok(())
}
