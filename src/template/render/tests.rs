//! Where everything fits, ranges change nothing.

use proptest::prelude::*;

use super::super::kind::Kind;
use super::super::template::Template;
use super::aligned::AlignedColumns;
use super::renderer::TemplateRenderer;
use crate::cells::charset::Charset;
use crate::cells::color::{Color, ColorDepth};
use crate::cells::line::Line;
use crate::state::number::Number;
use crate::state::snapshot::{Snapshot, Subject};
use crate::state::value::Value;

/// A piece of a format.
#[derive(Clone, Debug)]
enum Part {
    /// The same in all formats.
    Fixed(String),
    /// A text: the field, and its fewest columns in a range.
    Text(&'static str, usize),
    /// A message: alone, or behind a blank.
    Message {
        padded: bool,
    },
    /// `bar` or `pulse`.
    Bar(&'static str),
    Fill,
}

/// How parts are written in a format. A bar has so many columns at least.
#[derive(Clone, Copy)]
enum Writing {
    Plain,
    Ranged(usize),
    /// Bars are as small as they may be, and take no more where there is room.
    Smallest(usize),
}

impl Part {
    fn write(&self, writing: Writing) -> String {
        match (self, writing) {
            (Part::Fixed(text), _) => text.clone(),
            (Part::Text(field, min), Writing::Ranged(_)) => format!("{{{field}:{min}..}}"),
            (Part::Text(field, _), _) => format!("{{{field}}}"),
            (Part::Message { padded: true }, _) => "{message_pad}{message}".to_owned(),
            (Part::Message { padded: false }, _) => "{message}".to_owned(),
            (Part::Bar(field), Writing::Plain) => format!("{{{field}}}"),
            (Part::Bar(field), Writing::Ranged(min)) => format!("{{{field}:{min}..}}"),
            (Part::Bar(field), Writing::Smallest(min)) => format!("{{{field}:{min}}}"),
            (Part::Fill, Writing::Smallest(min)) => " ".repeat(min),
            (Part::Fill, _) => "{fill}".to_owned(),
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z漢, ]{0,12}", "(\u{1b}\\[(1|31|)m|[ab ]){0,6}"]
}

/// Parts that bars of both kinds have.
fn common() -> impl Strategy<Value = Part> {
    prop_oneof![
        4 => "( {1,3}|[a-z,(|/漢▏ ]{1,4})".prop_map(Part::Fixed),
        4 => "\\{(elapsed|spinner|note|note:[<>]9|:|:red|:bold_on_blue)\\}".prop_map(Part::Fixed),
        1 => (prop::sample::select(vec!["note", "x"]), 0_usize..20).prop_map(|(field, min)| Part::Text(field, min)),
    ]
}

fn part_of_counter() -> impl Strategy<Value = Part> {
    prop_oneof![
        4 => common(),
        3 => "\\{(count|count:>6,d|percentage:3\\.0f|total|eta|rate:\\.1f|desc_pad|unit_pad|unit|unit:7|desc:<9\\.9|\
            count_a:>4|segments|rate_graph:5|:bar|bar:3)\\}".prop_map(Part::Fixed),
        1 => (0_usize..20).prop_map(|min| Part::Text("desc", min)),
        1 => any::<bool>().prop_map(|padded| Part::Message { padded }),
        2 => prop::sample::select(vec!["bar", "pulse"]).prop_map(Part::Bar),
    ]
}

fn part_of_status() -> impl Strategy<Value = Part> {
    prop_oneof![4 => common(), 1 => Just(Part::Bar("pulse")), 2 => Just(Part::Fill)]
}

fn counter() -> impl Strategy<Value = Snapshot> {
    (text(), text(), text(), 0_i64..3000, 0_u32..3).prop_map(|(desc, unit, message, count, depth)| {
        let mut snapshot = Snapshot { elapsed: 13.0, depth, ..Snapshot::counter() };
        if let Subject::Count(counter) = &mut snapshot.subject {
            (counter.desc, counter.unit) = (desc.into(), unit.into());
            (counter.count, counter.total) = (Number::Whole(count), Some(Number::Whole(3000)));
        }
        snapshot.fields.set("note", Value::from(message.as_str()));
        snapshot.fields.set("x", Value::Int(count));
        snapshot.fields.set(crate::template::MESSAGE, Value::from(message));
        snapshot
    })
}

fn status() -> impl Strategy<Value = Snapshot> {
    (text(), any::<i16>()).prop_map(|(note, x)| {
        let mut snapshot = Snapshot { elapsed: 13.0, fill: '-', color: Color::rgb(1, 2, 3), ..Snapshot::status() };
        snapshot.fields.set("note", Value::from(note));
        snapshot.fields.set("x", Value::Int(x.into()));
        snapshot
    })
}

/// Renders the snapshots with the format, until the columns that they share are as wide as they get.
fn render(format: &str, snapshots: &[Snapshot], width: usize, aligned: bool) -> Vec<Line> {
    let template = Template::parse(format, Kind::of(&snapshots[0]), &["note", "x"]).expect("a format");
    let mut renderer = TemplateRenderer::new(Charset::Unicode);
    let mut columns = aligned.then(AlignedColumns::default);
    let mut lines = vec![Line::default(); snapshots.len()];
    for _ in 0..2 {
        for (line, snapshot) in lines.iter_mut().zip(snapshots) {
            renderer.render((&template, 0), snapshot, width, ColorDepth::TrueColor, line, columns.as_mut());
        }
    }
    lines
}

/// What stands behind a line that fits, as a column of its own.
const END: &str = " ⏹";

fn check(parts: &[Part], snapshots: &[Snapshot], width: usize, bar: usize) -> Result<(), TestCaseError> {
    let format = |writing| parts.iter().map(|part| part.write(writing)).collect::<String>();
    let (plain, ranged) = (format(Writing::Plain), format(Writing::Ranged(bar)));
    let smallest = format!("{}{END}", format(Writing::Smallest(bar)));
    // The same as in a window where nothing gives way, columns that are shared among them. A line that shows its end
    // does not suffice: columns may have given way before it.
    let fits = |aligned| {
        let texts = |width| {
            let lines = render(&smallest, snapshots, width, aligned);
            lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect::<Vec<_>>()
        };
        texts(width + 2) == texts(1000)
    };
    // A message leaves ten columns to a bar, and so do ranges to a bar that has none. A text with a range is a column
    // of its own, so such lines have other columns to share.
    let is_same_column = |part: &Part| !matches!(part, Part::Text("note" | "x", _));
    let agree = |ranged: &[Line], plain: &[Line], what: &str| {
        let texts = |lines: &[Line]| lines.iter().map(Line::to_string).collect::<Vec<_>>();
        prop_assert_eq!(texts(ranged), texts(plain), "{} of {:?}", what, format(Writing::Ranged(bar)));
        prop_assert!(ranged == plain, "colors of {} of {:?}", what, format(Writing::Ranged(bar)));
        Ok(())
    };
    if fits(false) {
        let independent = render(&plain, snapshots, width, false);
        agree(&render(&ranged, snapshots, width, false), &independent, "lines")?;
        if snapshots.len() == 1 {
            agree(&render(&plain, snapshots, width, true), &independent, "a line alone")?;
            agree(&render(&ranged, snapshots, width, true), &independent, "a line alone, with ranges")?;
        }
    }
    if parts.iter().all(is_same_column) && fits(true) {
        let aligned = render(&plain, snapshots, width, true);
        agree(&render(&ranged, snapshots, width, true), &aligned, "aligned lines")?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 800, ..ProptestConfig::default() })]

    #[test]
    fn ranges_change_no_counter_that_fits(
        parts in prop::collection::vec(part_of_counter(), 0..9),
        mut snapshots in prop::collection::vec(counter(), 1..4),
        width in 0_usize..150,
        bar in 10_usize..14,
    ) {
        // A narrow window has smaller indents.
        if width < 24 {
            snapshots.iter_mut().for_each(|snapshot| snapshot.depth = 0);
        }
        check(&parts, &snapshots, width, bar)?;
    }

    #[test]
    fn ranges_change_no_status_bar_that_fits(
        parts in prop::collection::vec(part_of_status(), 0..9),
        snapshots in prop::collection::vec(status(), 1..4),
        width in 0_usize..120,
        bar in 1_usize..14,
    ) {
        check(&parts, &snapshots, width, bar)?;
    }
}
