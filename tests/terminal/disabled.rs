//! Where nothing shows bars, the output is that of the program, byte for byte.

use std::fs::File;

use crate::support::Scene;
use crate::support::screen::numbered;

/// The output of the scene.
fn output(newline: &str) -> String {
    let lines = numbered(20).flat_map(|line| [line, newline.to_owned()]);
    format!("output: none{newline}{}count: 40{newline}", lines.collect::<String>())
}

#[test]
fn because_the_user_wants_nothing() {
    let (screen, status) = Scene::new("work").env("FOOTLIGHTS_OUTPUT", "none").run();
    assert!(status.success());
    assert_eq!(screen.raw(), output("\r\n").as_bytes());
}

#[test]
fn because_nobody_would_see_it() {
    let null = File::options().write(true).open("/dev/null").expect("the null device");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("disabled-{}", std::process::id()));
    let file = File::create(&path).expect("a file for the test");
    let (screen, status) = Scene::new("work").stdout(file).stderr(null).run();
    assert!(status.success());
    assert_eq!(screen.raw(), b"");
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), output("\n"));
    let _ = std::fs::remove_file(path);
}
