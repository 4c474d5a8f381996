//! The formats of bars for which no other was set, parsed at compile time.

use super::kind::Kind;
use super::parse::literal::{Literal, Pieces};
use super::template::{StaticTemplate, Template};

/// The format of a counter that has not passed its total.
pub(crate) static BAR: Template = {
    const FORMAT: Literal = Literal::bar(
        "{desc}{desc_pad}{percentage:3.0f}%|{bar}| {count:{len_total}d}/{total:d} \
         [{elapsed}<{eta}, {rate:.2f}{unit_pad}{unit}/s]{message_pad}{message}",
        &[],
    );
    const PIECES: Pieces<{ FORMAT.count().0 }> = FORMAT.pieces();
    const TEMPLATE: StaticTemplate = FORMAT.template(&PIECES);
    Template::Static(&TEMPLATE)
};

/// The format of a counter without a total, or beyond it.
pub(crate) static COUNTER: Template = {
    const FORMAT: Literal = Literal::counter(
        "{desc}{desc_pad}{count:d} {unit}{unit_pad}[{elapsed}, {rate:.2f}{unit_pad}{unit}/s]\
         {message_pad}{message}{fill}",
        &[],
    );
    const PIECES: Pieces<{ FORMAT.count().0 }> = FORMAT.pieces();
    const TEMPLATE: StaticTemplate = FORMAT.template(&PIECES);
    Template::Static(&TEMPLATE)
};

/// The format of a status bar: empty.
pub(crate) static STATUS: Template = Template::Static(&StaticTemplate { kind: Kind::Status, text: "", pieces: &[] });
