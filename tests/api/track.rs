//! The one call for the smallest programs. The streams of tests are no terminals, mostly.

use footlights::{CounterStyle, track};

#[test]
fn items_pass_unchanged() {
    let items = track(1..5).desc("Items").unit("items").style(&CounterStyle::ascii());
    assert_eq!(items.len(), 4);
    assert!(format!("{items:?}").contains("1..5"));
    assert_eq!(items.map(|n| n * n).sum::<i32>(), 30);
    let mut both = track(vec!["a", "b", "c"]);
    assert_eq!((both.next(), both.next_back(), both.len()), (Some("a"), Some("c"), 1));
    // Settings come too late now, and change nothing.
    let mut both = both.desc("late").total(9);
    assert_eq!((both.next(), both.next()), (Some("b"), None));
    let unknown = (0..9).filter(|n| n % 2 == 0);
    assert_eq!(track(unknown).total(5).collect::<Vec<_>>(), [0, 2, 4, 6, 8]);
}

#[test]
fn one_inside_of_the_other() {
    let mut pairs = 0;
    for _ in track(0..3).desc("outer") {
        pairs += track(0..4).desc("inner").count();
    }
    assert_eq!(pairs, 12);
    assert_eq!(track(std::iter::empty::<u8>()).next(), None);
}
