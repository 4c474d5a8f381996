//! The formats of bars for which no other was set, parsed at compile time.

use super::kind::{Kind, LineKind};
use super::parse::literal::{Literal, Pieces};
use super::template::{StaticTemplate, Template};

/// Parses a format at compile time.
macro_rules! standard {
    ($kind:ident, $format:literal) => {{
        const FORMAT: Literal = Literal::$kind($format, &[]);
        const PIECES: Pieces<{ FORMAT.count().0 }> = FORMAT.pieces();
        const TEMPLATE: StaticTemplate = FORMAT.template(&PIECES);
        Template::Static(&TEMPLATE)
    }};
}

/// The format of a counter that has not passed its total.
static BAR: Template = standard!(
    bar,
    "{desc}{desc_pad}{percentage:3.0f}%|{bar}| {count:{len_total}d}/{total:d} \
     [{elapsed}<{eta}, {rate:.2f}{unit_pad}{unit}/s]{message_pad}{message}"
);

/// The format of a counter without a total, or beyond it.
static COUNTER: Template = standard!(
    counter,
    "{desc}{desc_pad}{count:d} {unit}{unit_pad}[{elapsed}, {rate:.2f}{unit_pad}{unit}/s]\
     {message_pad}{message}{fill}"
);

/// The format of a status bar: empty.
static STATUS: Template = Template::Static(&StaticTemplate { kind: Kind::Status, text: "", pieces: &[], rows: 1 });

/// The formats for plain lines: each while the work goes on, and for the last line.
static PLAIN_BAR: [Template; 2] = [
    standard!(
        bar,
        "{desc}{desc_pad}{percentage:3.0f}% ({count:d}/{total:d}{unit_pad}{unit}{segments}) \
         {elapsed}<{eta}{message_pad}{message}"
    ),
    standard!(
        bar,
        "{desc}{desc_pad}{percentage:3.0f}% ({count:d}/{total:d}{unit_pad}{unit}{segments}) \
         {elapsed}{message_pad}{message}"
    ),
];
static PLAIN_COUNTER: Template =
    standard!(counter, "{desc}{desc_pad}{count:d}{unit_pad}{unit}{segments} {elapsed}{message_pad}{message}");

/// The same in words.
static WORDS_BAR: [Template; 2] = [
    standard!(
        bar,
        "{desc}{desc_pad}{percentage:.0f} percent, {count:d} of {total:d}{unit_pad}{unit}{segments}, \
         {elapsed_words}, {eta_words} left{message_pad}{message}"
    ),
    standard!(
        bar,
        "{desc}{desc_pad}ended at {percentage:.0f} percent, {count:d} of {total:d}{unit_pad}{unit}{segments}, \
         after {elapsed_words}{message_pad}{message}"
    ),
];
static WORDS_COUNTER: [Template; 2] = [
    standard!(counter, "{desc}{desc_pad}{count:d}{unit_pad}{unit}{segments}, {elapsed_words}{message_pad}{message}"),
    standard!(
        counter,
        "{desc}{desc_pad}ended at {count:d}{unit_pad}{unit}{segments}, after {elapsed_words}{message_pad}{message}"
    ),
];

/// The format of a row.
pub(crate) fn row(kind: Kind) -> &'static Template {
    match kind {
        Kind::Bar => &BAR,
        Kind::Counter => &COUNTER,
        Kind::Status => &STATUS,
    }
}

/// The format of a plain line; `finished`: of the last one.
pub(crate) fn plain(kind: Kind, line: LineKind, finished: bool) -> &'static Template {
    let pick = |[running, last]: &'static [Template; 2]| if finished { last } else { running };
    match (kind, line) {
        (Kind::Status, _) => &STATUS,
        (Kind::Bar, LineKind::Words) => pick(&WORDS_BAR),
        (Kind::Counter, LineKind::Words) => pick(&WORDS_COUNTER),
        (Kind::Bar, _) => pick(&PLAIN_BAR),
        (Kind::Counter, _) => &PLAIN_COUNTER,
    }
}
