//! Differences of rows: their bytes, and what a terminal shows when it has got them.

use proptest::prelude::*;

use super::*;
use crate::cells::color::Color;
use crate::cells::width;

fn line(text: &str) -> Line {
    let mut line = Line::new(80);
    line.push(text, Color::DEFAULT);
    line
}

fn difference(old: &Line, new: &Line) -> String {
    let mut out = Vec::new();
    encode_row(&mut out, old, new);
    String::from_utf8(out).unwrap().replace('\x1b', "^")
}

#[test]
fn only_what_changed_is_written() {
    for (old, new, bytes) in [
        ("", "", ""),
        ("same", "same", ""),
        ("", "new", "\rnew"),
        ("abc", "abd", "^[3Gd"),
        ("abcdef", "ab", "^[3G^[K"),
        ("ab", "abcdef", "^[3Gcdef"),
        ("1 ---------------- 1", "2 ---------------- 2", "\r2^[20G2"),
        ("1 --- 1", "2 --- 2", "\r2 --- 2"),
        ("漢字", "漢z", "^[3Gz^[4G^[K"),
        ("ab", "漢", "\r漢"),
    ] {
        assert_eq!(difference(&line(old), &line(new)), bytes, "{old:?} to {new:?}");
    }
}

#[test]
fn links_are_closed_in_every_piece() {
    let linked = |target: &str, text: &str| {
        let mut line = line("a ");
        line.set_link(target);
        line.push(text, Color::DEFAULT);
        line.set_link(";");
        line.push(" z", Color::DEFAULT);
        line
    };
    let (one, two) = (linked(";http://one", "xy"), linked(";http://two", "xy"));
    assert_eq!(difference(&one, &one.clone()), "");
    assert_eq!(difference(&one, &two), "^[3G^]8;;http://two^\\xy^]8;;^\\");
    assert_eq!(difference(&one, &linked(";http://one", "xq")), "^[4G^]8;;http://one^\\q^]8;;^\\");
    assert_eq!(difference(&one, &line("a xy z")), "^[3Gxy");
    let mut dropped = one.clone();
    dropped.drop_links();
    assert_eq!(dropped, line("a xy z"));
}

/// The row of a terminal that was fed with `bytes`.
fn row_after(bytes: &[u8]) -> Vec<String> {
    let mut terminal = avt::Terminal::new(24, 1).unwrap();
    terminal.feed(std::str::from_utf8(bytes).unwrap());
    terminal.screen().text()
}

/// Whatever the old line is, a terminal shows the new one afterwards.
#[test]
fn the_terminal_shows_the_new_line() {
    let texts = ["", "a", "abc", "漢字", "x漢字y", "漢", "a漢", "abcdefghijklmnopqrst", "ab     klmn"];
    for old in texts {
        for new in texts {
            let mut out = Vec::new();
            ansi::encode_line(&mut out, &line(old));
            encode_row(&mut out, &line(old), &line(new));
            assert_eq!(row_after(&out), row_after(new.as_bytes()), "{old:?} to {new:?}");
        }
    }
}

/// A row of a terminal that knows what is written here: each column with its text, style and link.
#[derive(Debug, Default, PartialEq)]
struct Screen {
    columns: Vec<Option<Column>>,
    at: usize,
    style: String,
    link: String,
}

#[derive(Clone, Debug, PartialEq)]
struct Column {
    text: String,
    style: String,
    link: String,
    /// The columns of the character that begins here; 0 for the second half of one.
    width: usize,
}

impl Screen {
    fn feed(&mut self, bytes: &[u8]) {
        let mut rest = std::str::from_utf8(bytes).expect("text");
        while let Some(c) = rest.chars().next() {
            if let Some(link) = rest.strip_prefix("\x1b]8;") {
                let (link, after) = link.split_once("\x1b\\").expect("the end of a link");
                self.link = link.trim_start_matches(';').to_owned();
                rest = after;
            } else if let Some(sequence) = rest.strip_prefix("\x1b[") {
                let end = sequence.find(|c: char| c.is_ascii_alphabetic()).expect("the end of a sequence");
                let (number, after) = sequence.split_at(end);
                match after.as_bytes().first() {
                    Some(b'm') if number.is_empty() => self.style.clear(),
                    Some(b'm') => self.style.push_str(number),
                    Some(b'G') => self.at = number.parse::<usize>().expect("a column") - 1,
                    Some(b'K') => (self.at..self.columns.len()).for_each(|at| self.erase(at)),
                    other => panic!("{other:?}"),
                }
                rest = &after[1..];
            } else if c == '\r' {
                self.at = 0;
                rest = &rest[1..];
            } else {
                let cluster = width::clusters(rest).next().expect("a character");
                self.put(cluster.text, cluster.width);
                rest = &rest[cluster.text.len()..];
            }
        }
    }

    fn put(&mut self, text: &str, width: usize) {
        let column = |text: &str, width| {
            let (style, link) = (self.style.clone(), self.link.clone());
            Some(Column { text: text.to_owned(), style, link, width })
        };
        let (first, second) = (column(text, width), column("", 0));
        for (half, column) in [first, second].into_iter().take(width).enumerate() {
            let at = self.at + half;
            self.columns.resize(self.columns.len().max(at + 1), None);
            self.erase(at);
            self.columns[at] = column;
        }
        self.at += width;
    }

    /// Erases a column. Of a wide character, the other half becomes a blank.
    fn erase(&mut self, at: usize) {
        match self.columns[at].take().map(|column| column.width) {
            Some(2) => self.columns[at + 1] = None,
            Some(0) => self.columns[at - 1] = None,
            _ => {}
        }
    }

    /// What is seen, without erased columns at the end.
    fn seen(mut self) -> Vec<Option<Column>> {
        while self.columns.last().is_some_and(Option::is_none) {
            self.columns.pop();
        }
        self.columns
    }
}

/// A piece of a line.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    times: usize,
    color: usize,
    link: usize,
}

fn piece() -> impl Strategy<Value = Piece> {
    let texts = [
        "",
        "a",
        "ab",
        " ",
        "      ",
        "count 17/20",
        "█",
        "██████",
        "▉",
        "e\u{301}",
        "e",
        "漢",
        "字",
        "漢字",
        "🚀",
        "❤\u{fe0f}",
        "❤",
        "\u{301}",
        "\u{ad}",
        "\u{1160}",
        "👨\u{200d}👩",
        "\x1b[31m",
        "a\tb",
        "\u{9b}1m",
    ];
    (0..texts.len(), 0..4_usize, 0..5_usize, 0..3_usize).prop_map(move |(text, times, color, link)| Piece {
        text: texts[text].to_owned(),
        times,
        color,
        link,
    })
}

/// Builds a line from pieces. Where the text has several, it is repeated.
fn built(line: &mut Line, pieces: &[Piece], limit: usize) {
    let style = anstyle::Style::new();
    let red = anstyle::AnsiColor::Red;
    let colors = [
        Color::DEFAULT,
        Color::rgb(1, 2, 3),
        style.bold().into(),
        style.fg_color(Some(red.into())).into(),
        style.bg_color(Some(red.into())).into(),
    ];
    let links = ["", ";http://one", "id=2;http://two"];
    line.reset(limit);
    for piece in pieces {
        line.set_link(links[piece.link]);
        match piece.times {
            0 => line.push(&piece.text, colors[piece.color]),
            times => line.repeat(&piece.text, colors[piece.color], times),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    /// Whatever the old line is: when its difference to the new one is written, the terminal shows what it
    /// would show if nothing had been there.
    #[test]
    fn a_difference_makes_the_new_line_of_the_old_one(
        old in prop::collection::vec(piece(), 0..12),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::option::of(piece()), any::<bool>()), 0..5),
        old_limit in 0..40_usize,
        new_limit in prop::option::of(0..40_usize),
        ascii in any::<bool>(),
    ) {
        let mut new = old.clone();
        for (at, piece, inserted) in changes {
            let at = at.index(new.len() + 1);
            match piece {
                Some(piece) if inserted || at == new.len() => new.insert(at, piece),
                Some(piece) => new[at] = piece,
                None => new.truncate(at),
            }
        }
        let (mut old_line, mut new_line) = (Line::new(0), Line::new(0));
        built(&mut old_line, &old, old_limit);
        // A line that is used again.
        built(&mut new_line, &old, 9);
        built(&mut new_line, &new, new_limit.unwrap_or(old_limit));
        if ascii {
            new_line.make_ascii();
        }
        let (mut changed, mut fresh, mut bytes) = (Screen::default(), Screen::default(), Vec::new());
        ansi::encode_line(&mut bytes, &old_line);
        changed.feed(&bytes);
        bytes.clear();
        encode_row(&mut bytes, &old_line, &new_line);
        changed.feed(&bytes);
        prop_assert_eq!(bytes.is_empty(), old_line == new_line);
        bytes.clear();
        ansi::encode_line(&mut bytes, &new_line);
        fresh.feed(&bytes);
        prop_assert_eq!((&changed.style, &changed.link), (&String::new(), &String::new()));
        prop_assert_eq!(fresh.at, new_line.width());
        prop_assert!(new_line.width() <= new_limit.unwrap_or(old_limit));
        prop_assert_eq!(changed.seen(), fresh.seen());
    }
}
