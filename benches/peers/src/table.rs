//! The tables of results: figures, ratios to a baseline, and targets.

use crate::rounds::Spread;

/// The results of one measurement.
pub struct Table {
    missed: Vec<String>,
    targets: usize,
    title: String,
}

/// One row of a table.
pub struct Row {
    name: String,
    figure: String,
    spread: Spread,
    ratio: String,
    /// The value that is compared with the target, and its unit: the ratio if there is one,
    /// otherwise the figure.
    judged: (f64, &'static str),
    target: Option<(String, bool)>,
}

/// The targets of all tables, and which of them were missed.
#[derive(Default)]
pub struct Score {
    targets: usize,
    missed: Vec<String>,
}

impl Table {
    pub fn new(title: impl Into<String>) -> Table {
        let title = title.into();
        println!("\n{title}");
        Table { missed: Vec::new(), targets: 0, title }
    }

    pub fn row(&mut self, row: Row) {
        let Row { name, figure, ratio, target, .. } = row;
        let (aim, verdict) = match &target {
            Some((aim, true)) => (aim.as_str(), "met"),
            Some((aim, false)) => (aim.as_str(), "MISSED"),
            None => ("", ""),
        };
        let line = format!("  {name:<46} {figure:>16}  {ratio:<26} {aim:<12} {verdict}");
        println!("{}", line.trim_end());
        if let Some((aim, met)) = target {
            self.targets += 1;
            if !met {
                let topic = self.title.split(':').next().unwrap_or_default();
                self.missed.push(format!("{topic}: {name}: {} instead of {aim}", format!("{figure} {ratio}").trim()));
            }
        }
    }

    /// Prints a remark below the table.
    pub fn note(&self, text: &str) {
        println!("  ({text})");
    }
}

impl Row {
    pub fn new(name: impl Into<String>) -> Row {
        Row {
            name: name.into(),
            figure: String::new(),
            spread: f64::NAN.into(),
            ratio: String::new(),
            judged: (f64::NAN, ""),
            target: None,
        }
    }

    pub fn figure(mut self, value: impl Into<Spread>, unit: &'static str) -> Row {
        self.spread = value.into();
        let value = self.spread.median;
        self.figure = if value.is_nan() { "-".to_owned() } else { format!("{} {unit}", number(value)) };
        self.judged = (value, unit);
        self
    }

    /// Adds the lowest and the highest figure, for a row without a ratio.
    pub fn range(mut self) -> Row {
        self.ratio = format!("({}–{})", number(self.spread.low), number(self.spread.high));
        self
    }

    pub fn ratio(mut self, ratio: Spread) -> Row {
        let Spread { median, low, high } = ratio;
        self.ratio = match median.is_nan() {
            true => "-".to_owned(),
            false if low == high => format!("{} x", number(median)),
            false => format!("{} x ({}–{})", number(median), number(low), number(high)),
        };
        self.judged = (median, "x");
        self
    }

    pub fn at_most(self, bound: f64) -> Row {
        let met = self.judged.0 <= bound;
        self.target("<=", bound, met)
    }

    pub fn at_least(self, bound: f64) -> Row {
        let met = self.judged.0 >= bound;
        self.target(">=", bound, met)
    }

    pub fn below(self, bound: f64) -> Row {
        let met = self.judged.0 < bound;
        self.target("<", bound, met)
    }

    fn target(mut self, sign: &str, bound: f64, met: bool) -> Row {
        self.target = Some((format!("{sign} {} {}", number(bound), self.judged.1), met));
        self
    }
}

impl Score {
    pub fn add(&mut self, table: Table) {
        self.targets += table.targets;
        self.missed.extend(table.missed);
    }

    pub fn print(&self) {
        println!("\n{} of {} targets met", self.targets - self.missed.len(), self.targets);
        for missed in &self.missed {
            println!("  missed: {missed}");
        }
    }
}

/// Formats a number with three digits, or with all digits before the point, in groups.
fn number(value: f64) -> String {
    let digits = match value.abs() {
        0.0 => 0,
        100.0.. => 0,
        10.0.. => 1,
        0.1.. => 2,
        _ => 4,
    };
    let text = format!("{value:.digits$}");
    let whole = text.find('.').unwrap_or(text.len());
    let mut grouped = String::new();
    for (at, c) in text.char_indices() {
        let left = whole.saturating_sub(at);
        if at > 0 && left > 0 && left % 3 == 0 && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(c);
    }
    grouped
}
