//! The cases that Enlighten answered, put to us.
//!
//! `FOOTLIGHTS_CASES` names another file of them.

use std::sync::Arc;

use anstyle::{Ansi256Color, Color as Ink, RgbColor};
use serde_json::Value as Json;

use super::{BAR, COUNTER, Kind, Painter, Template};
use crate::error::Error;
use crate::paint::color::{Color, ColorDepth};
use crate::paint::line::Line;
use crate::paint::series::Series;
use crate::paint::width;
use crate::state::snapshot::{
    CountSnapshot, Justify, Number, SegmentSnapshot, Snapshot, StatusSnapshot, Subject, Value,
};

#[test]
fn every_case_is_answered_as_enlighten_answered_it() {
    let path = std::env::var("FOOTLIGHTS_CASES")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/enlighten/cases.jsonl").to_owned());
    let text = std::fs::read_to_string(&path).unwrap();
    let mut painter = Painter::default();
    let (mut passed, mut failed) = (0, Vec::new());
    for line in text.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        match judge(&case, &mut painter) {
            Ok(()) => passed += 1,
            Err(why) => failed.push(format!("case {}: {why}", case["id"])),
        }
    }
    println!("{passed} of {}", passed + failed.len());
    let shown = failed.len().min(20);
    assert!(failed.is_empty(), "{passed} of {}\n{}", passed + failed.len(), failed[..shown].join("\n"));
}

/// What one cell of the terminal looks like.
#[derive(Clone, Debug, PartialEq)]
struct Cell {
    glyph: String,
    fg: Option<Ink>,
    bg: Option<Ink>,
    bold: bool,
    underline: bool,
    inverted: bool,
}

fn judge(case: &Json, painter: &mut Painter) -> Result<(), String> {
    let columns = case["width"].as_u64().unwrap() as usize;
    let mut line = Line::default();
    let shot = match paint(case, columns, painter, &mut line) {
        Ok(shot) if case.get("error").is_none() => shot,
        Ok(_) => return Err(format!("should be refused: {}", case["error"])),
        Err(_) if case.get("error").is_some() => return Ok(()),
        Err(err) => return Err(err.to_string()),
    };
    if line.width() > columns {
        return Err(format!("{} columns in {columns}", line.width()));
    }
    let mut ours: Vec<Cell> = line.glyphs().map(|(glyph, cell)| seen(glyph, cell.color)).collect();
    let mut theirs = expected(&case["expect"], if case["overflow"] == true { columns } else { usize::MAX });
    if let Some(bar) = case["bar"].as_array() {
        let (start, width) = (bar[0].as_u64().unwrap() as usize, bar[1].as_u64().unwrap() as usize);
        let Subject::Count(counter) = &shot.subject else { return Err("a status with a bar".into()) };
        let ours_at = places(&ours, start, width);
        let theirs_at = places(&theirs, start, width);
        let inside: Vec<Cell> = ours.drain(ours_at.0..ours_at.1).collect();
        theirs.drain(theirs_at.0..theirs_at.1);
        if inside.len() != width {
            return Err(format!("{} cells in a bar of {width}", inside.len()));
        }
        honest(counter, shot.color, &inside)?;
    }
    if ours != theirs {
        let text = |cells: &[Cell]| cells.iter().map(|cell| cell.glyph.as_str()).collect::<String>();
        if text(&ours) != text(&theirs) {
            return Err(format!("\n  ours   {:?}\n  theirs {:?}\n{}", text(&ours), text(&theirs), case["new"]));
        }
        let at = ours.iter().zip(&theirs).position(|(a, b)| a != b);
        return Err(format!("styles at {at:?}: {:?} {:?}", at.map(|at| &ours[at]), at.map(|at| &theirs[at])));
    }
    Ok(())
}

/// The cells that stand in the columns from `start`, `width` of them.
fn places(cells: &[Cell], start: usize, width: usize) -> (usize, usize) {
    let mut column = 0;
    let mut edges = vec![];
    for (n, cell) in cells.iter().enumerate() {
        edges.push((column, n));
        column += width::of(&cell.glyph);
    }
    edges.push((column, cells.len()));
    let place = |wanted: usize| edges.iter().find(|(column, _)| *column >= wanted).map_or(cells.len(), |(_, n)| *n);
    (place(start), place(start + width))
}

/// Checks a bar with segments: order, shares, nothing lost.
fn honest(counter: &CountSnapshot, color: Color, cells: &[Cell]) -> Result<(), String> {
    let blocks = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];
    let own = color.style().get_fg_color();
    // What every eighth of a cell shows: a colour, or nothing.
    let mut seen = Vec::new();
    for (n, cell) in cells.iter().enumerate() {
        // A part may have the colour of the bar's background; what follows tells it from nothing.
        let ends = cells.get(n + 1).is_none_or(|next| next.glyph == counter.series.empty());
        let filled = if cell.glyph == counter.series.full() {
            8
        } else if cell.glyph == counter.series.empty() {
            0
        } else {
            blocks.iter().position(|block| *block == cell.glyph).ok_or(format!("glyph {}", cell.glyph))?
        };
        // Inverted, what was the background paints the glyph, and the terminal's own foreground the rest.
        let (left, right) = match cell.inverted {
            true => (cell.bg, Some(None)),
            false => (cell.fg, Some(cell.bg).filter(|_| cell.bg != color.style().get_bg_color() || !ends)),
        };
        seen.extend((0..8).map(|n| match filled {
            0 => None,
            _ if n < filled => Some(left),
            _ => right,
        }));
    }
    let room = seen.len() as f64;
    let total = counter.total.map_or(0.0, Number::as_f64);
    let mut parts: Vec<(Option<Option<Ink>>, f64)> =
        counter.segments.iter().rev().map(|s| (Some(s.color.style().get_fg_color()), s.count.as_f64())).collect();
    let sum: f64 = parts.iter().map(|part| part.1).sum();
    let count = counter.count.as_f64();
    parts.push((Some(own), if total == 0.0 { 1.0 } else { (count - sum).max(0.0) }));
    parts.push((None, (total - count).max(0.0)));
    parts.retain(|part| part.1 > 0.0);
    let total = if total == 0.0 { 1.0 } else { total };
    // A series without parts of a cell cannot do better than whole cells, and what is less than one still shows.
    let step = 8.0 / counter.series.steps() as f64;
    let small = match counter.series.steps() {
        8 => 0,
        _ => parts.iter().filter(|part| part.1 * room / total < step).count(),
    };
    for (ink, _) in &parts {
        let same = parts.iter().filter(|part| part.0 == *ink);
        let share: f64 = same.clone().map(|part| part.1 * room / total).sum();
        let shown = seen.iter().filter(|eighth| *eighth == ink).count();
        if (shown as f64 - share).abs() > 8.0 * (same.count() + small) as f64 {
            return Err(format!(
                "{ink:?} has {shown} eighths of {share} in {} parts, {} cells",
                parts.len(),
                cells.len()
            ));
        }
        if shown == 0 && cells.len() >= parts.len() {
            return Err(format!("{ink:?} is not to be seen"));
        }
    }
    if cells.len() >= parts.len() {
        let mut order: Vec<_> = parts.iter().map(|part| part.0).collect();
        order.dedup();
        seen.dedup();
        if order != seen {
            return Err(format!("order {seen:?}, not {order:?}"));
        }
    }
    Ok(())
}

fn seen(glyph: &str, color: Color) -> Cell {
    let style = color.style();
    let effects = style.get_effects();
    Cell {
        glyph: glyph.to_owned(),
        fg: style.get_fg_color(),
        bg: style.get_bg_color(),
        bold: effects.contains(anstyle::Effects::BOLD),
        underline: effects.contains(anstyle::Effects::UNDERLINE),
        inverted: effects.contains(anstyle::Effects::INVERT),
    }
}

fn expected(runs: &Json, limit: usize) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut room = limit;
    for run in runs.as_array().unwrap() {
        for cluster in width::clusters(run["text"].as_str().unwrap()) {
            if room == 0 {
                break;
            }
            let glyph = if cluster.width > room { " " } else { cluster.text };
            room = room.saturating_sub(cluster.width);
            cells.push(Cell {
                glyph: glyph.to_owned(),
                fg: ink(&run["fg"]),
                bg: ink(&run["bg"]),
                bold: run["bold"] == true,
                underline: run["underline"] == true,
                inverted: false,
            });
        }
    }
    cells
}

fn ink(json: &Json) -> Option<Ink> {
    let list = json.as_array()?;
    let byte = |n: usize| list[n].as_u64().unwrap() as u8;
    Some(match list[0].as_str() {
        Some("ansi") => Ansi256Color(byte(1)).into_ansi().unwrap().into(),
        Some("idx") => Ansi256Color(byte(1)).into(),
        _ => RgbColor(byte(0), byte(1), byte(2)).into(),
    })
}

fn paint(case: &Json, columns: usize, painter: &mut Painter, line: &mut Line) -> Result<Snapshot, Error> {
    let shot = snapshot(case)?;
    let new = &case["new"];
    let kind = Kind::of(&shot);
    let format = match kind {
        Kind::Bar => new["bar_format"].as_str().unwrap_or(BAR),
        Kind::Counter => new["counter_format"].as_str().unwrap_or(COUNTER),
        Kind::Status => new["status_format"].as_str().unwrap_or_default(),
    };
    let template = Template::parse(format, kind)?;
    let segments: Vec<bool> = match &shot.subject {
        Subject::Count(counter) => counter.segments.iter().map(|segment| segment.all_fields).collect(),
        Subject::Status(_) => Vec::new(),
    };
    template.check_fields(|name| shot.field(name).is_some())?;
    template.check_segments(&segments)?;
    painter.paint(&template, &shot, columns, ColorDepth::TrueColor, line);
    Ok(shot)
}

fn snapshot(case: &Json) -> Result<Snapshot, Error> {
    let new = &case["new"];
    let fields = new["fields"].as_object().into_iter().flatten();
    Ok(Snapshot {
        subject: match case["kind"].as_str() {
            Some("status") => Subject::Status(status(case)),
            _ => Subject::Count(counter(case)?),
        },
        color: color(&new["color"])?,
        fill: new["fill"].as_str().and_then(|fill| fill.chars().next()).unwrap_or(' '),
        elapsed: case["elapsed"].as_f64().unwrap(),
        fields: fields.map(|(name, json)| (Arc::from(name.as_str()), value(json))).collect(),
    })
}

fn status(case: &Json) -> StatusSnapshot {
    let objects: Vec<&str> = case["args"].as_array().unwrap().iter().map(|arg| arg.as_str().unwrap()).collect();
    StatusSnapshot {
        text: (!objects.is_empty()).then(|| objects.join(" ").into()),
        justify: match case["new"]["justify"].as_str() {
            Some("center") => Justify::Center,
            Some("right") => Justify::Right,
            _ => Justify::Left,
        },
    }
}

fn counter(case: &Json) -> Result<CountSnapshot, Error> {
    let new = &case["new"];
    let text = |name: &str| Arc::from(new[name].as_str().unwrap_or_default());
    let start = number(&new["count"]).unwrap_or(Number::ZERO);
    let mut counter = CountSnapshot {
        desc: text("desc"),
        unit: text("unit"),
        count: start,
        start_count: start,
        total: number(&new["total"]),
        segments: Vec::new(),
        series: Arc::new(match &new["series"] {
            Json::String(text) => Series::from_text(text)?,
            Json::Array(cells) => Series::new(cells.iter().map(|cell| cell.as_str().unwrap()))?,
            _ => Series::blocks(),
        }),
    };
    for sub in case["subs"].as_array().unwrap() {
        let start = number(&sub["count"]).unwrap_or(Number::ZERO);
        counter.segments.push(SegmentSnapshot {
            color: color(&sub["color"])?,
            count: start,
            start_count: start,
            all_fields: sub["all_fields"] == true,
        });
    }
    for op in case["ops"].as_array().unwrap() {
        if op.as_array().unwrap().iter().any(|word| word == "refused") {
            continue;
        }
        let at = |n: usize| op[n].as_i64().unwrap();
        match op[0].as_str().unwrap() {
            "update" => counter.count = counter.count.plus(number(&op[1]).unwrap()),
            "sub" => {
                let by = number(&op[2]).unwrap();
                let segment = &mut counter.segments[at(1) as usize];
                segment.count = segment.count.plus(by);
                counter.count = counter.count.plus(by);
            }
            _ => {
                let by = number(&op[3]).unwrap();
                if let Ok(source) = usize::try_from(at(2)) {
                    counter.segments[source].count = counter.segments[source].count.minus(by);
                }
                let segment = &mut counter.segments[at(1) as usize];
                segment.count = segment.count.plus(by);
            }
        }
    }
    if let Some(state) = case.get("state") {
        assert_eq!(counter.count.as_f64(), state["count"].as_f64().unwrap(), "{case}");
    }
    Ok(counter)
}

fn number(json: &Json) -> Option<Number> {
    json.as_i64().map(Number::Whole).or_else(|| json.as_f64().map(Number::Fraction))
}

fn value(json: &Json) -> Value {
    match number(json) {
        Some(Number::Whole(n)) => Value::Int(n),
        Some(Number::Fraction(x)) => Value::Float(x),
        None => Value::from(json.as_str().unwrap()),
    }
}

fn color(json: &Json) -> Result<Color, Error> {
    match json {
        Json::String(name) => name.parse(),
        Json::Array(rgb) => {
            let byte = |n: usize| rgb[n].as_u64().unwrap() as u8;
            Ok(Color::rgb(byte(0), byte(1), byte(2)))
        }
        _ => Ok(Color::DEFAULT),
    }
}
