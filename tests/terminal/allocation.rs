//! In the steady state nothing is allocated, on no thread: not for a frame, not for the output
//! above the bars.

use crate::support::Scene;
use crate::support::bytes::frames;

const ROUNDS: usize = 5;
const STEPS: usize = 100;

#[test]
fn frames_allocate_nothing() {
    check("steady");
}

/// Nor for columns that give way and are aligned, and for links.
#[test]
fn columns_allocate_nothing() {
    check("steady-columns");
}

#[track_caller]
fn check(scene: &str) {
    let mut run = Scene::new(scene).arg(ROUNDS).arg(STEPS).size(120, 24).start();
    for _ in 0..ROUNDS {
        for step in 1..=STEPS {
            run.step();
            let count = format!(" {step}/{STEPS} ");
            run.until(&count, |screen| screen.rows()[23].contains(&count));
        }
    }
    let (screen, status) = run.end();
    assert!(status.success());
    assert!(frames(screen.raw()).0.len() >= ROUNDS * STEPS);
    assert!(screen.has("allocations: 0"), "\n{screen}");
}
