//! Templates as a whole: what they show, what they refuse, what they survive.

use std::sync::Arc;

use proptest::prelude::*;

use super::standard::{BAR_TEXT as BAR, COUNTER_TEXT as COUNTER};
use super::{Kind, Painter, Template};
use crate::paint::color::{Color, ColorDepth};
use crate::paint::line::Line;
use crate::paint::series::Series;
use crate::state::snapshot::{
    CountSnapshot, Estimator, Justify, Number, SegmentSnapshot, Snapshot, StatusSnapshot, Subject, Value,
};

fn counter(count: Number, total: Option<Number>) -> Snapshot {
    Snapshot {
        subject: Subject::Count(CountSnapshot {
            desc: "Test".into(),
            unit: "ticks".into(),
            count,
            start_count: Number::ZERO,
            total,
            segments: Vec::new(),
            series: Arc::new(Series::blocks()),
            estimator: Estimator::Mean,
            speed: 0.0,
        }),
        color: Color::DEFAULT,
        fill: ' ',
        elapsed: 13.0,
        over: false,
        fields: Vec::new(),
    }
}

fn status(text: Option<&str>, justify: Justify, fields: &[(&str, Value)]) -> Snapshot {
    Snapshot {
        subject: Subject::Status(StatusSnapshot { text: text.map(Arc::from), justify }),
        color: Color::DEFAULT,
        fill: '*',
        elapsed: 3600.0,
        over: false,
        fields: fields.iter().map(|(name, value)| (Arc::from(*name), value.clone())).collect(),
    }
}

fn painted(template: &str, shot: &Snapshot, width: usize) -> Line {
    let template = Template::parse(template, Kind::of(shot), &|name| shot.field(name).is_some()).unwrap();
    let mut line = Line::default();
    Painter::default().paint(&template, shot, width, ColorDepth::TrueColor, &mut line);
    assert!(line.width() <= width);
    line
}

fn check(template: &str, shot: &Snapshot, width: usize, shown: &str) {
    assert_eq!(painted(template, shot, width).to_string(), shown, "{template:?} in {width}");
}

#[test]
fn the_usual_lines() {
    let whole = |n| Number::Whole(n);
    let half = counter(whole(13), Some(whole(100)));
    check(BAR, &half, 80, "Test  13%|████▎                            |  13/100 [00:13<01:27, 1.00 ticks/s]");
    check(BAR, &half, 20, "Test  13%||  13/100 ");
    check(BAR, &half, 0, "");
    check(COUNTER, &counter(whole(39), None), 44, "Test 39 ticks [00:13, 3.00 ticks/s]         ");
    check(BAR, &counter(whole(0), Some(whole(0))), 51, "Test 100%|████████| 0/0 [00:13<00:00, 0.00 ticks/s]");
}

#[test]
fn what_stretches() {
    let shot = status(None, Justify::Left, &[("x", Value::from("ab"))]);
    for (template, width, shown) in [
        ("{fill}", 0, ""),
        ("{fill}", 1, "*"),
        ("{x}{fill}{x}", 3, "aba"),
        ("{x}{fill}{x}", 5, "ab*ab"),
        ("{fill}{x}{fill}", 5, "*ab**"),
        ("{x}", 5, "ab***"),
        ("{{{x}}}", 5, "{ab}*"),
    ] {
        check(template, &shot, width, shown);
    }
    for (justify, width, shown) in [
        (Justify::Left, 7, "hi*****"),
        (Justify::Right, 7, "*****hi"),
        (Justify::Center, 7, "***hi**"),
        (Justify::Center, 8, "***hi***"),
        (Justify::Center, 1, "h"),
        (Justify::Right, 0, ""),
    ] {
        check("", &status(Some("hi"), justify, &[]), width, shown);
    }
    let shot = counter(Number::Whole(1), Some(Number::Whole(2)));
    check("{bar}|{bar}", &shot, 8, "█▌ |██  ");
    check("{bar:4}|", &shot, 9, "██  |");
}

#[test]
fn values_are_written_by_their_type() {
    let fine = Value::Float(3.0625);
    for (template, value, shown) in [
        ("{x}", Value::Int(-7), "-7"),
        ("{x:03d}", Value::Int(7), "007"),
        ("{x:+,}", Value::Int(1_234_567), "+1,234,567"),
        ("{x:#x}", Value::Int(255), "0xff"),
        ("{x:_b}", Value::Int(255), "1111_1111"),
        ("{x:c}", Value::Int(9731), "☃"),
        ("{x:.2f}", fine.clone(), "3.06"),
        ("{x:.1%}", Value::Float(0.125), "12.5%"),
        ("{x}", Value::Float(1e16), "1e+16"),
        ("{x}", Value::Float(2.0), "2.0"),
        ("{x:d}", Value::Float(2.5), "2"),
        ("{x:.1f}", Value::Float(f64::NAN), "nan"),
        ("{x:06.1f}", Value::Float(f64::NEG_INFINITY), "-00inf"),
        ("{x:.2h}", Value::Float(f64::INFINITY), "inf"),
        ("{x:.2h}", Value::Int(999_999), "1.00M"),
        ("{x:!.2k}", Value::Int(1536), "1.50 Ki"),
        ("{x:d}", Value::from("text"), "text"),
        ("{x:>6.2}", Value::from("text"), "    te"),
        ("{x:{w}}|", Value::from("a"), "a   |"),
        ("{x:.{w}f}", fine, "3.0625"),
    ] {
        let shot = status(None, Justify::Left, &[("x", value.clone()), ("w", Value::Int(4))]);
        check(&format!("{template}{{fill}}"), &shot, 20, &format!("{shown:*<20}"));
    }
}

#[test]
fn styles_in_texts() {
    let red: Color = "red".parse().unwrap();
    let bold: Color = "bold".parse().unwrap();
    let look = |template: &str, value: &str| -> Vec<(String, Color)> {
        let shot = status(None, Justify::Left, &[("x", Value::from(value))]);
        let line = painted(template, &shot, 3);
        line.glyphs().map(|(glyph, cell)| (glyph.to_owned(), cell.color)).collect()
    };
    let expect = |colors: [Color; 3]| -> Vec<(String, Color)> { "abc".chars().map(String::from).zip(colors).collect() };
    let plain = Color::DEFAULT;
    assert_eq!(look("{x}", "a\x1b[31mb\x1b[mc"), expect([plain, red, plain]));
    assert_eq!(look("{x}c", "a\x1b[31mb"), expect([plain, red, red]));
    assert_eq!(look("{x:.2}c", "\x1b[31mab\x1b[mz\x07"), expect([red, red, plain]));
    assert_eq!(look("a{:red}{x}{:}c", "b"), expect([plain, red, plain]));
    assert_eq!(look("{:bold}a{:}{x}", "bc"), expect([bold, plain, plain]));
}

#[test]
fn what_is_refused() {
    for (template, kind, problem) in [
        ("{", Kind::Bar, "has a `{` that is never closed (column 1)"),
        ("a}", Kind::Bar, "has a `}` that closes nothing (column 2)"),
        ("{}", Kind::Bar, "has a field without a name (column 1)"),
        ("ab{count", Kind::Bar, "has a `{` that is never closed (column 3)"),
        ("{count:", Kind::Bar, "has a `{` that is never closed (column 1)"),
        ("{count!r}", Kind::Bar, "has a conversion, which no field takes (column 7)"),
        ("{count.real}", Kind::Bar, "looks inside a field, which is not possible (column 7)"),
        ("{fill}", Kind::Bar, "has the field `fill`, which a format with a bar does not have (column 1)"),
        ("{bar}", Kind::Counter, "has the field `bar`, which a counter without a total does not have (column 1)"),
        ("{eta}", Kind::Counter, "has the field `eta`, which a counter without a total does not have (column 1)"),
        (
            "{percentage_1}",
            Kind::Counter,
            "has the field `percentage_1`, which a counter without a total does not have (column 1)",
        ),
        (
            "{eta_0}",
            Kind::Bar,
            "has the field `eta_0`, which is reserved and never shown: only single segments have a time left (column 1)",
        ),
        ("{count_01}", Kind::Bar, "has the field `count_01`, which names no segment: they count from _1 (column 1)"),
        ("{count:5q}", Kind::Bar, "has an invalid format for `count`: nothing is known of `q` (column 9)"),
        ("{desc:d}", Kind::Bar, "has an invalid format: `desc` has a type for numbers, but is a text (column 7)"),
        (
            "{rate:d}",
            Kind::Bar,
            "has an invalid format: `rate` has a type for whole numbers, but is a fraction (column 7)",
        ),
        ("{:blod}", Kind::Bar, "has an invalid style: unknown word `blod` (column 3)"),
        ("a {:bold_blod}", Kind::Bar, "has an invalid style: unknown word `blod` (column 10)"),
        ("{count:{count:d}}", Kind::Bar, "has a format for `count`, which is a width here (column 14)"),
        ("{desc} {stge}", Kind::Bar, &unknown("stge", 8)),
        ("{count:{n}d}", Kind::Bar, &unknown("n", 8)),
        ("{a\u{7}b}", Kind::Bar, &unknown("a\\u{7}b", 1)),
        ("{count}", Kind::Status, "has the field `count`, which status bars do not have (column 1)"),
        ("{bytes}", Kind::Status, "has the field `bytes`, which status bars do not have (column 1)"),
        ("{bar}", Kind::Status, "has the field `bar`, which status bars do not have (column 1)"),
        (
            "{eta_short}",
            Kind::Counter,
            "has the field `eta_short`, which a counter without a total does not have (column 1)",
        ),
        (
            "{message:d}",
            Kind::Bar,
            "has an invalid format: `message` has a type for numbers, but is a text (column 10)",
        ),
        ("{message}", Kind::Status, "has the field `message`, which status bars do not have (column 1)"),
        ("{bytes:d}", Kind::Bar, "has an invalid format: `bytes` has a type for numbers, but is a text (column 8)"),
        ("{pulse:x}", Kind::Counter, "has the width `x`, which is not a number (column 8)"),
        ("{bar:wide}", Kind::Bar, "has the width `wide`, which is not a number (column 6)"),
    ] {
        let error = Template::parse(template, kind, &|_| false).unwrap_err().to_string();
        assert_eq!(error.lines().next(), Some(format!("template {problem}").as_str()), "{template:?}");
    }
}

#[test]
fn where_and_what_instead() {
    let refusal = |text: &str, kind| Template::parse(text, kind, &|_| false).unwrap_err().to_string();
    let caret = |text: &str, kind| refusal(text, kind).lines().last().unwrap_or_default().to_owned();
    assert_eq!(caret("下{", Kind::Bar), "    ^");
    assert_eq!(caret("a\nb}", Kind::Bar), "     ^");
    let error = Template::parse("ab{desc!r}", Kind::Bar, &|_| false).unwrap_err();
    assert_eq!(format!("{error:?}"), error.to_string());
    for (text, kind, hint) in [
        ("{wide_bar}", Kind::Bar, "  ^ did you mean `bar`? `footlights::formats` lists all fields"),
        ("{wide_bar}", Kind::Counter, "  ^ `footlights::formats` lists all fields"),
        ("{cuont:{n}d}", Kind::Counter, "  ^ did you mean `count`? `footlights::formats` lists all fields"),
        ("{cuont}", Kind::Status, "  ^ `footlights::formats` lists all fields"),
        ("{elapsd}", Kind::Status, "  ^ did you mean `elapsed`? `footlights::formats` lists all fields"),
        ("{count}", Kind::Status, "  ^"),
    ] {
        assert_eq!(caret(text, kind), hint, "{text}");
    }
}

fn unknown(name: &str, column: usize) -> String {
    format!("has the field `{name}`, which is neither built in nor was set before as one of your own (column {column})")
}

#[test]
fn what_is_declared() {
    let parse = |text: &str| Template::parse(text, Kind::Bar, &|name| ["stage", "spinner"].contains(&name)).unwrap();
    assert_eq!(parse("{stage} {count:{len_total}d}").pieces.len(), 3);
    // A field of the user's own comes before one of ours.
    assert!(!parse("{spinner}").moves());
    assert!(parse("{pulse}").moves());
    let check = |text: &str, segments: &[bool]| {
        let error = parse(text).check_segments(segments).err();
        error.map(|err| err.to_string().lines().next().unwrap_or_default().to_owned())
    };
    let refused = |problem: &str| Some(format!("template {problem}"));
    assert_eq!(check("{count_1} {rate_1}", &[true]), None);
    assert_eq!(check("{count_0}", &[]), refused("has a field of segments, but there are no segments (column 1)"));
    assert_eq!(check("{count_1}", &[]), refused("has a field of segment 1, but there are no segments (column 1)"));
    assert_eq!(check("{count_2}", &[true]), refused("has a field of segment 2, but there is only one (column 1)"));
    assert_eq!(check("{eta_9}", &[true; 2]), refused("has a field of segment 9, but there are only 2 (column 1)"));
    let off = "has a field of segment 1 that needs `all_fields`, which was switched off (column 1)";
    assert_eq!(check("{rate_1}", &[false]), refused(off));
}

#[test]
fn our_own_fields() {
    let mut shot = counter(Number::Whole(3 << 20), Some(Number::Whole(12 << 20)));
    let width = 60;
    for (template, shown) in [
        ("{bytes} of {total_bytes} at {bytes_per_sec}", "3.0 MiB of 12.0 MiB at 236.3 KiB/s"),
        ("{elapsed_short} {eta_short}", "13s 39s"),
        ("{rate_smooth:.1f} {eta_smooth}", "0.0 ?"),
        ("{spinner}", "⠋"),
        ("{pulse:10}|", "    ██    |"),
        ("{percentage_1:.1f}% {percentage_0:.0f}%", "5.0% 20%"),
    ] {
        if let Subject::Count(counter) = &mut shot.subject {
            let count = Number::Whole((12 << 20) / 20);
            counter.segments = vec![SegmentSnapshot { color: Color::DEFAULT, count, start_count: Number::ZERO }];
        }
        check(template, &shot, width, shown);
    }
    if let Subject::Count(counter) = &mut shot.subject {
        (counter.estimator, counter.speed) = (Estimator::Smoothed, f64::from(3 << 20));
    }
    check("{rate:.1h} {eta} {eta_short} {interval:.0e}", &shot, width, "3.1M 00:03 3s 3e-07");
    shot.over = true;
    check("{spinner}|{pulse:3}|", &shot, width, " |███|");
    let status = status(None, Justify::Left, &[]);
    check("{spinner} {elapsed_short} {pulse:5}", &status, 16, "⠋ 1h 00m █    **");
}

fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        any::<i64>().prop_map(Number::Whole),
        (-5..500_i64).prop_map(Number::Whole),
        any::<f64>().prop_map(Number::Fraction),
        (0.0..500.0).prop_map(Number::Fraction),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn no_template_breaks_it(
        pieces in prop::collection::vec(prop_oneof![
            "\\{(count|total|rate|eta|desc|x|bytes|eta_short|eta_smooth|rate_smooth|spinner|pulse|count_1|percentage_0|elapsed|interval_2)(:[*<>^=+ #0!1-9,_%.a-zA-Z-]{0,8})?\\}",
            "[{}a-z:!.\u{1b}\u{7}漢 \\[0-9;m]{0,6}",
            Just("{bar}".to_owned()),
            Just("{fill}".to_owned()),
            Just("{:red}".to_owned()),
            Just("{count:{total}.{x}f}".to_owned()),
        ], 0..6),
        count in number(), start in number(), total in prop::option::of(number()), part in number(),
        elapsed in prop_oneof![any::<f64>(), 0.0..1e6],
        x in prop_oneof![any::<i64>().prop_map(Value::Int), any::<f64>().prop_map(Value::Float), ".{0,9}".prop_map(Value::from)],
        width in 0_usize..150,
        status in any::<bool>(),
    ) {
        let text = pieces.concat();
        let mut shot = counter(count, total);
        shot.elapsed = elapsed;
        shot.fields.push(("x".into(), x));
        if let Subject::Count(counter) = &mut shot.subject {
            counter.start_count = start;
            let color = Color::rgb(1, 2, 3);
            counter.segments.push(SegmentSnapshot { color, count: part, start_count: Number::ZERO });
        }
        if status {
            shot.subject = Subject::Status(StatusSnapshot { text: None, justify: Justify::Center });
        }
        for kind in [Kind::Bar, Kind::Counter, Kind::Status] {
            match Template::parse(&text, kind, &|name| name == "x") {
                Ok(template) => {
                    let mut line = Line::default();
                    Painter::default().paint(&template, &shot, width, ColorDepth::Ansi16, &mut line);
                    prop_assert!(line.width() <= width);
                }
                Err(err) => prop_assert!(err.to_string().lines().count() == 3),
            }
        }
    }
}
