//! Lines of Python's Enlighten, compared with those of this crate. Prints how many are the same.
//!
//! All cases are one test: the filters of `cargo test` do not apply. `FOOTLIGHTS_CASES` names
//! another file with cases. `docs/from-enlighten.md` lists the intended differences.

mod bar;
mod cells;

use std::process::ExitCode;

use footlights::{
    BarFormat, Color, ColorDepth, Counter, CounterBuilder, CounterFormat, Error, Justify, Manager, Output, Segment,
    StatusBar, StatusFormat, Value,
};
use serde_json::Value as Json;

use cells::Cell;

/// The most failures that are printed.
const MOST_PRINTED: usize = 20;

fn main() -> ExitCode {
    // Some test runners ask first for a list of tests.
    if std::env::args().any(|argument| argument == "--list") {
        if !std::env::args().any(|argument| argument == "--ignored") {
            println!("cases: test");
        }
        return ExitCode::SUCCESS;
    }
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/enlighten/cases.jsonl");
    let path = std::env::var("FOOTLIGHTS_CASES").unwrap_or_else(|_| own.to_owned());
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(err) => {
            println!("cannot read the cases in {path}: {err}");
            return ExitCode::FAILURE;
        }
    };
    let manager = Manager::builder().output(Output::None).build();

    let (mut all, mut passed) = (0, 0);
    for line in text.lines() {
        let case: Json = serde_json::from_str(line).expect("a case is a JSON object");
        all += 1;
        match compare(&manager, &case) {
            Ok(()) => passed += 1,
            Err(_) if all - passed > MOST_PRINTED => {}
            Err(difference) => println!("case {}: {difference}", case["id"]),
        }
    }
    println!("{passed} of {all}");
    if passed == all && all > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Compares the line of a case with the one of Enlighten.
fn compare(manager: &Manager, case: &Json) -> Result<(), String> {
    let width = case["width"].as_u64().expect("a width") as usize;
    let elapsed = case["elapsed"].as_f64().expect("seconds");
    let line = match case["kind"].as_str() {
        Some("status") => status(manager, case).map(|bar| (bar.render_at(width, elapsed, ColorDepth::TrueColor), None)),
        _ => counter(manager, case).and_then(|(bar, segments)| {
            // Formats may contain fields of segments, which exist only now.
            set_formats(&bar, case)?;
            Ok((bar.render_at(width, elapsed, ColorDepth::TrueColor), Some((bar, segments))))
        }),
    };
    let (line, counted) = match (line, case.get("error")) {
        (Ok(line), None) => line,
        (Err(_), Some(_)) => return Ok(()),
        (Ok((line, _)), Some(error)) => return Err(format!("should be refused with {error}, not {line:?}")),
        (Err(err), None) => return Err(err.to_string()),
    };
    if let Some((bar, segments)) = &counted {
        check_counts(bar, segments, &case["state"])?;
    }

    let mut ours = cells::read(&line);
    let mut theirs = cells::expected(&case["expect"], if case["overflow"] == true { width } else { usize::MAX });
    if let Some(place) = case["bar"].as_array() {
        let (start, width) = (number(&place[0]) as usize, number(&place[1]) as usize);
        let inside = cells::cut(&mut ours, start, width);
        cells::cut(&mut theirs, start, width);
        if cells::columns(&inside) != width {
            return Err(format!("the bar takes {} columns, not {width}", cells::columns(&inside)));
        }
        let (bar, segments) = counted.as_ref().ok_or("a status has a bar")?;
        bar::compare(&bar::Wanted::of(case, bar, segments), &inside)?;
    }
    if ours != theirs {
        return Err(difference(&ours, &theirs));
    }
    Ok(())
}

fn difference(ours: &[Cell], theirs: &[Cell]) -> String {
    let text = |cells: &[Cell]| cells.iter().map(|cell| cell.glyph.as_str()).collect::<String>();
    if text(ours) != text(theirs) {
        return format!("\n  ours   {:?}\n  theirs {:?}", text(ours), text(theirs));
    }
    let at = ours.iter().zip(theirs).position(|(ours, theirs)| ours != theirs).unwrap_or_default();
    format!("cell {at} of {:?} has another style\n  ours   {:?}\n  theirs {:?}", text(ours), ours[at], theirs[at])
}

fn check_counts(bar: &Counter, segments: &[Segment], state: &Json) -> Result<(), String> {
    let counts: Vec<f64> = segments.iter().map(Segment::count_f64).collect();
    let wanted: Vec<f64> = state["segments"].as_array().into_iter().flatten().map(number).collect();
    if (bar.count_f64(), &counts) != (number(&state["count"]), &wanted) {
        return Err(format!("counted {} with {counts:?}, not {state}", bar.count_f64()));
    }
    Ok(())
}

fn status(manager: &Manager, case: &Json) -> Result<StatusBar, Error> {
    let new = &case["new"];
    let mut bar = manager.status_bar().justify(match new["justify"].as_str() {
        Some("center") => Justify::Center,
        Some("right") => Justify::Right,
        _ => Justify::Left,
    });
    for (name, json) in new["fields"].as_object().into_iter().flatten() {
        bar = bar.field(name, value(json));
    }
    bar = bar.color(color(&new["color"])?);
    if let Some(fill) = character(&new["fill"]) {
        bar = bar.fill(fill);
    }
    if let Some(format) = new["status_format"].as_str() {
        bar = bar.format(StatusFormat::with_fields(format, &names(new))?);
    }
    let objects: Vec<&str> = case["args"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    if !objects.is_empty() {
        bar = bar.text(objects.join(" "));
    }
    bar.try_add()
}

/// The names of the fields that the user has set.
fn names(new: &Json) -> Vec<&str> {
    new["fields"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

fn counter(manager: &Manager, case: &Json) -> Result<(Counter, Vec<Segment>), Error> {
    let counter = builder(manager, &case["new"])?.try_add()?;
    let mut segments = Vec::new();
    for sub in case["subs"].as_array().into_iter().flatten() {
        let name = format!("segment {}", segments.len());
        let segment = counter.segment(name).color(color(&sub["color"])?).all_fields(sub["all_fields"] == true);
        segments.push(match (sub["count"].as_i64(), sub["count"].as_f64()) {
            (Some(whole), _) => segment.count(whole).try_add()?,
            (None, Some(fraction)) => segment.count(fraction).try_add()?,
            (None, None) => segment.try_add()?,
        });
    }
    for op in case["ops"].as_array().into_iter().flatten().filter_map(Json::as_array) {
        act(&counter, &segments, op)?;
    }
    Ok((counter, segments))
}

fn builder(manager: &Manager, new: &Json) -> Result<CounterBuilder, Error> {
    let mut bar = manager.counter().color(color(&new["color"])?);
    bar = match new["total"].as_i64() {
        Some(whole) => bar.total(whole),
        None => bar.total(new["total"].as_f64()),
    };
    bar = match &new["count"] {
        Json::Null => bar,
        count => count.as_i64().map_or_else(|| bar.clone().count(number(count)), |whole| bar.clone().count(whole)),
    };
    for (name, json) in new["fields"].as_object().into_iter().flatten() {
        bar = bar.field(name, value(json));
    }
    if let Some(fill) = character(&new["fill"]) {
        bar = bar.fill(fill);
    }
    bar = match &new["series"] {
        Json::String(text) => bar.series(text),
        Json::Array(cells) => bar.series(cells.iter().filter_map(Json::as_str).collect::<Vec<_>>()),
        _ => bar,
    };
    Ok(bar.desc(new["desc"].as_str().unwrap_or_default()).unit(new["unit"].as_str().unwrap_or_default()))
}

/// Sets both formats. This crate finds a mistake when a format is set, Enlighten when the format is
/// used. So a mistake counts only in the format that is used.
fn set_formats(bar: &Counter, case: &Json) -> Result<(), Error> {
    let new = &case["new"];
    let own = names(new);
    let set = |name: &str, set: &dyn Fn(&str) -> Result<(), Error>| new[name].as_str().map_or(Ok(()), set);
    let with_bar = set("bar_format", &|format| {
        bar.set_bar_format(BarFormat::with_fields(format, &own)?);
        bar.check_formats()
    });
    let without = set("counter_format", &|format| {
        bar.set_counter_format(CounterFormat::with_fields(format, &own)?);
        bar.check_formats()
    });
    let shows_bar = new["total"].as_f64().is_some_and(|total| bar.count_f64() <= total);
    if shows_bar { with_bar } else { without }
}

/// Executes an operation: counts, for the bar or for a segment, or moves counts. Moves that fail in
/// Enlighten must fail.
fn act(bar: &Counter, segments: &[Segment], op: &[Json]) -> Result<(), Error> {
    let segment = |n: &Json| &segments[n.as_u64().expect("a segment") as usize];
    match op[0].as_str() {
        Some("update") => match op[1].as_i64() {
            Some(n) if n >= 0 => bar.inc(n.unsigned_abs()),
            Some(n) => bar.dec(n.unsigned_abs()),
            None => bar.inc_fraction(number(&op[1])),
        },
        Some("sub") => match op[2].as_i64() {
            Some(n) if n >= 0 => segment(&op[1]).inc(n.unsigned_abs()),
            Some(n) => segment(&op[1]).dec(n.unsigned_abs()),
            None => segment(&op[1]).inc_fraction(number(&op[2])),
        },
        _ => {
            let to = segment(&op[1]);
            let moved = match (op[2].as_u64(), op[3].as_u64()) {
                (None, Some(n)) => to.move_from(bar, n),
                (None, None) => to.move_fraction_from(bar, number(&op[3])),
                (Some(_), Some(n)) => to.move_from(segment(&op[2]), n),
                (Some(_), None) => to.move_fraction_from(segment(&op[2]), number(&op[3])),
            };
            let refused = op.iter().any(|word| word == "refused");
            assert_eq!(moved.is_err(), refused, "{op:?}: {moved:?}");
        }
    }
    Ok(())
}

fn number(json: &Json) -> f64 {
    json.as_f64().unwrap_or_default()
}

fn character(json: &Json) -> Option<char> {
    json.as_str().and_then(|text| text.chars().next())
}

fn value(json: &Json) -> Value {
    match (json.as_i64(), json.as_f64()) {
        (Some(whole), _) => whole.into(),
        (None, Some(fraction)) => fraction.into(),
        (None, None) => json.as_str().unwrap_or_default().into(),
    }
}

fn color(json: &Json) -> Result<Color, Error> {
    let byte = |n: usize| json[n].as_u64().and_then(|n| u8::try_from(n).ok()).unwrap_or_default();
    match json {
        Json::String(name) => name.parse(),
        Json::Array(_) => Ok(Color::rgb(byte(0), byte(1), byte(2))),
        _ => Ok(Color::DEFAULT),
    }
}
