//! Segments: their counts, their names, and the fields of formats that show them.

use std::time::Duration;

use footlights::{AnsiColor, BarFormat, Color, ColorDepth, Error, bar_format};

use crate::hidden::{counter, manager, message};

#[test]
fn segments_count_for_the_bar() {
    let counter = counter();
    let failed = counter.segment("failed").color(Color::rgb(220, 40, 40)).add();
    let skipped = counter.segment("yellow").color(AnsiColor::Yellow).add();
    counter.inc(10);
    failed.inc(2);
    skipped.inc(3);
    assert_eq!((counter.count(), failed.count(), skipped.count()), (15, 2, 3));
    failed.set(5);
    assert_eq!((counter.count(), failed.count()), (18, 5));
    failed.dec(1);
    assert_eq!((counter.count(), failed.count()), (17, 4));
    assert_eq!(failed.counter().count(), 17);
}

#[test]
fn segments_may_start_with_a_count() -> Result<(), Error> {
    let counter = manager().counter().total(10).count(6).add();
    let one = counter.segment("red").color(AnsiColor::Red).count(4).try_add()?;
    assert_eq!((counter.count(), one.count()), (6, 4));
    let error = message(counter.segment("blue").color(AnsiColor::Blue).count(3).try_add());
    assert_eq!(error, "cannot start a segment at 3: of the bar's count, 2 is not in other segments");
    one.inc(1);
    counter.set_bar_format(bar_format!("{count_0} {count_1} {rate_0} {rate_1}"));
    assert_eq!(counter.render_at(40, Duration::from_secs(2), ColorDepth::None), "2 5 0.0 0.5");
    counter.reset();
    assert_eq!((counter.count(), one.count()), (6, 4));
    Ok(())
}

#[test]
fn a_move_keeps_the_sum() -> Result<(), Error> {
    let counter = counter();
    let (from, to) =
        (counter.segment("red").color(AnsiColor::Red).add(), counter.segment("green").color(AnsiColor::Green).add());
    counter.inc(4);
    from.inc(6);
    to.move_from(&from, 2)?;
    assert_eq!((from.count(), to.count(), counter.count()), (4, 2, 10));
    to.move_from(&counter, 4)?;
    assert_eq!((from.count(), to.count(), counter.count()), (4, 6, 10));
    to.move_from(&from, 0)?;
    to.move_from(&to, 6)?;
    assert_eq!((from.count(), to.count(), counter.count()), (4, 6, 10));
    Ok(())
}

/// A move that fails moves nothing.
#[test]
fn moves_that_fail() {
    let (counter, other) = (counter(), counter());
    let (from, to) =
        (counter.segment("red").color(AnsiColor::Red).add(), counter.segment("green").color(AnsiColor::Green).add());
    let foreign = other.segment("blue").color(AnsiColor::Blue).add();
    counter.inc(4);
    from.inc(6);
    other.inc(9);
    foreign.inc(9);

    assert_eq!(message(to.move_from(&from, 7)), "cannot move 7 counts: the source has fewer");
    // The counts of its segments cannot be moved from the bar.
    assert_eq!(message(to.move_from(&counter, 5)), "cannot move 5 counts: the source has fewer");
    assert_eq!(
        message(to.move_from(&from, u64::MAX)),
        format!("cannot move {} counts: the source has fewer", u64::MAX)
    );
    assert_eq!(message(to.move_from(&foreign, 1)), "cannot move counts from another bar");
    assert_eq!(message(to.move_from(&other, 1)), "cannot move counts from another bar");
    assert_eq!((from.count(), to.count(), counter.count()), (6, 0, 10));
    assert_eq!((foreign.count(), other.count()), (9, 18));
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
    for (n, reason) in [
        (0.5, "the source has fewer"),
        (-1.0, "the segment has fewer to give back"),
        (f64::NAN, "that is not a finite number"),
        (f64::INFINITY, "that is not a finite number"),
    ] {
        let error = message(two.move_fraction_from(&one, n));
        assert_eq!(error, format!("cannot move {n} counts: {reason}"));
    }
    one.set(1);
    assert_eq!((counter.count_f64(), one.count_f64()), (2.0, 1.0));
    assert_eq!(counter.render_at(12, Duration::from_secs(1), ColorDepth::None), "100%||   2/2");
    Ok(())
}

#[test]
fn segments_have_names_and_numbers() {
    let bar = manager().counter().total(10).count(6).add();
    let failed = bar.segment("failed").color("red").count(4).add();
    let skipped = bar.segment("skipped").all_fields(false).add();
    assert_eq!((failed.name(), skipped.name()), ("failed", "skipped"));
    assert_eq!((failed.count(), skipped.count(), bar.count()), (4, 0, 6));
    // The count is limited to what the bar has counted outside of segments, and to zero.
    assert_eq!(bar.segment("late").count(9).add().count(), 2);
    assert_eq!(bar.segment("none").count(-1).add().count(), 0);
    assert_eq!(bar.segment("nan").count(f64::NAN).add().count_f64(), 0.0);
    assert_eq!(bar.segment("all").count(f64::INFINITY).add().count(), 0);
    assert_eq!(bar.count(), 6);
    bar.set_bar_format(bar_format!("{count_1} {count_3}"));
    assert_eq!(bar.render(9), "4 2");
    bar.set_bar_format(bar_format!("{rate_2}"));
    let expected = "format has an error\n  {rate_2}\n  ^ column 1: `all_fields` is switched off for this segment";
    assert_eq!(message(bar.check_formats()), expected);
    bar.set_bar_format(bar_format!("{count_failed:02d} {eta_skipped} {count_lost}"));
    assert_eq!(bar.render(20).trim_end(), "04 ?");
    let error = message(bar.check_formats());
    assert!(error.contains("format has 2 errors") && error.contains("`lost`"), "{error}");
}

#[test]
fn fields_of_segments_are_checked() -> Result<(), Error> {
    let counter = manager().counter().total(10).desc("Test").add();
    let _failed = counter.segment("red").color(AnsiColor::Red).all_fields(false).add();
    let set = |format: &str| {
        counter.set_bar_format(BarFormat::new(format)?);
        counter.check_formats()
    };
    set("{count_1}")?;
    for (format, wanted) in [
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
        assert_eq!(message(set(format)), wanted);
    }
    // A field of a segment that does not exist shows nothing.
    counter.set_bar_format(bar_format!("<{count_2}{rate_2}>"));
    assert_eq!(counter.render(9), "<>");
    Ok(())
}
