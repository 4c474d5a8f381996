//! Writes JSON: one object on one line.

use std::fmt::Write as _;

use crate::cells::ansi_text::{self, Token};
use crate::state::number::Number;
use crate::state::value::Value;

/// Writes an object to the end of a text. Ends it when dropped.
pub(super) struct Object<'a> {
    out: &'a mut String,
    separator: &'static str,
}

impl<'a> Object<'a> {
    pub(super) fn begin(out: &'a mut String) -> Object<'a> {
        out.push('{');
        Object { out, separator: "" }
    }

    /// Writes the name of a member. Its value must follow.
    fn name(&mut self, name: &str) -> &mut String {
        self.out.push_str(self.separator);
        self.separator = ",";
        write_text(self.out, name);
        self.out.push(':');
        self.out
    }

    /// Writes a text, without its escape sequences.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let out = self.name(name);
        out.push('"');
        for token in ansi_text::tokens(text) {
            match token {
                Token::Text(part) => write_escaped(out, part),
                Token::Style(_) | Token::Link(_) => {}
            }
        }
        out.push('"');
    }

    pub(super) fn number(&mut self, name: &str, number: Number) {
        write_number(self.name(name), number);
    }

    /// Writes a number, or null if there is none.
    pub(super) fn optional(&mut self, name: &str, number: Option<Number>) {
        match number {
            Some(number) => self.number(name, number),
            None => self.null(name),
        }
    }

    pub(super) fn null(&mut self, name: &str) {
        self.name(name).push_str("null");
    }

    pub(super) fn boolean(&mut self, name: &str, value: bool) {
        self.name(name).push_str(if value { "true" } else { "false" });
    }

    /// Writes seconds to the millisecond; null if there is no such time.
    pub(super) fn seconds(&mut self, name: &str, seconds: Option<f64>) {
        match seconds.filter(|seconds| seconds.is_finite()) {
            // Writing to a string cannot fail.
            Some(seconds) => _ = write!(self.name(name), "{seconds:.3}"),
            None => self.null(name),
        }
    }

    pub(super) fn value(&mut self, name: &str, value: &Value) {
        match value {
            Value::Int(n) => self.number(name, Number::Whole(*n)),
            Value::Float(x) => self.number(name, Number::Fraction(*x)),
            Value::Text(text) => self.text(name, text),
        }
    }

    /// Writes a member that is an object.
    pub(super) fn object(&mut self, name: &str, write: impl FnOnce(&mut Object<'_>)) {
        write(&mut Object::begin(self.name(name)));
    }

    /// Writes a member that is a list of objects.
    pub(super) fn objects<T>(&mut self, name: &str, items: &[T], write: impl Fn(&mut Object<'_>, &T)) {
        let out = self.name(name);
        out.push('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            write(&mut Object::begin(out), item);
        }
        out.push(']');
    }
}

impl Drop for Object<'_> {
    fn drop(&mut self) {
        self.out.push('}');
    }
}

fn write_number(out: &mut String, number: Number) {
    let _ = match number {
        Number::Whole(n) => write!(out, "{n}"),
        // The shortest digits that are read as the same number.
        Number::Fraction(x) if x.is_finite() => write!(out, "{x:?}"),
        Number::Fraction(_) => write!(out, "null"),
    };
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    write_escaped(out, text);
    out.push('"');
}

fn write_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // Readers that split lines at more than line feeds must not see one in a text.
            '\0'..=' ' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' if c != ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever a text contains, it is one line, and a JSON parser reads it back.
        #[test]
        fn texts_are_read_back(text: String) {
            let mut out = String::new();
            write_text(&mut out, &text);
            let is_one_line = !out.contains(['\n', '\r', '\u{2028}', '\u{85}']);
            prop_assert!(is_one_line);
            prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
        }

        #[test]
        fn numbers_are_read_back(whole: i64, fraction: f64) {
            let mut out = String::new();
            write_number(&mut out, Number::Whole(whole));
            prop_assert_eq!(serde_json::from_str::<i64>(&out).unwrap(), whole);
            out.clear();
            write_number(&mut out, Number::Fraction(fraction));
            let read: Option<f64> = serde_json::from_str(&out).unwrap();
            prop_assert_eq!(read, Some(fraction).filter(|x| x.is_finite()));
        }
    }

    #[test]
    fn an_object() {
        let mut out = String::new();
        {
            let mut object = Object::begin(&mut out);
            object.text("a", "\x1b[31mr\"d\x1b[m\u{1}");
            object.optional("b", None);
            object.object("c", |inner| inner.seconds("d", Some(1.0)));
            object.objects("e", &[1, 2], |inner, n| inner.value("n", &Value::Int(*n)));
            object.objects("f", &[], |_, _: &()| {});
        }
        assert_eq!(out, r#"{"a":"r\"d","b":null,"c":{"d":1.000},"e":[{"n":1},{"n":2}],"f":[]}"#);
    }
}
