//! Whole streams, with a clock in the hand of the test: each line follows the schema, and the last
//! counts that are told are those that were counted.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use serde_json::Value;

use super::reporter::JsonReporter;
use crate::bars::{Appearance, Bar, Id, ManagerId, OnClose, Place, Roster, Scope, Spot};
use crate::cells::color::Color;
use crate::output::lines::{Lines, Reporter};
use crate::state::counts::Counts;
use crate::state::number::Number;
use crate::state::segment_state::SegmentState;
use crate::state::snapshot::Snapshot;
use crate::state::value;
use crate::sys::Instant;

const SCHEMA: &str = include_str!("../../../docs/progress.schema.json");

/// Checks a value against a schema: the keywords that ours uses.
fn is_valid(value: &Value, schema: &Value, root: &Value) -> bool {
    schema.as_object().expect("a schema").iter().all(|(keyword, rule)| match keyword.as_str() {
        "$ref" => {
            let path = rule.as_str().expect("a path").strip_prefix('#').expect("a path in this file");
            is_valid(value, root.pointer(path).expect("a definition"), root)
        }
        "oneOf" => list(rule).iter().filter(|schema| is_valid(value, schema, root)).count() == 1,
        "allOf" => list(rule).iter().all(|schema| is_valid(value, schema, root)),
        "const" => value == rule,
        "enum" => list(rule).contains(value),
        "type" => match rule {
            Value::Array(types) => types.iter().any(|name| is_of_type(value, name)),
            name => is_of_type(value, name),
        },
        "minimum" => value.as_f64() >= rule.as_f64(),
        "required" => list(rule).iter().all(|name| value.get(name.as_str().expect("a name")).is_some()),
        "properties" => {
            let mut properties = rule.as_object().expect("properties").iter();
            properties.all(|(name, schema)| value.get(name).is_none_or(|value| is_valid(value, schema, root)))
        }
        "additionalProperties" => {
            value.as_object().is_some_and(|members| members.values().all(|member| is_valid(member, rule, root)))
        }
        "items" => value.as_array().is_some_and(|items| items.iter().all(|item| is_valid(item, rule, root))),
        "$schema" | "title" | "description" | "$defs" => true,
        _ => panic!("the schema has a keyword that is not checked here: {keyword}"),
    })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn is_of_type(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        name => panic!("no such type: {name}"),
    }
}

#[track_caller]
fn check(line: &Value) {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    assert!(is_valid(line, &schema, &schema), "{line}");
}

/// A program with lines of JSON. Time passes only when it is told to.
struct Program {
    roster: Roster,
    reporter: JsonReporter,
    now: Instant,
    told: Vec<Value>,
}

impl Program {
    fn new() -> Program {
        let now = Instant::now();
        let reporter = JsonReporter::new(Duration::from_millis(250), 1000.0, now);
        Program { roster: Roster::with_newcomers(), reporter, now, told: Vec::new() }
    }

    fn add(&mut self, snapshot: Snapshot, total: Option<u64>, leave: bool) -> (Arc<Bar>, Id) {
        let appearance = Appearance::new(snapshot, Number::ZERO, self.now);
        let bar =
            Arc::new(Bar::new(Counts::new(Number::ZERO, total.map(Number::from)), appearance, OnClose::leave(leave)));
        let id = self.roster.add(bar.clone(), ManagerId(0), Place::Free);
        self.look();
        (bar, id)
    }

    fn look(&mut self) {
        let mut lines = Lines::default();
        self.reporter.add(&mut self.roster.take_newcomers().drain(..), self.now, &mut lines);
        self.reporter.look(self.now, &mut lines);
        self.take(lines);
    }

    fn wait(&mut self, millis: u64) {
        self.now += Duration::from_millis(millis);
        self.look();
    }

    fn stop(&mut self) {
        self.look();
        let mut lines = Lines::default();
        self.reporter.end(Scope::All, &[], self.now, &mut lines);
        self.take(lines);
    }

    fn take(&mut self, mut lines: Lines) {
        let text = lines.take_text();
        assert!(text.is_empty() || text.ends_with('\n'));
        for line in text.lines() {
            let value = serde_json::from_str(line).expect("JSON");
            check(&value);
            self.told.push(value);
        }
    }

    /// The events, as name and number of the bar.
    fn events(&self) -> Vec<String> {
        let event = |line: &Value| format!("{} {}", line["event"].as_str().expect("a name"), line["id"]);
        self.told.iter().map(event).collect()
    }
}

fn inc(bar: &Bar, n: u64) {
    bar.counts.increments.stripes().add(n);
}

fn segment(bar: &Bar, name: &str) -> Arc<SegmentState> {
    let segment = Arc::new(SegmentState::new(name.into(), Color::DEFAULT, Number::ZERO, true));
    assert!(bar.counts.add_segment(&segment));
    segment
}

#[test]
fn the_events_of_two_bars() {
    let mut program = Program::new();
    let (build, build_id) = program.add(Snapshot::counter(), Some(20), true);
    build.change(|appearance| appearance.edit_counter(|counter| counter.desc = "\x1b[31mBuild\x1b[m".into()));
    let (status, _) = program.add(Snapshot::status(), None, false);
    let failed = segment(&build, "failed");
    inc(&build, 6);
    failed.increments.stripes().add(3);
    program.wait(250);
    program.wait(250);
    inc(&build, 1);
    program.wait(100); // too early
    status.change(|appearance| appearance.edit_status(|status| status.text = Some("linking".into())));
    build.pause(program.now);
    program.wait(150);
    inc(&build, 10);
    build.close(program.now);
    program.roster.close(build_id, OnClose::Keep);
    program.look();
    inc(&build, 1);
    program.wait(1000);
    program.stop();
    assert_eq!(
        program.events(),
        [
            "started 1",
            "started 2",
            "progress 1",
            "progress 1",
            "progress 2",
            "message 2",
            "finished 1",
            "finished 1",
            "finished 2",
        ]
    );
    let told = &program.told;
    assert_eq!(told[0]["desc"], "");
    assert_eq!((&told[2]["desc"], &told[2]["count"], &told[2]["total"]), (&"Build".into(), &9.into(), &20.into()));
    assert_eq!(told[2]["segments"], serde_json::json!([{"name": "failed", "count": 3}]));
    assert_eq!((&told[2]["time"], &told[2]["elapsed"]), (&1000.25.into(), &0.25.into()));
    assert_eq!((&told[2]["rate"], &told[2]["paused"]), (&36.0.into(), &false.into()));
    assert_eq!(told[3]["paused"], true);
    assert_eq!((&told[4]["text"], &told[5]["text"]), (&"linking".into(), &"linking".into()));
    assert_eq!((&told[6]["complete"], &told[7]["complete"]), (&true.into(), &false.into()));
    assert_eq!(told[7]["count"], 21);
}

#[test]
fn a_message_comes_before_the_end() {
    let mut program = Program::new();
    let (bar, id) = program.add(Snapshot::counter(), None, false);
    let set = |text: &str| {
        bar.change(|appearance| appearance.snapshot.fields.set("message", value::Value::Text(text.into())));
    };
    set("one");
    bar.change(|appearance| appearance.snapshot.fields.set("host", value::Value::Text("a\"b".into())));
    program.wait(300);
    set("two");
    bar.close(program.now);
    program.roster.close(id, OnClose::Clear);
    program.stop();
    assert_eq!(program.events(), ["started 1", "progress 1", "message 1", "message 1", "finished 1"]);
    assert_eq!(program.told[1]["fields"], serde_json::json!({"host": "a\"b"}));
    assert_eq!(program.told[3]["text"], "two");
}

#[test]
fn a_bar_that_is_opened_again_keeps_its_number() {
    let mut program = Program::new();
    let (bar, id) = program.add(Snapshot::counter(), Some(1), true);
    inc(&bar, 1);
    bar.close(program.now);
    program.look();
    bar.reset(program.now);
    program.roster.reopen(id, &bar, ManagerId(0));
    program.look();
    program.add(Snapshot::counter(), None, true);
    program.stop();
    assert_eq!(program.events(), ["started 1", "finished 1", "started 1", "started 2", "finished 1", "finished 2"]);
    assert_eq!(program.told[4]["complete"], false);
}

/// Children name their parents by number, hidden bars too.
#[test]
fn children_name_their_parents() {
    let mut program = Program::new();
    program.add(Snapshot::counter(), None, true);
    let (_, parent) = program.add(Snapshot::counter(), Some(2), false);
    for (parent_id, hidden) in [(Some(parent), false), (Some(parent), true), (None, false)] {
        let mut child = Bar::for_tests();
        child.nest(parent_id, 1);
        child.set_hidden(hidden);
        program.roster.add_at(Spot::Last { parent: parent_id }, Arc::new(child), ManagerId(0), Place::Free);
        program.look();
    }
    program.stop();
    let parents: Vec<&Value> =
        program.told.iter().filter(|told| told["event"] == "started").map(|told| &told["parent"]).collect();
    let (two, none) = (serde_json::json!(2), Value::Null);
    assert_eq!(parents, [&none, &none, &two, &two, &none]);
    assert!(program.reporter.numbers.is_empty());
}

/// The child was added while its parent was open, and comes to be known when that is gone.
#[test]
fn a_child_names_its_parent_that_is_gone() {
    let mut program = Program::new();
    let (bar, parent) = program.add(Snapshot::counter(), Some(2), false);
    bar.close(program.now);
    program.roster.close(parent, OnClose::Clear);
    let (mut lines, now) = (Lines::default(), program.now);
    program.reporter.look(now, &mut lines);
    program.take(lines);
    let mut child = Bar::for_tests();
    child.nest(Some(parent), 1);
    program.roster.add_at(Spot::Last { parent: Some(parent) }, Arc::new(child), ManagerId(0), Place::Free);
    program.look();
    let started = program.told.last().expect("a line");
    assert_eq!((&started["event"], &started["parent"]), (&"started".into(), &1.into()));
    assert_eq!(program.reporter.numbers.len(), 1);
}

/// The check that is made above can fail.
#[test]
fn wrong_lines_are_not_valid() {
    let mut program = Program::new();
    let (bar, _) = program.add(Snapshot::counter(), Some(2), true);
    segment(&bar, "failed");
    program.stop();
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    let line = program.told.last().expect("a line").clone();
    assert!(is_valid(&line, &schema, &schema));
    for (name, wrong) in [
        ("v", Value::from(2)),
        ("event", "ended".into()),
        ("id", 0.into()),
        ("time", "now".into()),
        ("elapsed", Value::Null),
        ("kind", "bar".into()),
        ("desc", 7.into()),
        ("count", Value::Null),
        ("total", "many".into()),
        ("segments", serde_json::json!([{"name": "failed"}])),
        ("complete", 1.into()),
        ("fields", serde_json::json!({"a": []})),
    ] {
        for wrong in [Some(wrong), None] {
            let mut line = line.clone();
            match wrong {
                Some(wrong) => line[name] = wrong,
                None => _ = line.as_object_mut().expect("an object").remove(name),
            }
            assert!(!is_valid(&line, &schema, &schema), "{line}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done in whatever order: the last line of each bar has what was counted.
    #[test]
    fn what_is_told_is_what_was_counted(steps in prop::collection::vec((0..6u8, 0..5usize, 1..100u64), 1..60)) {
        let mut program = Program::new();
        let mut bars = Vec::new();
        let mut counted = BTreeMap::new();
        for (step, which, n) in steps {
            let which = if bars.is_empty() { 0 } else { which % bars.len() };
            match (step, bars.get(which)) {
                (0, _) | (_, None) => {
                    let (bar, id) = program.add(Snapshot::counter(), Some(n), n % 2 == 0);
                    let failed = segment(&bar, "failed");
                    bars.push((bar, id, failed));
                }
                (1, Some((bar, _, failed))) if !bar.is_closed() => {
                    inc(bar, n);
                    failed.increments.stripes().add(1);
                    let told = counted.entry(which + 1).or_insert((0, 0));
                    *told = (told.0 + n + 1, told.1 + 1);
                }
                (2, Some((bar, id, _))) => {
                    bar.close(program.now);
                    program.roster.close(*id, bar.on_close());
                }
                (3, _) => program.look(),
                _ => program.wait(n * 10),
            }
        }
        program.stop();
        let last: BTreeMap<u64, &Value> =
            program.told.iter().map(|line| (line["id"].as_u64().expect("a number"), line)).collect();
        prop_assert_eq!(last.len(), bars.len());
        for (id, line) in last {
            let (count, failed) = counted.get(&(id as usize)).copied().unwrap_or_default();
            prop_assert_eq!(line["event"].as_str(), Some("finished"));
            prop_assert_eq!((line["count"].as_u64(), line["segments"][0]["count"].as_u64()), (Some(count), Some(failed)));
        }
    }
}
