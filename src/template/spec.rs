//! How a field is written: the part of `{count:>8,d}` after the colon.

use super::field::Field;
use super::value::ValueType;

/// `[[fill]align][sign][#][0][! or !!][width][, or _][%margin][.precision][type]`, parsed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spec {
    /// The character of the padding.
    pub(crate) fill: char,
    pub(crate) align: Option<Align>,
    pub(crate) sign: Sign,
    /// `#`: keep zeros at the end and the point; write the prefix of the base (`0x`).
    pub(crate) alternate: bool,
    /// `0`: pad a number with zeros after its sign, unless it is aligned otherwise.
    pub(crate) zero: bool,
    /// `!` and `!!`: a space before the unit prefix.
    pub(crate) gap: Gap,
    /// The smallest width, in characters.
    pub(crate) width: Option<Length>,
    /// `,` or `_`: the thousands separator.
    pub(crate) grouping: Option<char>,
    /// `%5`: by how many percent a number must exceed a prefix before it gets it.
    pub(crate) margin: i32,
    /// Digits after the point, or the largest width of a text.
    pub(crate) precision: Option<Length>,
    /// The type.
    pub(crate) presentation: Presentation,
    /// `8..`, `8..=20`: a text gives way where columns are scarce. It has no width and no precision
    /// then.
    pub(crate) range: Option<ColumnRange>,
}

/// The fewest and the most columns of something that gives way where columns are scarce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ColumnRange {
    pub(crate) min: usize,
    pub(crate) max: Option<usize>,
}

/// Where the padding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// `<`: on the right.
    Left,
    /// `>`: on the left.
    Right,
    /// `^`: on both sides; if it is odd, the larger half is on the right.
    Center,
    /// `=`: between the sign and the digits.
    AfterSign,
}

/// The sign of a number that is not negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sign {
    /// `-`: none.
    #[default]
    Minus,
    /// `+`: a plus.
    Plus,
    /// A blank: a blank.
    Space,
}

/// When a blank separates a number from its unit prefix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Never.
    #[default]
    None,
    /// `!`: always, even if there is no prefix.
    Always,
    /// `!!`: if there is a prefix.
    WithPrefix,
}

/// A width or a precision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Length {
    /// A number in the format.
    Fixed(usize),
    /// Taken from a field: `{count:{len_total}d}`.
    Of(Field),
}

/// The presentation type: the letter at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Presentation {
    /// None: numbers with as many digits as they have, texts as they are.
    #[default]
    Plain,
    /// `s`: a text.
    Text,
    /// `d`: a whole number.
    Decimal,
    /// `b`, `o`, `x`, `X`: a whole number in another base.
    Base(Base),
    /// `c`: the character with that number.
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
    /// `n`: a whole number as `d`, a fraction as `g`.
    Local,
    /// `%`: in percent.
    Percent,
    /// `h`, `k`, `m` and their upper case: with a unit prefix.
    Prefixed(Prefixed),
}

impl Presentation {
    /// Whether it is a type for whole numbers.
    pub(crate) fn is_whole(self) -> bool {
        matches!(self, Presentation::Decimal | Presentation::Base(_) | Presentation::Char)
    }
}

/// The base of a whole number that is not decimal.
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

/// The unit prefixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// `h`, `H`: k, M, G by powers of 1000; m, μ, n below 1.
    Si,
    /// `k`, `K`, `j`: Ki, Mi, Gi by powers of 1024.
    Iec,
    /// `m`, `M`, `J`: K, M, G by powers of 1024.
    IecShort,
}

/// What the precision of a prefixed number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Digits {
    /// Lower case: digits after the point.
    Decimals,
    /// Upper case: significant digits, without zeros at the end.
    Significant,
}

impl Spec {
    /// An empty spec, or none.
    pub(crate) const PLAIN: Spec = Spec {
        fill: ' ',
        align: None,
        sign: Sign::Minus,
        alternate: false,
        zero: false,
        gap: Gap::None,
        width: None,
        grouping: None,
        margin: 0,
        precision: None,
        presentation: Presentation::Plain,
        range: None,
    };

    /// Checks that a field with values of type `value` can be written like this. The error
    /// completes the sentence "`field` …".
    pub(crate) const fn validate(&self, value: ValueType) -> Result<(), &'static str> {
        let has_prefix = matches!(self.presentation, Presentation::Prefixed(_));
        let is_whole = matches!(self.presentation, Presentation::Decimal | Presentation::Base(_) | Presentation::Char);
        let is_written_as_text = match value {
            ValueType::Text => matches!(self.presentation, Presentation::Plain | Presentation::Text),
            ValueType::Any => matches!(self.presentation, Presentation::Text),
            ValueType::Count | ValueType::Ratio => false,
        };
        if !has_prefix && !matches!(self.gap, Gap::None) {
            return Err("cannot have `!`: only the types h, k, m, H, K and M can");
        }
        if !has_prefix && self.margin != 0 {
            return Err("cannot have a margin: only the types h, k, m, H, K and M can");
        }
        if is_whole && self.precision.is_some() {
            return Err("cannot have a precision: its type is for whole numbers");
        }
        if let (ValueType::Count | ValueType::Ratio, Some(_)) = (value, self.range) {
            return Err("is a number: it cannot give way");
        }
        match (self.presentation, self.grouping) {
            (Presentation::Text | Presentation::Char | Presentation::Local, Some(_))
            | (Presentation::Base(_), Some(',')) => {
                return Err("cannot have thousands separators: its type has none");
            }
            _ => {}
        }
        match value {
            ValueType::Text if !is_written_as_text => Err("is text: it cannot have a type for numbers"),
            ValueType::Count | ValueType::Ratio if matches!(self.presentation, Presentation::Text) => {
                Err("is a number: it cannot have the type `s`")
            }
            _ if is_written_as_text => self.validate_text(),
            _ => Ok(()),
        }
    }

    const fn validate_text(&self) -> Result<(), &'static str> {
        if !matches!(self.sign, Sign::Minus) {
            Err("is text: it cannot have a sign")
        } else if self.alternate {
            Err("is text: it cannot have `#`")
        } else if self.grouping.is_some() {
            Err("is text: it cannot have thousands separators")
        } else if matches!(self.align, Some(Align::AfterSign)) {
            Err("is text: it cannot be aligned with `=`")
        } else {
            Ok(())
        }
    }
}
