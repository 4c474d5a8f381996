//! Template text to pieces; whatever is wrong is said with its column.

use std::iter::Peekable;
use std::str::Chars;
use std::sync::Arc;

use super::extra::Extra;
use super::field::{Field, Measure, Part};
use super::spec::{Align, Base, Digits, Form, Gap, Matter, Prefixed, Scale, Sign, Size, Spec};
use super::{Kind, Piece, hint};
use crate::error::Error;
use crate::paint::color::Color;
use crate::paint::named;

/// The longest width or precision that is taken at its word; no terminal is as wide.
const LONGEST: usize = 1000;

/// The field that is a bar without an end.
const PULSE: &str = "pulse";

/// Where to look for what there is.
const PAGE: &str = "`footlights::formats` lists all fields";

/// The pieces of `text`, for a template of this kind.
pub(super) fn pieces(text: &str, kind: Kind, declared: &dyn Fn(&str) -> bool) -> Result<Vec<Piece>, Error> {
    let mut parser = Parser { text, kind, declared, chars: text.chars().peekable(), column: 0 };
    let mut pieces = Vec::new();
    let mut literal = String::new();
    while let Some(c) = parser.next() {
        match c {
            '{' | '}' if parser.take(c) => literal.push(c),
            '}' => return Err(parser.error(parser.column, "has a `}` that closes nothing")),
            '{' => {
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal).into()));
                }
                pieces.push(parser.piece()?);
            }
            c => literal.push(c),
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal.into()));
    }
    Ok(pieces)
}

struct Parser<'a> {
    text: &'a str,
    kind: Kind,
    declared: &'a dyn Fn(&str) -> bool,
    chars: Peekable<Chars<'a>>,
    /// Of the character read last, from 1.
    column: usize,
}

impl Parser<'_> {
    /// What stands between `{` and `}`; the `{` is read already.
    fn piece(&mut self) -> Result<Piece, Error> {
        let start = self.column;
        let name = self.name(start)?;
        if name.is_empty() {
            return self.style(start);
        }
        match name.as_str() {
            "fill" if self.kind == Kind::Bar => {
                Err(self.error(start, "has the field `fill`, which a format with a bar does not have"))
            }
            "fill" => self.end(start, "fill").map(|()| Piece::Fill),
            "bar" if self.kind == Kind::Bar => Ok(Piece::Bar(self.bar_width(start)?)),
            PULSE if !(self.declared)(PULSE) => Ok(Piece::Pulse(self.bar_width(start)?)),
            "bar" if self.kind == Kind::Counter => {
                Err(self.error(start, "has the field `bar`, which a counter without a total does not have"))
            }
            _ => {
                let field = self.field(&name, start)?;
                let spec = if self.take(':') { self.spec(&field, &name, start)? } else { Spec::plain() };
                self.close(start)?;
                Ok(Piece::Field { field, spec, column: start })
            }
        }
    }

    /// The name of a field, up to its end, its colour or its spec.
    fn name(&mut self, start: usize) -> Result<String, Error> {
        let mut name = String::new();
        while let Some(c) = self.chars.next_if(|c| !matches!(c, ':' | '}')) {
            self.column += 1;
            match c {
                '{' => return Err(self.error(self.column, "has a `{` inside the name of a field")),
                '!' => return Err(self.error(self.column, "has a conversion, which no field takes")),
                '.' | '[' => return Err(self.error(self.column, "looks inside a field, which is not possible")),
                c => name.push(c),
            }
        }
        if self.chars.peek().is_none() {
            return Err(self.error(start, "has a `{` that is never closed"));
        }
        Ok(name)
    }

    /// The field called `name`, if this kind of template has it.
    fn field(&self, name: &str, column: usize) -> Result<Field, Error> {
        match self.find(name) {
            Ok(Some(field)) => Ok(field),
            Ok(None) => Err(self.unknown(name, column)),
            Err(problem) => Err(self.error(column, format!("has the field `{name}`, which {problem}"))),
        }
    }

    /// The field called `name`, `None` if there is no such field. An error says why this kind of template does not have it.
    fn find(&self, name: &str) -> Result<Option<Field>, &'static str> {
        let built_in = match self.kind {
            Kind::Status if name == "elapsed" => Some(Field::Elapsed),
            Kind::Status => None,
            Kind::Bar | Kind::Counter => Field::built_in(name)?,
        };
        let extra = || Extra::named(name).filter(|extra| self.kind != Kind::Status || !extra.counts());
        let field = match built_in {
            Some(field) => Some(field),
            // The user's come first: no template of Enlighten's means something else with us.
            None if (self.declared)(name) => Some(Field::User(Arc::from(name))),
            None => extra().map(Field::Extra),
        };
        match field {
            Some(field) if self.kind == Kind::Counter && field.needs_total() => {
                Err("a counter without a total does not have")
            }
            field => Ok(field),
        }
    }

    fn unknown(&self, name: &str, column: usize) -> Error {
        // As far as it is safe to show in one line.
        let shown = name.escape_debug();
        let whose = match self.kind {
            Kind::Status if name == "bar" || Field::is_ours(name) => "which status bars do not have",
            _ => "which is neither built in nor was set before as one of your own",
        };
        let hint = match hint::meant(name, |ours| self.has(ours)) {
            _ if self.kind == Kind::Status && Field::is_ours(name) => None,
            Some(ours) => Some(format!("did you mean `{ours}`? {PAGE}")),
            None => Some(PAGE.to_owned()),
        };
        super::error(self.text, column, format!("has the field `{shown}`, {whose}"), hint)
    }

    /// Whether this kind of template has the built-in field `name`.
    fn has(&self, name: &str) -> bool {
        match name {
            PULSE => true,
            "bar" => self.kind == Kind::Bar,
            "fill" => self.kind != Kind::Bar,
            _ => matches!(self.find(name), Ok(Some(_))),
        }
    }

    /// `{:bold_red}`: the style of what follows; `{:}` ends it.
    fn style(&mut self, start: usize) -> Result<Piece, Error> {
        if !self.take(':') {
            return Err(self.error(start, "has a field without a name"));
        }
        let column = self.column + 1;
        let name: String = self.rest_of_field();
        self.close(start)?;
        if name.is_empty() {
            return Ok(Piece::Style(Color::DEFAULT));
        }
        match named::read(&name) {
            Ok(color) => Ok(Piece::Style(color)),
            Err((at, problem)) => Err(self.error(column + at - 1, format!("has an invalid style: {problem}"))),
        }
    }

    /// `{bar}` takes the room that is left, `{bar:40}` takes 40 columns.
    fn bar_width(&mut self, start: usize) -> Result<Option<usize>, Error> {
        if !self.take(':') {
            self.close(start)?;
            return Ok(None);
        }
        let column = self.column + 1;
        let text = self.rest_of_field();
        self.close(start)?;
        match text.parse::<usize>() {
            _ if text.is_empty() => Ok(None),
            Ok(width) if text.bytes().all(|b| b.is_ascii_digit()) => Ok(Some(width.min(LONGEST))),
            _ => Err(self.error(column, format!("has the width `{text}`, which is not a number"))),
        }
    }

    fn rest_of_field(&mut self) -> String {
        let mut rest = String::new();
        while let Some(c) = self.chars.next_if(|c| !matches!(c, '{' | '}')) {
            self.column += 1;
            rest.push(c);
        }
        rest
    }

    /// What stands between `:` and `}`.
    fn spec(&mut self, field: &Field, name: &str, start: usize) -> Result<Spec, Error> {
        let column = self.column + 1;
        let mut spec = Spec::plain();
        let mut filled = false;
        if let Some(align) = self.second().and_then(align).filter(|_| !matches!(self.peek(), Some('{' | '}'))) {
            spec.fill = self.next().unwrap_or(' ');
            spec.align = Some(align);
            filled = true;
            self.next();
        } else if let Some(align) = self.peek().and_then(align) {
            spec.align = Some(align);
            self.next();
        }
        if let Some(sign) = self.peek().and_then(sign) {
            spec.sign = sign;
            self.next();
        }
        spec.alternate = self.take('#');
        if self.take('0') && !filled {
            spec.fill = '0';
            spec.zero = true;
        }
        if self.take('!') {
            spec.gap = if self.take('!') { Gap::WithPrefix } else { Gap::Always };
        }
        spec.width = self.size()?;
        if let Some(c @ (',' | '_')) = self.peek() {
            spec.grouping = Some(c);
            self.next();
        }
        if self.take('%') {
            // At the end it is a type; before a number, a margin.
            match self.peek() {
                Some('-' | '0'..='9') => spec.margin = self.margin(),
                _ => spec.form = Form::Percent,
            }
        }
        if spec.form == Form::Plain && self.take('.') {
            spec.precision = self.size()?;
            if spec.precision.is_none() {
                return Err(self.error(self.column, format!("has a point without a precision in `{name}`")));
            }
        }
        if spec.form == Form::Plain {
            if let Some(form) = self.peek().and_then(form) {
                spec.form = form;
                self.next();
            }
        }
        match self.peek() {
            Some('}') => {}
            None => return Err(self.error(start, "has a `{` that is never closed")),
            Some(c) => {
                let problem = format!("has an invalid format for `{name}`: nothing is known of `{}`", c.escape_debug());
                return Err(self.error(self.column + 1, problem));
            }
        }
        match spec.refusal(field.matter()) {
            Some(problem) => Err(self.error(column, format!("has an invalid format: `{name}` {problem}"))),
            None => Ok(spec),
        }
    }

    /// A number of its own or, in braces, of a field.
    fn size(&mut self) -> Result<Option<Size>, Error> {
        if self.take('{') {
            let start = self.column;
            let name = self.name(start)?;
            if self.take(':') {
                return Err(self.error(self.column, format!("has a format for `{name}`, which is a width here")));
            }
            self.close(start)?;
            let field = self.field(&name, start)?;
            return match field.matter() {
                Matter::Count | Matter::Any if !name.is_empty() => Ok(Some(Size::Of(field))),
                _ => Err(self.error(start, format!("takes a width from `{name}`, which is no whole number"))),
            };
        }
        Ok(self.digits().map(Size::Fixed))
    }

    fn digits(&mut self) -> Option<usize> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            self.next();
            number = Some((number.unwrap_or(0) * 10 + digit as usize).min(LONGEST));
        }
        number
    }

    fn margin(&mut self) -> i32 {
        let negative = self.take('-');
        let margin = self.digits().and_then(|n| i32::try_from(n).ok()).unwrap_or(0);
        if negative { -margin } else { margin }
    }

    /// The end of a field that has no spec.
    fn end(&mut self, start: usize, name: &str) -> Result<(), Error> {
        if self.take(':') && self.peek() != Some('}') {
            return Err(self.error(self.column, format!("has a format for `{name}`, which takes none")));
        }
        self.close(start)
    }

    fn close(&mut self, start: usize) -> Result<(), Error> {
        if self.take('}') { Ok(()) } else { Err(self.error(start, "has a `{` that is never closed")) }
    }

    fn next(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        self.column += 1;
        Some(c)
    }

    fn peek(&mut self) -> Option<char> {
        self.chars.peek().copied()
    }

    fn second(&self) -> Option<char> {
        self.chars.clone().nth(1)
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.next();
        }
        found
    }

    fn error(&self, column: usize, problem: impl Into<String>) -> Error {
        super::error(self.text, column, problem, None)
    }
}

fn align(c: char) -> Option<Align> {
    match c {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

fn sign(c: char) -> Option<Sign> {
    match c {
        '-' => Some(Sign::Minus),
        '+' => Some(Sign::Plus),
        ' ' => Some(Sign::Space),
        _ => None,
    }
}

fn form(c: char) -> Option<Form> {
    let prefixed = |scale, digits| Form::Prefixed(Prefixed { scale, digits });
    let form = match c {
        's' => Form::Text,
        'd' => Form::Decimal,
        'b' => Form::Base(Base::Binary),
        'o' => Form::Base(Base::Octal),
        'x' => Form::Base(Base::Hex),
        'X' => Form::Base(Base::UpperHex),
        'c' => Form::Char,
        'f' | 'F' => Form::Fixed { upper: c == 'F' },
        'e' | 'E' => Form::Exponent { upper: c == 'E' },
        'g' | 'G' => Form::General { upper: c == 'G' },
        'n' => Form::Local,
        '%' => Form::Percent,
        'h' => prefixed(Scale::Si, Digits::Decimals),
        'H' => prefixed(Scale::Si, Digits::Significant),
        'k' | 'j' => prefixed(Scale::Iec, Digits::Decimals),
        'K' => prefixed(Scale::Iec, Digits::Significant),
        'm' | 'J' => prefixed(Scale::IecShort, Digits::Decimals),
        'M' => prefixed(Scale::IecShort, Digits::Significant),
        _ => return None,
    };
    Some(form)
}

/// The number of the segment that `field` needs, and whether it needs all fields of it.
pub(super) fn segment(field: &Field) -> Option<(Part, bool)> {
    match field {
        Field::Measure(_, Part::Whole) => None,
        Field::Measure(measure, part) => {
            let detailed = !matches!(measure, Measure::Count | Measure::Percentage);
            Some((*part, detailed && matches!(part, Part::Segment(_))))
        }
        _ => None,
    }
}
