//! Status bars: text, or a format.

use footlights::{Error, StatusFormat, status_format};

use crate::hidden::{manager, message};

#[test]
fn text_replaces_the_format_until_it_is_cleared() -> Result<(), Error> {
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
    let unset = message(bar.check_formats());
    assert_eq!(unset, "format has an error\n  {stage}{step}\n         ^ column 8: the field `step` was never set");
    let unknown = message(StatusFormat::new("{count}"));
    let expected =
        "format has an error\n  {count}\n  ^ column 1: a status format has no field `count`: it needs a counter";
    assert_eq!(unknown, expected);
    bar.pause();
    assert!(bar.is_paused());
    bar.resume();
    assert!(!bar.is_paused());
    Ok(())
}
