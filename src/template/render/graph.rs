//! The graph of the rate.

use crate::cells::charset::Charset;
use crate::state::rate_history::RateHistory;

/// Heights of a column, from the least on. A column without counts is blank.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The same by how much ink they have.
const ASCII: [char; 8] = ['.', ':', '-', '=', '+', '*', '#', '@'];

/// Appends `columns` columns: one for each second, the last one on the right, as high as its share of
/// the highest one. Blank for what is not known.
pub(crate) fn write(out: &mut String, history: Option<&RateHistory>, columns: usize, charset: Charset) {
    let glyphs = if charset == Charset::Ascii { &ASCII } else { &BLOCKS };
    let Some(history) = history else { return out.extend(std::iter::repeat_n(' ', columns)) };
    let seconds = history.last(columns);
    let highest = seconds.clone().flatten().fold(0.0, f32::max);
    out.extend(seconds.map(|items| match items {
        Some(items) if items > 0.0 => {
            // A cast saturates, and makes 0 of NaN.
            let height = (items / highest * glyphs.len() as f32).ceil() as usize;
            glyphs.get(height.clamp(1, glyphs.len()) - 1).copied().unwrap_or(' ')
        }
        _ => ' ',
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::number::Number;

    #[test]
    fn columns_have_the_heights_of_their_seconds() {
        let mut history = RateHistory::new(Number::ZERO, 0.0);
        let mut count = 0;
        for (second, items) in [1, 8, 4, 0, 5].into_iter().enumerate() {
            count += items;
            history.sample(Number::Whole(count), second as f64 + 1.0);
        }
        let graph = |history, columns, charset| {
            let mut out = String::new();
            write(&mut out, history, columns, charset);
            out
        };
        assert_eq!(graph(Some(&history), 7, Charset::Unicode), "  ▁█▄ ▅");
        assert_eq!(graph(Some(&history), 3, Charset::Unicode), "▇ █");
        assert_eq!(graph(Some(&history), 5, Charset::Ascii), ".@= +");
        assert_eq!(graph(None, 3, Charset::Unicode), "   ");
        assert_eq!(graph(Some(&history), 0, Charset::Unicode), "");
    }
}
