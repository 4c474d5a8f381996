//! Whole logs, with a clock in the hand of the test.

use std::sync::Arc;
use std::time::Duration;

use super::budget::{BURST, PER_MINUTE};
use super::pace::Pace;
use super::reporter::{PlainReporter, PlainSetup};
use super::service::Service;
use crate::bars::{Appearance, Bar, Id, LastLine, ManagerId, OnClose, Place, Roster, Scope};
use crate::cells::capabilities::Capabilities;
use crate::cells::color::{Color, ColorDepth};
use crate::output::lines::{Lines, Reporter};
use crate::state::counts::Counts;
use crate::state::number::Number;
use crate::state::segment_state::SegmentState;
use crate::state::snapshot::Snapshot;
use crate::sys::Instant;
use crate::template::LineKind;

/// A program with plain lines. Time passes only when it is told to.
struct Program {
    roster: Roster,
    reporter: PlainReporter,
    start: Instant,
    now: Instant,
    /// The log so far, each line with the second in which it was written.
    log: Vec<(u64, String)>,
}

#[derive(Clone)]
struct Job {
    bar: Arc<Bar>,
    id: Id,
}

impl Program {
    fn new() -> Program {
        Program::with(LineKind::Plain, Service::Other)
    }

    fn with(kind: LineKind, service: Service) -> Program {
        let (start, capabilities) = (Instant::now(), Capabilities::unicode(ColorDepth::None));
        let setup = PlainSetup { pace: Pace::DEFAULT, step: 10, kind, capabilities, service };
        let (roster, reporter) = (Roster::with_newcomers(), PlainReporter::new(setup));
        Program { roster, reporter, start, now: start, log: Vec::new() }
    }

    fn add(&mut self, desc: &str, total: Option<u64>, leave: bool) -> Job {
        let mut appearance = Appearance::new(Snapshot::counter(), Number::ZERO, self.now);
        appearance.edit_counter(|counter| counter.desc = desc.into());
        let bar =
            Arc::new(Bar::new(Counts::new(Number::ZERO, total.map(Number::from)), appearance, OnClose::leave(leave)));
        let id = self.roster.add(bar.clone(), ManagerId(0), Place::Free);
        self.look();
        Job { bar, id }
    }

    fn close(&mut self, job: &Job) {
        job.bar.close(self.now);
        self.roster.close(job.id, job.bar.on_close());
        self.look();
    }

    fn remove(&mut self, job: &Job) {
        job.bar.remove(self.now);
        self.roster.close(job.id, OnClose::Clear);
        self.look();
    }

    /// Lets some time pass, with a look each second.
    fn wait(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.now += Duration::from_secs(1);
            self.look();
        }
    }

    fn look(&mut self) {
        let mut lines = Lines::default();
        self.reporter.add(&mut self.roster.take_newcomers().drain(..), self.now, &mut lines);
        self.reporter.look(self.now, &mut lines);
        self.take(lines);
    }

    fn stop(&mut self) {
        self.look();
        let mut lines = Lines::default();
        let staying = self.roster.remove_bars(Scope::All).into_iter().map(|last| match last {
            LastLine::Bar(bar) | LastLine::Single(bar) => bar,
            LastLine::Finished(_) => panic!("lines sum up bars by themselves"),
        });
        let staying: Vec<_> = staying.collect();
        self.reporter.end(Scope::All, &staying, self.now, &mut lines);
        self.take(lines);
    }

    fn take(&mut self, mut lines: Lines) {
        let second = (self.now - self.start).as_secs();
        let text = lines.take_text();
        assert!(!text.contains(['\r', '\x1b']) && (text.is_empty() || text.ends_with('\n')), "{text:?}");
        self.log.extend(text.lines().map(|line| (second, line.to_owned())));
    }

    #[track_caller]
    fn check(&self, wanted: &[&str]) {
        let log: Vec<&str> = self.log.iter().map(|(_, line)| line.as_str()).collect();
        assert_eq!(log, wanted, "{:#?}", self.log);
    }

    /// The most lines in any minute.
    fn busiest_minute(&self) -> usize {
        let from = |second: u64| self.log.iter().filter(|(at, _)| (second..second + 60).contains(at)).count();
        self.log.iter().map(|(at, _)| from(*at)).max().unwrap_or(0)
    }
}

impl Job {
    fn inc(&self, n: u64) {
        self.bar.counts.increments.stripes().add(n);
    }

    fn fail(&self) -> Arc<SegmentState> {
        let segment = Arc::new(SegmentState::new("failed".into(), Color::DEFAULT, Number::ZERO, true));
        assert!(self.bar.counts.add_segment(&segment));
        segment.increments.stripes().add(1);
        segment
    }
}

#[test]
fn the_log_of_a_build() {
    let mut program = Program::new();
    let job = program.add("Building", Some(20), true);
    for _ in 0..18 {
        program.wait(2);
        job.inc(1);
    }
    let failed = job.fail();
    program.wait(1);
    failed.increments.stripes().add(1);
    program.look();
    program.close(&job);
    program.stop();
    program.check(&[
        "Building  10% (2/20) 00:05<00:45",
        "Building  35% (7/20) 00:15<00:28",
        "Building  60% (12/20) 00:25<00:17",
        "Building  85% (17/20) 00:35<00:06",
        "Building  95% (19/20, 1 failed) 00:37<00:02",
        "Building 100% (20/20, 2 failed) 00:37",
    ]);
}

#[test]
fn a_short_job_says_how_it_has_ended() {
    let mut program = Program::new();
    let jobs = ["One", "Two", "Three"].map(|name| program.add(name, Some(10), true));
    let hidden = program.add("Hidden", Some(10), false);
    program.wait(1);
    jobs.iter().for_each(|job| job.inc(10));
    program.wait(1);
    program.close(&hidden);
    program.close(&jobs[0]);
    program.stop();
    program.check(&["One 100% (10/10) 00:02", "Two 100% (10/10) 00:02", "Three 100% (10/10) 00:02"]);
}

#[test]
fn a_short_job_that_is_removed_says_nothing() {
    let mut program = Program::new();
    let scan = program.add("Scan", None, true);
    program.wait(1);
    program.remove(&scan);
    program.wait(60);
    program.check(&[]);
    scan.bar.reset(program.now);
    program.roster.reopen(scan.id, &scan.bar, ManagerId(0));
    program.wait(1);
    program.close(&scan);
    program.check(&["Scan 0 00:01"]);
}

#[test]
fn a_short_job_says_how_it_has_ended_also_after_a_long_one() {
    let mut program = Program::new();
    let long = program.add("Long", None, false);
    program.wait(600);
    program.remove(&long);
    program.log.clear();
    let short = program.add("Short", Some(10), true);
    program.wait(1);
    short.inc(10);
    program.close(&short);
    program.check(&["Short 100% (10/10) 00:01"]);
}

#[test]
fn an_hour_is_fewer_than_four_hundred_lines() {
    let mut program = Program::new();
    let jobs = ["One", "Two", "Three"].map(|name| program.add(name, Some(36_000), true));
    for second in 0..3600 {
        jobs.iter().for_each(|job| job.inc(10));
        if second == 1000 {
            jobs.iter().for_each(|job| drop(job.fail()));
        }
        program.wait(1);
    }
    program.stop();
    assert!((300..400).contains(&program.log.len()), "{}", program.log.len());
    // Nobody waits longer than 30 s for a word about each.
    for name in ["One", "Two", "Three"] {
        let said: Vec<u64> =
            program.log.iter().filter(|(_, line)| line.starts_with(name)).map(|(second, _)| *second).collect();
        assert!(said.windows(2).all(|pair| pair[1] - pair[0] <= 30), "{name}: {said:?}");
    }
}

#[test]
fn a_counter_without_a_total_gives_a_sign_of_life() {
    let mut program = Program::new();
    let job = program.add("Reading", None, true);
    job.inc(5);
    program.wait(70);
    job.bar.pause(program.now);
    program.wait(600);
    job.bar.resume(program.now);
    program.close(&job);
    program.stop();
    program.check(&["Reading 5 00:05", "Reading 5 00:35", "Reading 5 01:05", "Reading 5 01:10", "Reading 5 00:01"]);
}

#[test]
fn a_thousand_bars_do_not_flood() {
    // One after the other, two a second.
    let mut program = Program::new();
    for n in 0..1000 {
        let job = program.add(&format!("Job {n}"), Some(1), true);
        job.inc(1);
        program.close(&job);
        program.now += Duration::from_millis(500);
        program.look();
    }
    program.stop();
    assert!(program.busiest_minute() <= (BURST + PER_MINUTE) as usize, "{:#?}", program.log);
    let summed_up: usize = program
        .log
        .iter()
        .filter_map(|(_, line)| line.strip_prefix("and ")?.split(' ').next()?.parse::<usize>().ok())
        .sum();
    let own = program.log.iter().filter(|(_, line)| line.starts_with("Job ")).count();
    assert_eq!(summed_up + own, 1000, "{:#?}", program.log);

    // All at the same time, until the program stops.
    let mut program = Program::new();
    let jobs: Vec<Job> = (0..1000).map(|n| program.add(&format!("Job {n}"), Some(100), true)).collect();
    for _ in 0..50 {
        jobs.iter().for_each(|job| job.inc(1));
        program.wait(10);
    }
    let failed = jobs[999].fail();
    program.wait(30);
    drop(failed);
    assert!(program.busiest_minute() <= (BURST + PER_MINUTE) as usize, "{:#?}", program.log);
    let crowd: Vec<&str> =
        program.log.iter().map(|(_, line)| line.as_str()).filter(|line| line.starts_with("and")).collect();
    assert_eq!(crowd.first(), Some(&"and 996 more: 1%, 0 complete"), "{:#?}", program.log);
    assert_eq!(crowd.last(), Some(&"and 996 more: 50%, 0 complete, 1 with failures"));
    let before = program.log.len();
    program.stop();
    assert_eq!(program.log.len() - before, 9);
    assert_eq!(program.log.last().unwrap().1, "and 992 more ended: 0 complete, 1 with failures");
}

#[test]
fn lines_that_are_read_aloud() {
    let mut program = Program::with(LineKind::Words, Service::Other);
    let job = program.add("Building", Some(20), true);
    job.inc(4);
    program.wait(5);
    drop(job.fail());
    job.inc(15);
    program.close(&job);
    program.check(&[
        "Building 20 percent, 4 of 20, 5 seconds, 20 seconds left",
        "Building ended at 100 percent, 20 of 20, 1 failed, after 5 seconds",
    ]);
}

#[test]
fn many_lines_are_folded_where_a_service_does_that() {
    let title = "8 bars: 50%, 0 complete";
    let teamcity = format!("##teamcity[blockOpened name='Progress' description='{title}']");
    for (service, begin, end) in [
        (Service::Other, None, None),
        (Service::GitHub, Some(format!("::group::{title}")), Some("::endgroup::")),
        (Service::Azure, Some(format!("##[group]{title}")), Some("##[endgroup]")),
        (Service::TeamCity, Some(teamcity), Some("##teamcity[blockClosed name='Progress']")),
    ] {
        let mut program = Program::with(LineKind::Plain, service);
        let jobs: Vec<Job> = (0..8).map(|n| program.add(&n.to_string(), Some(2), true)).collect();
        jobs.iter().for_each(|job| job.inc(1));
        program.stop();
        let lines: Vec<String> = (0..8).map(|n| format!("{n}  50% (1/2) 00:00")).collect();
        let lines = lines.iter().map(String::as_str);
        let wanted: Vec<&str> = begin.as_deref().into_iter().chain(lines).chain(end).collect();
        program.check(&wanted);
    }
}

#[test]
fn a_bar_that_is_opened_again_is_another_one() {
    let mut program = Program::new();
    let job = program.add("Pass", Some(2), true);
    job.inc(2);
    program.close(&job);
    job.bar.reset(program.now);
    program.roster.reopen(job.id, &job.bar, ManagerId(0));
    job.inc(1);
    program.close(&job);
    program.stop();
    program.check(&["Pass 100% (2/2) 00:00", "Pass  50% (1/2) 00:00"]);
}

/// A cleared bar, and a bar that says the same as before, have nothing to say.
#[test]
fn nothing_is_said_twice_or_of_nothing() {
    let mut program = Program::new();
    let done = program.add("Done", Some(1), true);
    done.inc(1);
    let cleared = program.add("Cleared", Some(1), true);
    cleared.bar.clear();
    program.wait(60);
    program.close(&done);
    program.stop();
    program.check(&["Done 100% (1/1) 00:00"]);
}

/// A hidden bar says nothing, not even that it has ended.
#[test]
fn hidden_bars_are_silent() {
    let mut program = Program::new();
    let shown = program.add("Shown", Some(10), true);
    let hidden = program.add("Hidden", Some(10), true);
    program.roster.hide(hidden.id, &hidden.bar);
    hidden.bar.counts.increments.stripes().add(5);
    program.wait(90);
    assert!(program.log.iter().all(|(_, line)| line.starts_with("Shown")), "{:?}", program.log);
    program.roster.show(hidden.id, &hidden.bar);
    program.wait(40);
    assert!(program.log.iter().any(|(_, line)| line.starts_with("Hidden")), "{:?}", program.log);
    program.log.clear();
    let other = program.add("Other", Some(1), true);
    program.roster.hide(other.id, &other.bar);
    program.close(&other);
    program.close(&shown);
    program.stop();
    assert!(program.log.iter().all(|(_, line)| !line.contains("Other")), "{:?}", program.log);
}
