//! A prompt and what is typed behind it.

use crate::support::Scene;

#[test]
fn input_appears_behind_its_prompt() {
    let mut run = Scene::new("prompt").size(20, 4).reads_terminal().start();
    run.until_picture(
        "|name? _
         |
         |
         |BAR#0",
    );
    run.type_keys("jo");
    run.until_picture(
        "|name? jo_
         |
         |
         |BAR#0",
    );
    run.type_keys("e\r");
    run.until_picture(
        "|name? joe
         |hello joe
         |_
         |BAR#0",
    );
    run.type_keys("\r");
    let (screen, status) = run.end();
    assert!(status.success());
    assert_eq!(screen.log(), ["name? joe", "hello joe"]);
    assert_eq!(screen.bars(), ["BAR#0"]);
}
