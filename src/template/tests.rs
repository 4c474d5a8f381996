//! Templates as a whole: lines, errors, and arbitrary input.

use std::sync::Arc;

use proptest::prelude::*;

use super::kind::Kind;
use super::render::renderer::TemplateRenderer;
use super::standard;
use super::template::Template;
use crate::cells::charset::Charset;
use crate::cells::color::{Color, ColorDepth};
use crate::cells::line::Line;
use crate::state::fields::Fields;
use crate::state::number::Number;
use crate::state::rate::Estimator;
use crate::state::snapshot::{CountSnapshot, Justify, SegmentSnapshot, Snapshot, StatusSnapshot, Subject};
use crate::state::value::Value;

fn counter(count: Number, total: Option<Number>) -> Snapshot {
    Snapshot {
        subject: Subject::Count(CountSnapshot {
            desc: "Test".into(),
            unit: "ticks".into(),
            count,
            total,
            ..CountSnapshot::new()
        }),
        elapsed: 13.0,
        ..Snapshot::counter()
    }
}

fn own(fields: &[(&str, Value)]) -> Fields {
    let mut own = Fields::default();
    fields.iter().for_each(|(name, value)| own.set(name, value.clone()));
    own
}

fn status(text: Option<&str>, justify: Justify, fields: &[(&str, Value)]) -> Snapshot {
    Snapshot {
        subject: Subject::Status(StatusSnapshot { text: text.map(Arc::from), justify }),
        color: Color::DEFAULT,
        fill: '*',
        elapsed: 3600.0,
        finished: false,
        depth: 0,
        fields: own(fields),
        ..Snapshot::status()
    }
}

fn rendered(format: &str, snapshot: &Snapshot, width: usize) -> Line {
    let own: Vec<&str> = snapshot.fields.iter().map(|(name, _)| name).filter(|name| *name != super::MESSAGE).collect();
    let template = Template::parse(format, Kind::of(snapshot), &own).unwrap();
    let mut line = Line::default();
    TemplateRenderer::new(Charset::Unicode).render(
        (&template, 0),
        snapshot,
        width,
        ColorDepth::TrueColor,
        &mut line,
        None,
    );
    assert!(line.width() <= width);
    line
}

fn check(format: &str, snapshot: &Snapshot, width: usize, shown: &str) {
    assert_eq!(rendered(format, snapshot, width).to_string(), shown, "{format:?} in {width}");
}

#[test]
fn standard_lines() {
    let (bar, counter_format) = (standard::row(Kind::Bar).text(), standard::row(Kind::Counter).text());
    let whole = |n| Number::Whole(n);
    let half = counter(whole(13), Some(whole(100)));
    check(bar, &half, 80, "Test  13%|████▎                            |  13/100 [00:13<01:27, 1.00 ticks/s]");
    check(bar, &half, 20, "Test  13%||  13/100 ");
    check(bar, &half, 0, "");
    check(counter_format, &counter(whole(39), None), 44, "Test 39 ticks [00:13, 3.00 ticks/s]         ");
    check(bar, &counter(whole(0), Some(whole(0))), 51, "Test 100%|████████| 0/0 [00:13<00:00, 0.00 ticks/s]");
}

#[test]
fn free_columns() {
    let snapshot = status(None, Justify::Left, &[("x", Value::from("ab"))]);
    for (template, width, shown) in [
        ("{fill}", 0, ""),
        ("{fill}", 1, "*"),
        ("{x}{fill}{x}", 3, "aba"),
        ("{x}{fill}{x}", 5, "ab*ab"),
        ("{fill}{x}{fill}", 5, "*ab**"),
        ("{x}", 5, "ab***"),
        ("{{{x}}}", 5, "{ab}*"),
    ] {
        check(template, &snapshot, width, shown);
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
    let snapshot = counter(Number::Whole(1), Some(Number::Whole(2)));
    check("{bar}|{bar}", &snapshot, 8, "█▌ |██  ");
    check("{bar:4}|", &snapshot, 9, "██  |");
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
        let snapshot = status(None, Justify::Left, &[("x", value.clone()), ("w", Value::Int(4))]);
        check(&format!("{template}{{fill}}"), &snapshot, 20, &format!("{shown:*<20}"));
    }
}

#[test]
fn styles_in_texts() {
    let red: Color = "red".parse().unwrap();
    let bold: Color = "bold".parse().unwrap();
    let look = |template: &str, value: &str| -> Vec<(String, Color)> {
        let snapshot = status(None, Justify::Left, &[("x", Value::from(value))]);
        let line = rendered(template, &snapshot, 3);
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

/// The explanations of all mistakes in a format.
fn mistakes(text: &str, kind: Kind) -> Vec<String> {
    let error = Template::parse(text, kind, &[]).unwrap_err().to_string();
    error.lines().filter_map(|line| line.split_once("^ ")).map(|(_, mistake)| mistake.to_owned()).collect()
}

#[test]
fn formats_that_are_refused() {
    for (text, kind, mistake) in [
        ("{", Kind::Bar, "column 1: this `{` is never closed; a literal brace is written `{{`"),
        ("a}", Kind::Bar, "column 2: this `}` closes nothing; a literal brace is written `}}`"),
        ("{}", Kind::Bar, "column 1: this field has no name"),
        ("ab{count", Kind::Bar, "column 3: this `{` is never closed; a literal brace is written `{{`"),
        ("{count:", Kind::Bar, "column 1: this `{` is never closed; a literal brace is written `{{`"),
        ("{count:{total}", Kind::Bar, "column 1: this `{` is never closed; a literal brace is written `{{`"),
        ("{desc {total}}", Kind::Bar, "column 7: there is a `{` inside a name"),
        ("{count!r}", Kind::Bar, "column 7: conversions such as `!r` are not supported"),
        ("{count.real}", Kind::Bar, "column 7: `.` and `[` are not supported in a name"),
        ("{fill}", Kind::Bar, "column 1: a bar format has no field `fill`: `bar` takes the free columns"),
        ("{bar}", Kind::Counter, "column 1: a counter format has no field `bar`: it needs a total"),
        ("{eta}", Kind::Counter, "column 1: a counter format has no field `eta`: it needs a total"),
        ("{percentage_1}", Kind::Counter, "column 1: a counter format has no field `percentage_1`: it needs a total"),
        ("{eta_failed}", Kind::Counter, "column 1: a counter format has no field `eta_failed`: it needs a total"),
        ("{eta_0}", Kind::Bar, "column 1: there is no field `eta_0`: only single segments have an ETA"),
        ("{count_01}", Kind::Bar, "column 1: there is no field `count_01`: segments are numbered from 1"),
        (
            "{count_9999999999}",
            Kind::Bar,
            "column 1: there is no field `count_9999999999`: segments are numbered from 1",
        ),
        ("{count_}", Kind::Bar, "column 1: there is no field `count_`; did you mean `count`?"),
        ("{count_1a}", Kind::Bar, "column 1: there is no field `count_1a`"),
        ("{count:5q}", Kind::Bar, "column 9: unexpected `q` in the spec of `count`"),
        ("{count:漢}", Kind::Bar, "column 8: unexpected `漢` in the spec of `count`"),
        ("{count:5{total}}", Kind::Bar, "column 9: unexpected `{` in the spec of `count`"),
        ("{count:.d}", Kind::Bar, "column 8: there is no precision after the `.`"),
        (
            "{spinner:.green}",
            Kind::Bar,
            "column 10: `green` is not a precision; a color is written around a field: `{:green}{spinner}{:}`",
        ),
        (
            "{count:.red.on_blue}",
            Kind::Bar,
            "column 8: `red.on_blue` is not a precision; a color is written around a field: `{:red_on_blue}{count}{:}`",
        ),
        ("{desc:d}", Kind::Bar, "column 7: `desc` is text: it cannot have a type for numbers"),
        ("{desc:+}", Kind::Bar, "column 7: `desc` is text: it cannot have a sign"),
        ("{desc:#}", Kind::Bar, "column 7: `desc` is text: it cannot have `#`"),
        ("{desc:,}", Kind::Bar, "column 7: `desc` is text: it cannot have thousands separators"),
        ("{desc:=9}", Kind::Bar, "column 7: `desc` is text: it cannot be aligned with `=`"),
        ("{count:s}", Kind::Bar, "column 8: `count` is a number: it cannot have the type `s`"),
        ("{count:!d}", Kind::Bar, "column 8: `count` cannot have `!`: only the types h, k, m, H, K and M can"),
        ("{rate:%5f}", Kind::Bar, "column 7: `rate` cannot have a margin: only the types h, k, m, H, K and M can"),
        ("{rate:.1d}", Kind::Bar, "column 7: `rate` cannot have a precision: its type is for whole numbers"),
        ("{count:,x}", Kind::Bar, "column 8: `count` cannot have thousands separators: its type has none"),
        ("{:blod}", Kind::Bar, "column 3: invalid style: unknown word `blod`; did you mean `bold`?"),
        ("a {:bold_blod}", Kind::Bar, "column 10: invalid style: unknown word `blod`; did you mean `bold`?"),
        ("{:sky_blue}", Kind::Bar, "column 3: invalid style: unknown word `sky`; did you mean `skyblue`?"),
        ("{:red_on}", Kind::Bar, "column 7: invalid style: no color follows `on`"),
        ("{count:{count:d}}", Kind::Bar, "column 14: a width or a precision cannot have a spec"),
        ("{count:{desc}}", Kind::Bar, "column 8: `desc` cannot be a width or a precision: it is not a whole number"),
        ("{count:{bar}}", Kind::Bar, "column 8: `bar` cannot be a width or a precision: it is not a whole number"),
        ("{count:{}}", Kind::Bar, "column 8: this field has no name"),
        ("{desc} {stge}", Kind::Bar, "column 8: there is no field `stge`"),
        ("{count:{x}d}", Kind::Bar, "column 8: there is no field `x`"),
        (
            "{a\u{7}b}",
            Kind::Bar,
            "column 3: the control character U+0007 cannot be shown: a row consists of characters",
        ),
        ("{desc:\n>9}", Kind::Bar, "column 7: a newline cannot stand inside of a field"),
        ("a\r\nb", Kind::Bar, "column 2: a carriage return cannot be shown: `\\n` alone begins a new row"),
        ("\tb", Kind::Bar, "column 1: a tab cannot be shown: a row consists of characters"),
        ("{desc:\t>9}", Kind::Bar, "column 7: a tab cannot be shown: a row consists of characters"),
        (
            "\x1b[2J",
            Kind::Bar,
            "column 1: an escape sequence can only set a style (`ESC [ … m`): a row consists of characters",
        ),
        ("{count}", Kind::Status, "column 1: a status format has no field `count`: it needs a counter"),
        ("{count_failed}", Kind::Status, "column 1: a status format has no field `count_failed`: it needs a counter"),
        ("{bytes}", Kind::Status, "column 1: a status format has no field `bytes`: it needs a counter"),
        ("{bar}", Kind::Status, "column 1: a status format has no field `bar`: it needs a counter"),
        ("{message}", Kind::Status, "column 1: a status format has no field `message`: it needs a counter"),
        ("{eta_short}", Kind::Counter, "column 1: a counter format has no field `eta_short`: it needs a total"),
        ("{message:d}", Kind::Bar, "column 10: `message` is text: it cannot have a type for numbers"),
        ("{bytes:d}", Kind::Bar, "column 8: `bytes` is text: it cannot have a type for numbers"),
        ("{pulse:x}", Kind::Counter, "column 8: the width of the bar is not a number: `x`"),
        ("{bar:wide}", Kind::Bar, "column 6: the width of the bar is not a number: `wide`"),
        ("{fill:9}", Kind::Status, "column 7: `fill` cannot have a spec"),
    ] {
        assert_eq!(mistakes(text, kind), [mistake], "{text:?}");
    }
}

#[test]
fn suggestions_with_a_spec_can_be_written() {
    for name in ["human_pos", "human_len", "percent", "percent_precise", "per_sec", "rate_inv_fmt"].into_iter().chain([
        "decimal_bytes",
        "decimal_total_bytes",
        "decimal_bytes_per_sec",
    ]) {
        let mistake = mistakes(&format!("{{{name}}}"), Kind::Bar).remove(0);
        let suggestion = mistake.split('`').nth(3).expect("a suggestion");
        assert!(suggestion.contains(':'), "{suggestion}");
        assert!(Template::parse(&format!("{{{suggestion}}}"), Kind::Bar, &[]).is_ok(), "{suggestion}");
    }
}

#[test]
fn suggestions() {
    for (text, kind, suggestion) in [
        ("{wide_bar}", Kind::Bar, "; did you mean `bar`?"),
        ("{wide_bar}", Kind::Counter, ""),
        ("{cuont:{n}d}", Kind::Counter, "; did you mean `count`?"),
        ("{human_pos}", Kind::Counter, "; did you mean `count:,d`?"),
        ("{human_pos}", Kind::Status, ""),
        ("{cuont}", Kind::Status, ""),
        ("{elapsd}", Kind::Status, "; did you mean `elapsed`?"),
        ("{eta_precise}", Kind::Bar, "; did you mean `eta_clock`?"),
        ("{rate_inv}", Kind::Counter, "; did you mean `interval`?"),
    ] {
        let name = text.trim_matches(['{', '}']).split(':').next().unwrap();
        assert_eq!(mistakes(text, kind), [format!("column 1: there is no field `{name}`{suggestion}")], "{text}");
    }
}

#[test]
fn carets() {
    let caret = |text: &str| {
        let error = Template::parse(text, Kind::Bar, &[]).unwrap_err();
        assert_eq!(format!("{error:?}"), error.to_string());
        error.to_string().lines().nth(2).unwrap().split_once('^').unwrap().0.len()
    };
    assert_eq!(caret("下{"), "  下".len() - 1);
    assert_eq!(caret("a\u{7}b}"), 3);
    assert_eq!(caret("ab{desc!r}"), 9);
}

#[test]
fn own_fields() {
    let parse = |text: &str| Template::parse(text, Kind::Bar, &["stage", "spinner", "rate_limit", "count"]).unwrap();
    assert_eq!(parse("{stage} {count:{len_total}d}").pieces().len(), 3);
    // A field of the user's own comes before an extension.
    assert!(!parse("{spinner}").is_animated());
    assert!(parse("{pulse}").is_animated());
    let check = |text: &str, segments: &[(&str, bool)]| -> Vec<String> {
        let error = parse(text).check(&|name| name == "stage", segments).err();
        let lines = error.iter().flat_map(|error| error.to_string().lines().map(str::to_owned).collect::<Vec<_>>());
        lines.filter_map(|line| line.split_once("^ ").map(|(_, mistake)| mistake.to_owned())).collect()
    };
    assert_eq!(check("{count_1} {rate_1} {rate_failed} {stage} {count}", &[("failed", true)]), [""; 0]);
    assert_eq!(
        check("{count_0} {stage} {count_1} {count:{rate_limit}d}", &[]),
        [
            "column 1: the bar has no segments",
            "column 19: there is no segment 1: the bar has none",
            "column 29: the field `rate_limit` was never set",
        ]
    );
    assert_eq!(check("{count_2}", &[("", true)]), ["column 1: there is no segment 2: the bar has 1"]);
    assert_eq!(
        check("{count_failde} {eta_shrt}", &[("failed", true)]),
        ["column 1: there is no segment `failde`", "column 16: there is no segment `shrt`; did you mean `eta_short`?",]
    );
    assert_eq!(
        check("{rate_1} {count_1} {eta_failed}", &[("failed", false)]),
        [
            "column 1: `all_fields` is switched off for this segment",
            "column 20: `all_fields` is switched off for this segment",
        ]
    );
}

#[test]
fn segments_by_name() {
    let mut snapshot = counter(Number::Whole(6), Some(Number::Whole(8)));
    let Subject::Count(counter) = &mut snapshot.subject else { unreachable!() };
    counter.segments = [("passed", 4), ("failed", 2)]
        .map(|(name, count)| SegmentSnapshot {
            name: name.into(),
            color: Color::DEFAULT,
            count: Number::Whole(count),
            start_count: Number::ZERO,
        })
        .into();
    check("{count_failed} {count_2}|{count_passed:>3}|{percentage_passed:d}%", &snapshot, 40, "2 2|  4|50%");
    check("<{count_skipped}{eta_none:>3}{rate_9:.1f}>", &snapshot, 40, "<   >");
}

#[test]
fn types_for_whole_numbers_round_measures_and_cut_off_counts() {
    let snapshot = counter(Number::Whole(2), Some(Number::Whole(3)));
    check("{percentage:d}% {rate:d} {interval:03d}", &snapshot, 40, "67% 0 006");
    let snapshot = counter(Number::Fraction(2.7), Some(Number::Whole(3)));
    check("{percentage:d}% {count:d}/{total:d} {count:x} {count:.1f}", &snapshot, 40, "90% 2/3 2 2.7");
}

#[test]
fn extensions() {
    let mut snapshot = counter(Number::Whole(3 << 20), Some(Number::Whole(12 << 20)));
    let width = 60;
    for (template, shown) in [
        ("{bytes} of {total_bytes} at {bytes_per_sec}", "3.0 MiB of 12.0 MiB at 236.3 KiB/s"),
        ("{elapsed_short} {eta_short}", "13s 39s"),
        ("{rate_smooth:.1f} {eta_smooth}", "0.0 ?"),
        ("{spinner}", "⠋"),
        ("{pulse:10}|", "    ██    |"),
        ("{percentage_1:.1f}% {percentage_0:.0f}%", "5.0% 20%"),
    ] {
        if let Subject::Count(counter) = &mut snapshot.subject {
            let count = Number::Whole((12 << 20) / 20);
            let (name, color) = ("".into(), Color::DEFAULT);
            counter.segments = vec![SegmentSnapshot { name, color, count, start_count: Number::ZERO }];
        }
        check(template, &snapshot, width, shown);
    }
    if let Subject::Count(counter) = &mut snapshot.subject {
        (counter.estimator, counter.smoothed_rate) = (Estimator::Smoothed, f64::from(3 << 20));
    }
    check("{rate:.1h} {eta} {eta_short} {interval:.0e}", &snapshot, width, "3.1M 00:03 3s 3e-07");
    snapshot.finished = true;
    check("{spinner}|{pulse:3}|", &snapshot, width, " |███|");
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
    fn any_text_is_parsed_and_rendered(
        pieces in prop::collection::vec(prop_oneof![
            "\\{(count|total|rate|eta|desc|x|bytes|eta_short|eta_smooth|rate_smooth|spinner|pulse|count_1|percentage_0|\
                rate_b|elapsed|interval_2)(:[*<>^=+ #0!1-9,_%.a-zA-Z-]{0,8})?\\}",
            "[{}a-z:!.\u{1b}\u{7}漢 \\[0-9;m]{0,6}",
            Just("{bar}".to_owned()),
            Just("{fill}".to_owned()),
            Just("{:red}".to_owned()),
            Just("{count:{total}.{x}f}".to_owned()),
        ], 0..6),
        count in number(), start in number(), total in prop::option::of(number()), part in number(),
        elapsed in prop_oneof![any::<f64>(), 0.0..1e6],
        x in prop_oneof![
            any::<i64>().prop_map(Value::Int),
            any::<f64>().prop_map(Value::Float),
            ".{0,9}".prop_map(Value::from),
        ],
        width in 0_usize..150,
        status in any::<bool>(),
    ) {
        let text = pieces.concat();
        let mut snapshot = counter(count, total);
        snapshot.elapsed = elapsed;
        snapshot.fields.set("x", x);
        if let Subject::Count(counter) = &mut snapshot.subject {
            counter.start_count = start;
            let (name, color) = ("b".into(), Color::rgb(1, 2, 3));
            counter.segments.push(SegmentSnapshot { name, color, count: part, start_count: Number::ZERO });
        }
        if status {
            snapshot.subject = Subject::Status(StatusSnapshot { text: None, justify: Justify::Center });
        }
        for kind in [Kind::Bar, Kind::Counter, Kind::Status] {
            match Template::parse(&text, kind, &["x"]) {
                Ok(template) => {
                    let mut line = Line::default();
                    TemplateRenderer::new(Charset::Unicode).render((&template, 0), &snapshot, width, ColorDepth::Ansi16, &mut line, None);
                    prop_assert!(line.width() <= width);
                }
                Err(err) => {
                    let message = err.to_string();
                    prop_assert!(message.lines().count() >= 3);
                    prop_assert!(!message.contains(|c: char| c.is_control() && c != '\n'));
                }
            }
        }
    }
}

/// A counter with a message.
fn with_message(desc: &str, message: &str) -> Snapshot {
    let fields = own(&[(super::MESSAGE, Value::from(message))]);
    let mut snapshot = Snapshot { fields, ..counter(Number::Whole(450), Some(Number::Whole(1000))) };
    if let Subject::Count(counter) = &mut snapshot.subject {
        (counter.desc, counter.unit) = (desc.into(), "files".into());
    }
    snapshot
}

/// The message gives way to the bar, whatever the format.
#[test]
fn a_message_gives_way() {
    let bar = standard::row(Kind::Bar).text();
    let snapshot = with_message("Copying", "a/very/long/path.txt");
    for (width, shown) in [
        (96, "Copying  45%|█████████▉            |  450/1000 [00:13<00:16, 34.62 files/s] a/very/long/path.txt"),
        (84, "Copying  45%|████▌     |  450/1000 [00:13<00:16, 34.62 files/s] a/very/long/path.txt"),
        (80, "Copying  45%|████▌     |  450/1000 [00:13<00:16, 34.62 files/s] a/very/long/pat…"),
        (67, "Copying  45%|████▌     |  450/1000 [00:13<00:16, 34.62 files/s] a/…"),
        (66, "Copying  45%|█████▉       |  450/1000 [00:13<00:16, 34.62 files/s]"),
        (60, "Copying  45%|███▏   |  450/1000 [00:13<00:16, 34.62 files/s]"),
        (30, "Copying  45%||  450/1000 [00:1"),
    ] {
        check(bar, &snapshot, width, shown);
    }
    let wide = with_message("漢字", "漢字漢字漢字 e\u{301}nd");
    check("{message}|{bar}|", &wide, 22, "漢字漢字…|█████      |");
    check("{message}|{bar}|", &wide, 21, "漢字漢字…|████▌     |");
    check("{message}|{bar}|", &wide, 20, "漢字漢…|█████      |");
    check("{message}{bar}", &wide, 18, "漢字漢…█████      ");
    check("{message} {count}", &wide, 12, "漢字漢… 450");
    check("{message} {count} {bar:3}", &wide, 12, "漢… 450 █▍ ");
}

/// With a fewest width of the bar, all else gives way before it.
#[test]
fn columns_give_way_in_their_order() {
    let format = "{desc}{desc_pad}{percentage:3.0f}%|{bar:10..}| {count:{len_total}d}/{total:d} [{elapsed}<{eta}, \
        {rate:.2f}{unit_pad}{unit}/s]{message_pad}{message}";
    let snapshot = with_message("Copying all files", "a/very/long/path.txt");
    for (width, shown) in [
        (78, "Copying all files  45%|████▌     |  450/1000 [00:13<00:16, 34.62 files/s] a/v…"),
        (74, "Copying all files  45%|█████      |  450/1000 [00:13<00:16, 34.62 files/s]"),
        (73, "Copying all files  45%|████▌     |  450/1000 [00:13<00:16, 34.62 files/s]"),
        (66, "Copying a…  45%|████▌     |  450/1000 [00:13<00:16, 34.62 files/s]"),
        (64, "Copying…  45%|████▌     |  450/1000 [00:13<00:16, 34.62 files/s]"),
        // What a figure leaves goes to the description first.
        (60, "Copying all files  45%|█████▍      |  450/1000 [00:13<00:16]"),
        (40, "Copying all…  45%|█████      |  450/1000"),
        (30, "Copying all…  45%|█████      |"),
        (20, "Co…  45%|████▌     |"),
        (17, " 45%|█████      |"),
        (12, "█████▍      "),
        (5, "██▎  "),
        (1, "▌"),
        (0, ""),
    ] {
        check(format, &snapshot, width, shown);
    }
    let silent = with_message("Copying", "");
    check(format, &silent, 60, "Copying  45%|█████████▉            |  450/1000 [00:13<00:16]");
    check("{bar:4..=6}| {count}", &snapshot, 30, "██▊   | 450");
    check("{desc:6..=9} {count}", &snapshot, 30, "Copying… 450");
    check("{desc:6..=9} {count}", &snapshot, 12, "Copying… 450");
    check("{desc:6..=9} {count}", &snapshot, 10, "Copyi… 450");
    check("{desc:6..=9} {count}", &snapshot, 9, "Copying…");
    // Blanks at the end are a part of the line, and the first to give way.
    for (width, shown) in [(18, "██▎  | 450  files "), (17, "█▊  | 450  files "), (16, "█▊  | 450  files")]
    {
        check("{bar:4..}|{:red} {:bold}{count} {:} {unit}{:} ", &snapshot, width, shown);
    }
    check("{bar:4..}|{count} {unit}   ", &snapshot, 14, "█▊  |450 files");
    check("{bar:4..}|{count} {unit}   ", &snapshot, 13, "████     |450");
    // What a bar of a fixed size or with a most does not take goes to the others.
    check("{bar:4..}|{bar:2}|", &snapshot, 20, "███████▎        |▉ |");
    check("{bar:..=3}|{bar:4..}|{bar:9..}|", &snapshot, 23, "█▍ |███▋    |████     |");
}

/// A style takes no columns, wherever it stands: columns give way as they do without it.
#[test]
fn styles_do_not_change_what_gives_way() {
    let format =
        "<a>{desc}<b> {percentage:3.0f}%<a>|{bar:10..}|<b> <a>{count}<b> done, <a>[{elapsed}]<b> <b><a>{message}";
    let plain = format.replace("<a>", "").replace("<b>", "");
    let styled = format.replace("<a>", "{:red}").replace("<b>", "{:}");
    let snapshot = with_message("Copying all files", "a/very/long/path.txt");
    for width in 0..100 {
        let shown = rendered(&plain, &snapshot, width).to_string();
        check(&styled, &snapshot, width, &shown);
    }
}

/// The texts of links, each with its target.
fn links(line: &Line) -> Vec<(String, String)> {
    let mut links: Vec<(String, String)> = Vec::new();
    let mut last = None;
    for (glyph, cell) in line.glyphs() {
        let target = line.links().target(cell.link);
        match links.last_mut() {
            Some((_, text)) if last == Some(cell.link) && !target.is_empty() => text.push_str(glyph),
            _ if !target.is_empty() => links.push((target.to_owned(), glyph.to_owned())),
            _ => {}
        }
        last = Some(cell.link);
    }
    links
}

#[test]
fn links_keep_their_targets() {
    let to = |target: &str, text: &str| format!("\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\");
    let link = |target: &str, text: &str| (format!(";{target}"), text.to_owned());
    let snapshot = with_message("one", &to("http://x/log", "the log of it"));
    let format = format!("{} {{bar:4..}} {{message}}", to("http://x/{1}", "{desc} \x1b[1mtwo\x1b[m"));
    let seen = |width| links(&rendered(&format, &snapshot, width));
    assert_eq!(seen(40), [link("http://x/{1}", "one two"), link("http://x/log", "the log of it")]);
    assert_eq!(rendered(&format, &snapshot, 19).to_string(), "one two █▊   the l…");
    assert_eq!(seen(19), [link("http://x/{1}", "one two"), link("http://x/log", "the l…")]);
    assert_eq!(seen(5), []);
    // A link that a text does not end, ends with it.
    let open = with_message("\x1b]8;;http://x\x1b\\one", "");
    assert_eq!(links(&rendered("{desc} {count}", &open, 40)), [link("http://x", "one")]);
    assert!(Template::parse("\x1b]8;;http://x y\x1b\\", Kind::Bar, &[]).is_err());
}
