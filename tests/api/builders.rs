//! Builders of managers and bars: settings that are right, wrong, or right too late.

use std::time::Duration;

use footlights::{ColorDepth, Counter, Error, Manager, ManagerBuilder, Output, bar_format};

use crate::hidden::{manager, message};

#[test]
fn a_manager_builder_can_be_a_constant() {
    const SETTINGS: ManagerBuilder = Manager::builder().output(Output::None).frame_rate(10).width(40);
    assert!(!SETTINGS.build().is_enabled());
}

#[test]
fn a_builder_can_be_cloned() {
    let builder = manager().counter().total(3).bar_format(bar_format!("{desc}: {count} of {total}"));
    let bars: Vec<Counter> = ["a", "b"].map(|desc| builder.clone().desc(desc).add()).into();
    bars[1].inc(2);
    assert_eq!([bars[0].render(80), bars[1].render(80)], ["a: 0 of 3", "b: 2 of 3"]);
}

#[test]
fn all_problems_are_reported_at_once() -> Result<(), Error> {
    let wrong = manager().counter().color("rde").series("#").fill('漢').position(0).total(4).desc("Wrong");
    assert_eq!(
        message(wrong.clone().try_add()),
        "4 settings are wrong\n  \
           cannot read color `rde`: unknown word `rde`; did you mean `red`? (column 1)\n  \
           cannot draw with this series: it needs an empty and a full cell\n  \
           cannot fill with `漢`: it does not take exactly one column\n  \
           cannot pin a bar to row 0: rows are counted from 1"
    );
    // `add` uses the settings that are right, and the defaults of the others.
    let bar = wrong.color("red").bar_format(bar_format!("{desc} |{bar}|")).add();
    bar.inc(2);
    assert_eq!(bar.render_at(12, Duration::ZERO, ColorDepth::Ansi16), "Wrong |\x1b[m\x1b[31m██  \x1b[m|");

    let status = manager().status_bar().color("bold_blod").text("ready");
    assert_eq!(
        message(status.clone().try_add()),
        "cannot read color `bold_blod`: unknown word `blod`; did you mean `bold`? (column 6)"
    );
    assert_eq!(status.add().render(6), "ready ");

    let bar = manager().counter().count(2).add();
    let segment = bar.segment("part").color("rde").count(3);
    assert_eq!(
        message(segment.clone().try_add()),
        "2 settings are wrong\n  \
           cannot read color `rde`: unknown word `rde`; did you mean `red`? (column 1)\n  \
           cannot start a segment at 3: of the bar's count, 2 is not in other segments"
    );
    assert_eq!(segment.add().count(), 2);
    assert!(manager().counter().color("red").position(1).try_add().is_ok());
    Ok(())
}

#[test]
fn a_bar_replaces_another() {
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
    let row = message(manager.counter().position(0).try_add());
    assert_eq!(row, "cannot pin a bar to row 0: rows are counted from 1");
    let fill = message(manager.counter().fill('漢').try_add());
    assert_eq!(fill, "cannot fill with `漢`: it does not take exactly one column");
    // If the new bar is not added, the old one stays.
    assert!(manager.counter().replace(&again).fill('漢').try_add().is_err());
    assert!(!again.is_closed());
}

#[test]
fn a_setting_that_is_made_again_is_judged_by_its_last_value() {
    let builder = manager().counter().color("rde").series("#").fill('漢');
    assert!(builder.clone().color("red").series(" #").fill('.').try_add().is_ok());
    assert!(builder.clone().color("red").try_add().is_err());
    // What a function returns is a value too.
    let made = builder.clone().color("red").fill('.').series(footlights::Series::full_first("#-"));
    assert!(made.clone().try_add().is_ok() && made.series(footlights::Series::full_first("#")).try_add().is_err());
    // A style replaces what was set before it.
    assert!(builder.clone().style(&footlights::CounterStyle::cargo()).try_add().is_ok());
    let segment = builder.add().segment("failed").color("rde");
    assert!(segment.clone().try_add().is_err() && segment.color("red").try_add().is_ok());
}

#[test]
fn texts_of_all_types() {
    let (owned, borrowed) = (String::from("owned"), std::borrow::Cow::from("cow"));
    let bar = manager().counter().desc(&owned).unit(borrowed).message('c').field("name", &owned).add();
    assert_eq!((&*bar.desc(), &*bar.unit(), bar.message().as_deref()), ("owned", "cow", Some("c")));
    bar.set_message(&owned);
    bar.set_message(owned);
    assert_eq!(bar.message().as_deref(), Some("owned"));
}

#[test]
fn finishing_never_takes_back() {
    for (total, count, finished) in [(Some(10), 4, 10), (Some(10), 15, 15), (None, 3, 3)] {
        let bar = manager().counter().total(total).add();
        bar.inc(count);
        bar.finish();
        assert_eq!((bar.count(), bar.is_closed()), (finished, true));
    }
}
