//! Formats as values: macros and constructors agree, and errors show all mistakes.

use footlights::{BarFormat, CounterFormat, StatusFormat, bar_format, counter_format, status_format};

/// Parses the same text at compile time and at run time.
macro_rules! agree {
    ($macro:ident, $type:ident: $($text:expr $(, $field:ident)*;)+) => { $(
        let format = $macro!($text $(, $field)*);
        let parsed = $type::with_fields($text, &[$(stringify!($field)),*]).expect("it compiled");
        assert_eq!(format, parsed);
        assert_eq!(format.as_str(), $text);
    )+ };
}

#[test]
fn compile_time_and_run_time_agree() {
    const TEXT: &str = "{desc} {count}";
    agree! { bar_format, BarFormat:
        "";
        "no fields";
        TEXT;
        concat!("{desc}", " {bar}");
        "{{{count}}}";
        "{desc}{desc_pad}{percentage:3.0f}%|{bar}| {count:{len_total}d}/{total:d} [{elapsed}<{eta}, {rate:.2f}/s]";
        "{count_1} {count_failed:>5} {percentage_0:d} {rate_00} {eta_failed}";
        "{:bold_red}{count}{:} {:bright_green_on_#202020}x{:peru}y{:1,2,3}z";
        "{stage:>12} {jobs:03d} {bar:40}", stage, jobs;
        "{spinner} {pulse} {message}", spinner;
        "{count:漢^+#0!!{total}_%-5.{len_total}h}";
        "下 \u{1b}[1;31mred\u{1b}[m {bytes} 🚀";
    }
    agree! { counter_format, CounterFormat:
        "{desc}{desc_pad}{count:d} {unit}{unit_pad}[{elapsed}, {rate:.2f}{unit_pad}{unit}/s]{fill}";
        "{pulse:10}{fill}{host}", host;
    }
    agree! { status_format, StatusFormat:
        "{stage}{fill}{elapsed}", stage;
        "{count}{bar}", count, bar;
    }
}

#[test]
fn a_format_can_be_a_constant() {
    const DOWNLOAD: BarFormat = bar_format!("{desc} {bar}");
    static LINES: CounterFormat = counter_format!("{count}");
    assert_eq!(DOWNLOAD.to_string(), "{desc} {bar}");
    assert_eq!(format!("{LINES:?}"), "CounterFormat(\"{count}\")");
    assert_eq!(DOWNLOAD.clone(), "{desc} {bar}".parse().expect("it compiled"));
    assert_ne!(DOWNLOAD, BarFormat::new("{bar}").expect("a format"));
}

#[test]
fn all_mistakes_are_shown_at_once() {
    let error = BarFormat::new("{desc} {totl} 下{count:q} }{:blod}{").unwrap_err();
    let message = "\
format has 5 errors
  {desc} {totl} 下{count:q} }{:blod}{
         ^ column 8: there is no field `totl`; did you mean `total`?
                         ^ column 23: unexpected `q` in the spec of `count`
                            ^ column 26: this `}` closes nothing; a literal brace is written `}}`
                               ^ column 29: invalid style: unknown word `blod`; did you mean `bold`?
                                    ^ column 34: this `{` is never closed; a literal brace is written `{{`
  `footlights::formats` lists all fields; list your own after the format: `bar_format!(\"{host}\", host)`";
    assert_eq!(error.to_string(), message);
    assert_eq!(format!("{error:?}"), message);
}

#[test]
fn rows_consist_of_characters() {
    let message = |text: &str| StatusFormat::with_fields(text, &["x"]).unwrap_err().to_string();
    assert_eq!(
        message("a\r\tb{x:\u{7}>5}\u{1b}[2J\u{9b}31m"),
        "format has 4 errors
  a  b{x: >5} [2J 31m
   ^ column 2: a carriage return cannot be shown: `\\n` alone begins a new row
    ^ column 3: a tab cannot be shown: a row consists of characters
         ^ column 8: the control character U+0007 cannot be shown: a row consists of characters
             ^ column 12: an escape sequence can only set a style (`ESC [ … m`): a row consists of characters"
    );
}
