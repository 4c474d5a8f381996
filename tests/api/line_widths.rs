//! Whatever a bar shows, rendering does not panic, and no line is wider than asked for, as a
//! terminal counts columns.

use std::time::Duration;

use footlights::{
    BarFormat, Color, ColorDepth, ColorRule, Counter, CounterFormat, CounterStyle, Estimator, Justify, Series, Spinner,
    StatusBar, StatusFormat, Value,
};
use proptest::prelude::*;
use unicode_width::UnicodeWidthChar;

use crate::hidden::manager;

/// Columns of the terminal beyond the width of a line.
const SPARE: usize = 400;

/// Checks the rows of a bar without and with colors: a format can have several.
fn check(width: usize, plain: &str, colored: &str) -> Result<(), TestCaseError> {
    let rows = |text: &str| text.split('\n').map(str::to_owned).collect::<Vec<_>>();
    let (plain, colored) = (rows(plain), rows(colored));
    prop_assert_eq!(plain.len(), colored.len());
    plain.iter().zip(&colored).try_for_each(|(plain, colored)| check_row(width, plain, colored))
}

fn check_row(width: usize, plain: &str, colored: &str) -> Result<(), TestCaseError> {
    for line in [plain, colored] {
        let (columns, row) = cursor_after(width, line);
        prop_assert!(columns <= width, "{} columns in {}: {:?}", columns, width, line);
        prop_assert_eq!(row, 0, "more than a row: {:?}", line);
    }
    // The line contains characters and styles, nothing else.
    prop_assert!(!plain.chars().any(char::is_control), "{:?}", plain);
    for sequence in colored.split('\x1b').skip(1) {
        let (params, rest) = sequence.split_once('m').unwrap_or_default();
        let is_style =
            params.strip_prefix('[').is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit() || matches!(b, b';' | b':')));
        prop_assert!(is_style && !rest.chars().any(char::is_control), "{:?}", colored);
    }
    Ok(())
}

/// The column and the row of a terminal's cursor behind the line.
fn cursor_after(width: usize, line: &str) -> (usize, usize) {
    let mut terminal = avt::Terminal::with_scrollback(width + SPARE, 3, Some(0)).expect("a size that is not zero");
    terminal.feed(line);
    let cursor = terminal.cursor();
    // This emulator gives a combining accent a column of its own; terminals put it on its letter.
    let joined = line.chars().filter(|c| !c.is_control() && c.width() == Some(0)).count();
    (cursor.col - joined, cursor.row)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{0,12}",
        ".{0,8}",
        "[漢字e\u{301}❤\u{fe0f}👩\u{200d}🚀ｱ]{0,8}",
        "(\u{1b}\\[[0-9;:]{0,6}[mKH]|[ab漢]|\u{1b}\\]8;;http://x\u{1b}\\\\|\t|\n|\u{9b}1m|\u{1b}){0,6}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![any::<i64>().prop_map(Value::from), any::<f64>().prop_map(Value::from), text().prop_map(Value::from)]
}

fn template() -> impl Strategy<Value = String> {
    let field = "\\{(count|total|rate|eta|desc|unit|x|count_1|percentage_0|percentage|elapsed|interval_1|len_total\
        |bytes|eta_short|rate_smooth|spinner)(:[*<>^=+ #0!]{0,2}[1-9]{0,3}[,_]?(%-?5)?(\\.[0-9])?[a-zA-Z%]?)?\\}";
    let rest = prop_oneof![
        text(),
        Just("{bar}".to_owned()),
        Just("{bar:7}".to_owned()),
        "\\{(bar|pulse|desc|x|message):([0-9]{0,2}\\.\\.|[0-9]?\\.\\.=[1-9][0-9])\\}",
        Just("{message_pad}{message}".to_owned()),
        Just("{pulse}".to_owned()),
        Just("{bar:.cyan/blue}".to_owned()),
        Just("{pulse:9/on_#303030}".to_owned()),
        "\\{rate_graph(:[0-9]{1,3})?\\}",
        "\\{(elapsed|eta|duration)_clock(:[<>^][0-9]{1,2})?\\}",
        Just("{:bar}".to_owned()),
        Just("{fill}".to_owned()),
        Just("{:bold_red_on_#102030}".to_owned()),
        Just("{:}".to_owned()),
        Just("{count:{x}.{total}f}".to_owned()),
        Just("{desc:{count}}".to_owned()),
        "[{}:!]{1,3}",
    ];
    prop::collection::vec(prop_oneof![3 => field, 2 => rest], 0..6).prop_map(|pieces| pieces.concat())
}

fn count() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..500.0_f64, (0..500_u32).prop_map(f64::from), any::<f64>()]
}

fn color() -> impl Strategy<Value = Color> {
    prop_oneof![
        Just(Color::DEFAULT),
        any::<(u8, u8, u8)>().prop_map(Color::from),
        "(bold_|underline_|reverse_|blink_)?(bright_)?(red|green|black)(_on_(peru|blue|#ff00ff))?"
            .prop_map(|name| name.parse().unwrap()),
    ]
}

/// Styles with all that a look can have.
fn look() -> impl Strategy<Value = CounterStyle> {
    let name = prop::sample::select(CounterStyle::NAMES.to_vec());
    let rule = prop_oneof![
        prop::collection::vec(color(), 0..5).prop_map(ColorRule::gradient),
        prop::collection::vec((0.0..1.0, color()), 0..4).prop_map(ColorRule::blend),
        prop::collection::vec((any::<f64>(), color()), 0..4).prop_map(ColorRule::count_steps),
        color().prop_map(|color| ColorRule::segment_steps("1", [(0.0, color), (1.0, Color::DEFAULT)])),
    ];
    let spinner = prop::sample::select(Spinner::NAMES.to_vec());
    (name, prop::option::of(rule), color(), spinner, text()).prop_map(|(name, rule, remaining, spinner, done)| {
        let style = CounterStyle::named(name).unwrap().remaining_color(remaining);
        let style = style.spinner(Spinner::named(spinner).unwrap().done(done));
        rule.map_or(style.clone(), |rule| style.color_rule(rule))
    })
}

fn depth() -> impl Strategy<Value = ColorDepth> {
    prop_oneof![
        Just(ColorDepth::None),
        Just(ColorDepth::Ansi16),
        Just(ColorDepth::Ansi256),
        Just(ColorDepth::TrueColor),
    ]
}

fn width() -> impl Strategy<Value = usize> {
    prop_oneof![0..12_usize, 0..200_usize]
}

fn elapsed() -> impl Strategy<Value = Duration> {
    prop_oneof![(0.0..1e6).prop_map(Duration::from_secs_f64), any::<Duration>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn lines_of_counters(
        (desc, unit, x, message) in (text(), text(), value(), text()),
        (start, counted, in_segment, total) in (count(), count(), count(), prop::option::of(count())),
        segments in prop::collection::vec(color(), 0..4),
        (color, depth) in (color(), depth()),
        (bar_format, counter_format) in (template(), template()),
        (width, elapsed) in (width(), elapsed()),
        series in prop_oneof![Just(" ▏▎▍▌▋▊▉█".to_owned()), Just(" ▌█".to_owned()), Just(".oO".to_owned()), text()],
        fill in any::<char>(),
        smoothed in any::<bool>(),
    ) {
        let mut builder = manager().counter().desc(desc).unit(unit).color(color).field("x", x).count(start);
        if smoothed {
            builder = builder.estimator(Estimator::Smoothed);
        }
        // Settings that are wrong are left at their defaults.
        builder = builder.total(total).series(series).fill(fill);
        let counter: Counter = builder.add();
        for (n, color) in segments.into_iter().enumerate() {
            let segment = counter.segment(n.to_string()).color(color).add();
            segment.inc_fraction(in_segment);
            let _ = segment.move_fraction_from(&counter, counted);
        }
        counter.inc_fraction(counted);
        counter.set_message(message);
        // A format that is wrong is an error, never a panic.
        match BarFormat::with_fields(&bar_format, &["x"]) {
            Ok(format) => counter.set_bar_format(format),
            Err(error) => prop_assert!(error.to_string().starts_with("format "), "{}", error),
        }
        match CounterFormat::with_fields(&counter_format, &["x"]) {
            Ok(format) => counter.set_counter_format(format),
            Err(error) => prop_assert!(error.to_string().starts_with("format "), "{}", error),
        }
        if let Err(error) = counter.check_formats() {
            prop_assert!(error.to_string().starts_with("format "), "{}", error);
        }
        let _ = (counter.rate(), counter.eta(), counter.percentage());
        check(width, &counter.render(width), &counter.render_at(width, elapsed, depth))?;
    }

    #[test]
    fn lines_of_looks(
        (desc, style, depth) in (text(), look(), depth()),
        (counted, in_segment, total) in (count(), count(), prop::option::of(count())),
        segments in prop::collection::vec(color(), 0..3),
        (width, elapsed) in (width(), elapsed()),
        format in template(),
    ) {
        let counter = manager().counter().style(&style).desc(desc).total(total).add();
        for (n, color) in segments.into_iter().enumerate() {
            counter.segment(n.to_string()).color(color).add().inc_fraction(in_segment);
        }
        counter.inc_fraction(counted);
        check(width, &counter.render(width), &counter.render_at(width, elapsed, depth))?;
        if let Ok(format) = BarFormat::with_fields(&format, &["x"]) {
            counter.set_bar_format(format);
        }
        check(width, &counter.render(width), &counter.render_at(width, elapsed, depth))?;
    }

    #[test]
    fn lines_of_status_bars(
        (text, x) in (prop::option::of(text()), value()),
        (color, depth) in (color(), depth()),
        format in template(),
        (width, elapsed) in (width(), elapsed()),
        fill in any::<char>(),
        justify in prop_oneof![Just(Justify::Left), Just(Justify::Center), Just(Justify::Right)],
    ) {
        let mut builder = manager().status_bar().field("x", x).color(color).justify(justify).fill(fill);
        if let Ok(format) = StatusFormat::with_fields(&format, &["x"]) {
            builder = builder.format(format);
        }
        let bar: StatusBar = builder.add();
        if let Some(text) = text {
            bar.set_text(text);
        }
        check(width, &bar.render(width), &bar.render_at(width, elapsed, depth))?;
    }

    #[test]
    fn messages_contain_no_control_characters(text in text()) {
        for error in [text.parse::<Color>().err(), text.parse::<Series>().err()].into_iter().flatten() {
            prop_assert!(!error.to_string().contains(char::is_control));
        }
    }
}
