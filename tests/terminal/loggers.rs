//! Loggers need no adapter: their lines appear above the bars, whole and in order.

use crate::support::Scene;

#[track_caller]
fn check_lines(scene: &str, level: &str) {
    let mut run = Scene::new(scene).size(60, 12).start();
    run.until("all lines", |screen| screen.log().len() >= 400);
    run.step();
    let (screen, status) = run.end();
    assert!(status.success());
    let log = screen.log();
    for thread in 0..4 {
        let of_thread = format!("thread {thread} ");
        let lines: Vec<&String> = log.iter().filter(|line| line.contains(&of_thread)).collect();
        assert_eq!(lines.len(), 100, "\n{screen}");
        for (n, line) in lines.into_iter().enumerate() {
            assert!(line.contains(level) && line.ends_with(&format!("thread {thread} line {n}")), "\n{screen}");
        }
    }
    assert_eq!(log.len(), 400, "\n{screen}");
    assert_eq!(screen.bars(), ["BAR#0", "BAR#1"], "\n{screen}");
}

#[test]
fn env_logger() {
    check_lines("env-logger", "[INFO ");
}

#[test]
fn the_formatter_of_tracing_subscriber() {
    check_lines("tracing-fmt", "INFO thread");
}
