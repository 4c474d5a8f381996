//! What the program prints, as bytes.

use super::emulator::ACCENT;
use super::harness::Harness;
use super::op::Chunk;

impl Harness {
    /// How far the program can move up. The window has fewer rows for the log than the program
    /// knows; where the program moves up further, it ends elsewhere. `start` is the deepest row of
    /// the log before the output that is on its way.
    fn room_above(&self, start: usize) -> usize {
        let row = self.terminal.terminal().cursor().row;
        let below = self.reference.deepest - self.reference.row();
        let deepest = row + below + self.ahead.deepest - start;
        let kept = (self.window.size.rows - 1).saturating_sub(self.lines.len() + 1);
        deepest.min(kept).saturating_sub(self.ahead.deepest - self.ahead.row())
    }

    /// Spells one piece of output, for a program that knows where the cursor is.
    fn spell(&self, chunk: &Chunk, start: usize) -> Vec<u8> {
        let (cols, col) = (self.window.size.cols, self.ahead.col());
        let text = match chunk {
            Chunk::Word(word) => word.clone(),
            Chunk::Wide(n) => "漢".repeat(*n),
            Chunk::Accented(n) => ["e\u{301}", "漢\u{301}"][n % 2].repeat(n / 2 + 1),
            Chunk::Fill(more, around, accented) => {
                let count = (cols - col.min(cols) + around * cols).saturating_add_signed(*more);
                let mut text: String = ('a'..='z').cycle().take(count).collect();
                if *accented && text.pop().is_some() {
                    text.extend(['e', ACCENT]);
                }
                text
            }
            Chunk::End => "\n".to_owned(),
            Chunk::Lines(n) => (0..*n).map(|n| format!("{n}\n")).collect(),
            Chunk::Sgr(params) => format!("\x1b[{params}m"),
            Chunk::Odd(bytes) => return bytes.to_vec(),
            Chunk::Control(text) => (*text).to_owned(),
            Chunk::Csi(n, how) => format!("\x1b[{n}{how}"),
            Chunk::Up(n, how) => match (self.room_above(start).min(*n), how) {
                (0, _) => String::new(),
                (n, 'M') => "\x1bM".repeat(n),
                (n, how) => format!("\x1b[{n}{how}"),
            },
            Chunk::Down(n, how) => match (*n).min(self.ahead.below()) {
                0 => String::new(),
                n => format!("\x1b[{n}{how}"),
            },
            Chunk::Saved(up, word) => match self.room_above(start).min(*up) {
                0 if col + word.len() < cols => format!("\x1b7{word}\x1b8"),
                up if up > 0 && word.len() < cols => format!("\x1b7\x1b[{up}A\r{word}\x1b8"),
                _ => String::new(),
            },
        };
        text.into_bytes()
    }

    /// Spells output as bytes. What cannot be compared exactly is left out, or done in another way.
    pub(super) fn bytes(&mut self, chunks: &[Chunk]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let start = self.ahead.deepest;
        for chunk in chunks {
            let (cols, col) = (self.window.size.cols, self.ahead.col());
            let mut text = self.spell(chunk, start);
            if self.unseen(&self.ahead).is_some() {
                // Only plain words, and not up to the last column, nor to where the passthrough
                // believes the last column to be: a wrap that is pending there cannot be known.
                let col = col.max(self.cursor().column + bytes.len());
                match chunk {
                    Chunk::Word(word) if col + word.len() < cols => {}
                    Chunk::Word(_) | Chunk::Wide(_) | Chunk::Accented(_) | Chunk::Fill(..) | Chunk::Lines(_) => {
                        text.insert(0, b'\n');
                    }
                    Chunk::End | Chunk::Sgr(_) => {}
                    _ => text.clear(),
                }
            }
            // A row that scrolls in has the background that is on. That makes text of its blanks,
            // which is rewrapped. Without bars, another row scrolls in. The same goes for rows that
            // are erased.
            let feeds = text.contains(&b'\n') || col + text.len() >= cols || matches!(chunk, Chunk::Csi(_, 'K'));
            if self.colored && !text.is_empty() && (self.resizes && feeds || matches!(chunk, Chunk::Csi(_, 'J'))) {
                text.splice(..0, *b"\x1b[m");
                self.colored = false;
            }
            match chunk {
                Chunk::Sgr(params) => self.colored = !matches!(*params, "" | "0"),
                Chunk::Up(..) | Chunk::Down(..) if !text.is_empty() => self.moved_up = true,
                Chunk::End | Chunk::Lines(_) if self.ahead.below() == 0 => {
                    (self.moved_up, self.has_wide) = (false, false)
                }
                Chunk::Wide(_) | Chunk::Accented(_) => self.has_wide = true,
                _ => {}
            }
            // A frame with bars at the bottom saves the cursor's position, and the terminal saves
            // only one. So there must be no frame while the program uses the saved position. But
            // where the bars stand right below the log, and the free row below an open line is
            // there already, a frame moves the cursor only. (If the region is wrong about that, the
            // bars are in the wrong place.)
            let harmless =
                self.composer.is_at_bottom() && self.unseen(&self.reference).is_none() && self.reference.is_open();
            if matches!(chunk, Chunk::Saved(..)) && !(harmless && bytes.is_empty()) {
                self.no_frame_in.push(bytes.len()..bytes.len() + text.len());
            }
            self.ahead.feed(&text);
            bytes.extend_from_slice(&text);
        }
        bytes
    }
}
