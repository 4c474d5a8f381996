//! The cells of a row as runs: cells beside each other that look the same.

use avt::{Cell, Color, Pen};

/// Cells in one style.
#[derive(Clone, PartialEq)]
pub struct Run {
    pub col: usize,
    pub text: String,
    pub foreground: String,
    pub background: Option<String>,
    pub bold: bool,
}

/// The colors of the window.
pub const FOREGROUND: &str = "#d5d9de";
pub const BACKGROUND: &str = "#1b1e23";
/// The sixteen colors that are the choice of the terminal.
const ANSI: [&str; 16] = [
    "#2e3436", "#e5534b", "#4fae62", "#d3a03c", "#5b8fd6", "#a678c8", "#38a5a5", "#d5d9de", "#6b7480", "#f2776f",
    "#74cc86", "#ecc368", "#82aeea", "#c39be0", "#62c7c7", "#f4f6f8",
];

/// Returns the runs of a row. Blanks between them are left out if they have no background.
pub fn runs(cells: &[Cell]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (col, cell) in cells.iter().enumerate() {
        if cell.width() == 0 {
            continue;
        }
        let (foreground, background) = colors(cell.pen());
        let bold = cell.pen().is_bold();
        let is_blank = cell.char() == ' ' && background.is_none();
        match runs.last_mut() {
            Some(run)
                if run.foreground == foreground
                    && (run.background == background && run.bold == bold)
                    && run.col + run.text.chars().count() == col =>
            {
                run.text.push(cell.char());
            }
            _ if is_blank => {}
            _ => runs.push(Run { col, text: cell.char().to_string(), foreground, background, bold }),
        }
    }
    for run in runs.iter_mut().filter(|run| run.background.is_none()) {
        run.text.truncate(run.text.trim_end().len());
    }
    runs.retain(|run| !run.text.is_empty());
    runs
}

fn colors(pen: &Pen) -> (String, Option<String>) {
    let foreground = pen.foreground().map(css);
    let background = pen.background().map(css);
    if pen.is_inverse() {
        let background = foreground.unwrap_or_else(|| FOREGROUND.to_owned());
        return (pen.background().map_or_else(|| BACKGROUND.to_owned(), css), Some(background));
    }
    let standard = if pen.is_faint() { "#8a929c" } else { FOREGROUND };
    (foreground.unwrap_or_else(|| standard.to_owned()), background)
}

fn css(color: Color) -> String {
    match color {
        Color::RGB(color) => format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b),
        Color::Indexed(n @ 0..16) => ANSI.get(usize::from(n)).copied().unwrap_or(FOREGROUND).to_owned(),
        Color::Indexed(n @ 232..) => format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (n - 232)),
        Color::Indexed(n) => {
            let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            format!("#{:02x}{:02x}{:02x}", level((n - 16) / 36), level((n - 16) / 6 % 6), level((n - 16) % 6))
        }
    }
}
