//! How a field is written: the part of `{count:>8,d}` after the colon.

use super::field::Field;

/// `[[fill]align][sign][#][0][! or !!][width][, or _][%margin][.precision][type]`, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spec {
    pub(crate) fill: char,
    pub(crate) align: Option<Align>,
    pub(crate) sign: Sign,
    /// `#`: keep the zeros and the point; write the prefix of the base.
    pub(crate) alternate: bool,
    /// `0`: a number that has no other alignment is aligned after its sign, with zeros.
    pub(crate) zero: bool,
    /// `!` and `!!`: a space before the unit prefix.
    pub(crate) gap: Gap,
    pub(crate) width: Option<Size>,
    /// What stands between the thousands.
    pub(crate) grouping: Option<char>,
    /// `%5`: percent by which a number must pass the next prefix before it takes it.
    pub(crate) margin: i32,
    pub(crate) precision: Option<Size>,
    pub(crate) form: Form,
}

/// Where a text stands in its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// `<`: the room is to the right.
    Left,
    /// `>`: the room is to the left.
    Right,
    /// `^`: the room is on both sides; of an odd rest the larger part goes right.
    Center,
    /// `=`: the room is between the sign and the digits.
    AfterSign,
}

/// What stands before a number that is not negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sign {
    /// `-`: nothing.
    #[default]
    Minus,
    /// `+`: a plus.
    Plus,
    /// A blank.
    Space,
}

/// Whether a blank stands between a number and its unit prefix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Never.
    #[default]
    None,
    /// `!`: always, even where there is no prefix.
    Always,
    /// `!!`: where there is a prefix.
    WithPrefix,
}

/// A width or a precision.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Size {
    /// Written out.
    Fixed(usize),
    /// Taken from a field: `{count:{len_total}d}`.
    Of(Field),
}

/// The letter at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// None: whole numbers as they are, fractions with as many digits as they have.
    #[default]
    Plain,
    /// `s`: a text.
    Text,
    /// `d`: a whole number.
    Decimal,
    /// `b`, `o`, `x`, `X`: a whole number in another base.
    Base(Base),
    /// `c`: the character of that number.
    Char,
    /// `f`, `F`: digits after the point.
    Fixed {
        /// `F`: `NAN` and `INF`.
        upper: bool,
    },
    /// `e`, `E`: with an exponent.
    Exponent {
        /// `E`.
        upper: bool,
    },
    /// `g`, `G`: significant digits, with an exponent where the number is very large or very small.
    General {
        /// `G`.
        upper: bool,
    },
    /// `n`: a number, as `d` or `g`.
    Local,
    /// `%`: in hundredths.
    Percent,
    /// `h`, `k`, `m` and their upper case: with a unit prefix.
    Prefixed(Prefixed),
}

/// The base of a whole number that is not written in tens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// `b`.
    Binary,
    /// `o`.
    Octal,
    /// `x`.
    Hex,
    /// `X`.
    UpperHex,
}

/// A number with a unit prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prefixed {
    pub(crate) scale: Scale,
    pub(crate) digits: Digits,
}

/// Which prefixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// `h`, `H`: k, M, G by thousands; m, μ, n below one.
    Si,
    /// `k`, `K`, `j`: Ki, Mi, Gi by 1024.
    Iec,
    /// `m`, `M`, `J`: K, M, G by 1024.
    IecShort,
}

/// What the precision of a prefixed number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Digits {
    /// Lower case: digits after the point.
    Decimals,
    /// Upper case: significant digits; zeros at the end are left out.
    Significant,
}

impl Spec {
    /// Nothing written after the colon, or no colon.
    pub(crate) const fn plain() -> Spec {
        Spec::new(None, None, Form::Plain)
    }

    /// `width.precision form`.
    pub(crate) const fn new(width: Option<Size>, precision: Option<Size>, form: Form) -> Spec {
        Spec {
            fill: ' ',
            align: None,
            sign: Sign::Minus,
            alternate: false,
            zero: false,
            gap: Gap::None,
            width,
            grouping: None,
            margin: 0,
            precision,
            form,
        }
    }

    /// Why a field that shows `matter` cannot be written like this, if it cannot.
    pub(crate) fn refusal(&self, matter: Matter) -> Option<&'static str> {
        let prefixed = matches!(self.form, Form::Prefixed(_));
        let whole = matches!(self.form, Form::Decimal | Form::Base(_) | Form::Char);
        if !prefixed && self.gap != Gap::None {
            return Some("has a `!`, which goes with the types h, k, m, H, K and M only");
        }
        if !prefixed && self.margin != 0 {
            return Some("has a margin, which goes with the types h, k, m, H, K and M only");
        }
        if whole && self.precision.is_some() {
            return Some("has a precision, which a whole number cannot have");
        }
        match (self.form, self.grouping) {
            (Form::Text | Form::Char | Form::Local, Some(_)) | (Form::Base(_), Some(',')) => {
                return Some("has thousands, which its type cannot have");
            }
            _ => {}
        }
        match matter {
            Matter::Text if !matches!(self.form, Form::Plain | Form::Text) => {
                Some("has a type for numbers, but is a text")
            }
            Matter::Text => self.refused_by_text(),
            Matter::Count | Matter::Ratio if self.form == Form::Text => Some("has the type s, but is a number"),
            Matter::Ratio if whole => Some("has a type for whole numbers, but is a fraction"),
            Matter::Any if self.form == Form::Text => self.refused_by_text(),
            Matter::Count | Matter::Ratio | Matter::Any => None,
        }
    }

    fn refused_by_text(&self) -> Option<&'static str> {
        if self.sign != Sign::Minus {
            Some("has a sign, but is a text")
        } else if self.alternate {
            Some("has a `#`, but is a text")
        } else if self.grouping.is_some() {
            Some("has thousands, but is a text")
        } else if self.align == Some(Align::AfterSign) {
            Some("is aligned after its sign, but is a text")
        } else {
            None
        }
    }
}

/// What kind of value a field shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matter {
    /// A whole number, or a fraction where the counter has fractions.
    Count,
    /// Always a fraction.
    Ratio,
    /// A text.
    Text,
    /// Only the user knows.
    Any,
}
