//! A recording in the format asciicast v2: a line of JSON for the window, then one for each piece of output.

use serde_json::json;

use crate::run::Piece;

pub fn cast((cols, rows): (u16, u16), command: &str, output: &[Piece]) -> String {
    let env = json!({ "TERM": "xterm-256color" });
    let mut text =
        format!("{}\n", json!({ "version": 2, "width": cols, "height": rows, "title": command, "env": env }));
    for piece in output {
        let seconds = (piece.seconds * 1000.0).round() / 1000.0;
        text += &format!("{}\n", json!([seconds, "o", piece.text]));
    }
    text
}
