//! Colors that follow the state of a bar.

use std::sync::Arc;

use anstyle::RgbColor;
use anstyle_lossy::palette::DEFAULT as PALETTE;

use super::color::{Color, ColorDepth};
use super::mix::mix;
use crate::error::Error;

/// A color that follows the state of a bar or of a segment: how much is done, or how much was
/// counted.
///
/// | made with | the color |
/// |---|---|
/// | [`gradient`](Self::gradient) | changes along the bar, and stays where it is |
/// | [`blend`](Self::blend) | of the whole bar changes smoothly with the fraction that is done |
/// | [`steps`](Self::steps) | of the whole bar changes where a fraction is reached |
/// | [`count_steps`](Self::count_steps) | changes where a count is reached |
/// | [`segment_steps`](Self::segment_steps) | changes where a segment reaches a count |
///
/// A rule is a value, and cheap to clone. Give it to a style
/// ([`CounterStyle::color_rule`](crate::CounterStyle::color_rule)), a new bar, a bar
/// ([`Counter::set_color_rule`](crate::Counter::set_color_rule)) or a segment. In formats, `{:bar}`
/// writes text in the color that the bar has.
///
/// Colors between two others need 24 bits. Where the terminal has 256 colors, the nearest of them is
/// shown. Where it has 16, colors are not mixed: the nearest of those that the rule names is shown.
/// Without colors there is none.
///
/// A wrong rule (a color that cannot be read, or no color at all) is reported where other settings
/// are: by [`CounterBuilder::try_add`](crate::CounterBuilder::try_add) and
/// [`CounterStyle::check`](crate::CounterStyle::check).
///
/// ```
/// use footlights::{ColorRule, CounterStyle, Manager};
///
/// let manager = Manager::new();
/// let battery = ColorRule::steps([(0.0, "red"), (0.2, "yellow"), (0.5, "green")]);
/// let charge = manager.counter().total(100).color_rule(battery).add();
///
/// let sunset = ColorRule::gradient(["#5f5fff", "#ff5faf", "#ffaf00"]);
/// let pretty = CounterStyle::new().color_rule(sunset);
///
/// // Red as soon as one test has failed.
/// let verdict = ColorRule::segment_steps("failed", [(0.0, "green"), (1.0, "red")]);
/// let tests = manager.counter().total(9).color_rule(verdict).add();
///
/// let wrong = ColorRule::gradient(["rde", "green"]);
/// assert!(wrong.check().is_err());
/// ```
#[derive(Clone, Debug)]
pub struct ColorRule(Result<Arc<Rule>, Error>);

/// What a rule consists of.
#[derive(Debug, PartialEq)]
struct Rule {
    subject: RuleSubject,
    /// From the smallest number on; at least one.
    stops: Box<[(f64, Color)]>,
    /// Colors at even distances from 0 to 1, if colors are mixed and all are colors.
    mixed: Option<Box<[RgbColor]>>,
}

/// The number that decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RuleSubject {
    /// Where in the bar a cell is, from 0 to 1.
    Position,
    /// The fraction that is done, from 0 to 1.
    Fraction,
    /// What was counted.
    Count,
    /// What the segment of this name has counted.
    Segment(Arc<str>),
}

/// Mixed colors of a rule: more than a bar has cells.
const MIXED: usize = 256;

impl ColorRule {
    /// Makes a gradient along the bar: the first color at its left end, the last one at its right end, the
    /// others at even distances. A cell keeps its color while the bar grows. A segment has one color,
    /// which is that of its fraction of the total. In a `{pulse}` the gradient runs along the block that moves: with
    /// the color of the ground at both ends, the block has soft edges.
    ///
    /// ```
    /// use footlights::ColorRule;
    ///
    /// let sunset = ColorRule::gradient(["#5f5fff", "#ff5faf", "#ffaf00"]);
    /// # assert!(sunset.check().is_ok());
    /// ```
    pub fn gradient<C>(colors: impl IntoIterator<Item = C>) -> ColorRule
    where
        C: TryInto<Color>,
        Error: From<C::Error>,
    {
        let colors: Vec<C> = colors.into_iter().collect();
        let last = colors.len().saturating_sub(1).max(1) as f64;
        let stops = colors.into_iter().enumerate().map(|(n, color)| (n as f64 / last, color));
        ColorRule::mixed(RuleSubject::Position, stops)
    }

    /// Gives the whole bar one color, which changes smoothly with the fraction that is done. Each color
    /// is given with the fraction, from 0 to 1, at which it is shown unmixed.
    ///
    /// ```
    /// use footlights::ColorRule;
    ///
    /// let heat = ColorRule::blend([(0.0, "blue"), (0.5, "yellow"), (1.0, "red")]);
    /// # assert!(heat.check().is_ok());
    /// ```
    pub fn blend<C>(stops: impl IntoIterator<Item = (f64, C)>) -> ColorRule
    where
        C: TryInto<Color>,
        Error: From<C::Error>,
    {
        ColorRule::mixed(RuleSubject::Fraction, stops)
    }

    /// Gives the whole bar one color: that of the largest fraction that is done, from 0 to 1. Before the
    /// first fraction, it is the first color.
    ///
    /// ```
    /// use footlights::ColorRule;
    ///
    /// let disk = ColorRule::steps([(0.0, "green"), (0.8, "yellow"), (0.95, "red")]);
    /// # assert!(disk.check().is_ok());
    /// ```
    pub fn steps<C>(stops: impl IntoIterator<Item = (f64, C)>) -> ColorRule
    where
        C: TryInto<Color>,
        Error: From<C::Error>,
    {
        ColorRule::new(RuleSubject::Fraction, stops)
    }

    /// Gives the whole bar or segment one color: that of the largest count that it has reached. Before
    /// the first count, it is the first color.
    ///
    /// ```
    /// use footlights::ColorRule;
    ///
    /// let retries = ColorRule::count_steps([(0.0, "green"), (3.0, "yellow"), (10.0, "red")]);
    /// # assert!(retries.check().is_ok());
    /// ```
    pub fn count_steps<C>(stops: impl IntoIterator<Item = (f64, C)>) -> ColorRule
    where
        C: TryInto<Color>,
        Error: From<C::Error>,
    {
        ColorRule::new(RuleSubject::Count, stops)
    }

    /// Gives the whole bar one color: that of the largest count that the segment `name` has reached. A
    /// segment that the bar does not have has counted nothing.
    ///
    /// ```
    /// use footlights::ColorRule;
    ///
    /// let verdict = ColorRule::segment_steps("failed", [(0.0, "green"), (1.0, "red")]); // red at the first failure
    /// # assert!(verdict.check().is_ok());
    /// ```
    pub fn segment_steps<C>(name: &str, stops: impl IntoIterator<Item = (f64, C)>) -> ColorRule
    where
        C: TryInto<Color>,
        Error: From<C::Error>,
    {
        ColorRule::new(RuleSubject::Segment(name.into()), stops)
    }

    /// Checks the colors and numbers.
    ///
    /// ```
    /// use footlights::ColorRule;
    ///
    /// let error = ColorRule::gradient(["rde", "green"]).check().unwrap_err();
    /// assert!(error.to_string().contains("rde"));
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no color, if a color cannot be read, or if the numbers do not ascend.
    pub fn check(&self) -> Result<(), Error> {
        self.0.as_ref().map(|_| ()).map_err(Error::clone)
    }

    fn new<C>(subject: RuleSubject, stops: impl IntoIterator<Item = (f64, C)>) -> ColorRule
    where
        C: TryInto<Color>,
        Error: From<C::Error>,
    {
        ColorRule(read(stops).map(|stops| Arc::new(Rule { subject, stops, mixed: None })))
    }

    fn mixed<C>(subject: RuleSubject, stops: impl IntoIterator<Item = (f64, C)>) -> ColorRule
    where
        C: TryInto<Color>,
        Error: From<C::Error>,
    {
        ColorRule(read(stops).map(|stops| {
            let mixed = (0..MIXED).map(|n| between(&stops, n as f64 / (MIXED - 1) as f64)).collect();
            Arc::new(Rule { subject, stops, mixed })
        }))
    }

    /// The number that decides. Of a wrong rule it does not matter.
    pub(crate) fn subject(&self) -> &RuleSubject {
        self.0.as_ref().map_or(&RuleSubject::Count, |rule| &rule.subject)
    }

    /// The color at `number`, reduced to `depth`.
    pub(crate) fn color(&self, number: f64, depth: ColorDepth) -> Color {
        let Ok(rule) = &self.0 else { return Color::DEFAULT };
        match &rule.mixed {
            None => rule.last_reached(number).reduced(depth),
            // With few colors, the mixed ones would be others than those that are named.
            Some(_) if depth <= ColorDepth::Ansi16 => rule.nearest(number).reduced(depth),
            Some(mixed) => {
                // A cast saturates, and makes 0 of NaN.
                let at = (number * (MIXED - 1) as f64).round() as usize;
                let nearest = rule.nearest(number);
                match mixed.get(at.min(MIXED - 1)) {
                    Some(color) => Color::from(nearest.style().fg_color(Some((*color).into()))).reduced(depth),
                    None => nearest.reduced(depth),
                }
            }
        }
    }
}

impl Rule {
    fn last_reached(&self, number: f64) -> Color {
        let reached = self.stops.iter().take_while(|(from, _)| *from <= number).last();
        reached.or(self.stops.first()).map_or(Color::DEFAULT, |(_, color)| *color)
    }

    fn nearest(&self, number: f64) -> Color {
        let distance = |stop: &(f64, Color)| (stop.0 - number).abs();
        let nearest = self.stops.iter().reduce(|a, b| if distance(b) < distance(a) { b } else { a });
        nearest.map_or(Color::DEFAULT, |(_, color)| *color)
    }
}

/// Reads the stops of a rule.
fn read<C>(stops: impl IntoIterator<Item = (f64, C)>) -> Result<Box<[(f64, Color)]>, Error>
where
    C: TryInto<Color>,
    Error: From<C::Error>,
{
    let read = |(number, color): (f64, C)| Ok((number, color.try_into()?));
    let stops: Box<[(f64, Color)]> = stops.into_iter().map(read).collect::<Result<_, Error>>()?;
    if stops.is_empty() {
        return Err(Error::color_rule("it names no color"));
    }
    if let Some((number, _)) = stops.iter().find(|(number, _)| !number.is_finite()) {
        return Err(Error::color_rule(format!("{number} is not a number to begin a color at")));
    }
    let mut pairs = stops.iter().zip(stops.iter().skip(1));
    if let Some(((before, _), (after, _))) = pairs.find(|((before, _), (after, _))| after <= before) {
        return Err(Error::color_rule(format!("the numbers must ascend, and {after} follows {before}")));
    }
    Ok(stops)
}

/// The color at `number`, mixed from its two neighbors. None if one of them has no color.
fn between(stops: &[(f64, Color)], number: f64) -> Option<RgbColor> {
    let ink = |color: Color| color.style().get_fg_color().map(|ink| anstyle_lossy::color_to_rgb(ink, PALETTE));
    let right = stops.iter().find(|(at, _)| *at >= number).or(stops.last())?;
    let left = stops.iter().rev().find(|(at, _)| *at < number).or(stops.first())?;
    let way = right.0 - left.0;
    Some(mix(ink(left.1)?, ink(right.1)?, if way > 0.0 { (number - left.0) / way } else { 1.0 }))
}

/// Rules are equal if they show the same colors. A wrong rule is equal to none.
impl PartialEq for ColorRule {
    fn eq(&self, other: &ColorRule) -> bool {
        match (&self.0, &other.0) {
            (Ok(rule), Ok(other)) => Arc::ptr_eq(rule, other) || rule == other,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_begin_where_they_are_reached() {
        let rule = ColorRule::steps([(0.2, "red"), (0.5, "#00ff00")]);
        let red = "red".parse::<Color>().unwrap();
        for (at, color) in
            [(0.0, red), (0.2, red), (0.499, red), (0.5, Color::rgb(0, 255, 0)), (9.0, Color::rgb(0, 255, 0))]
        {
            assert_eq!(rule.color(at, ColorDepth::TrueColor), color, "{at}");
        }
        assert_eq!(rule.color(f64::NAN, ColorDepth::TrueColor), red);
    }

    #[test]
    fn gradients_are_mixed_where_there_are_colors_to_show_them() {
        let rule = ColorRule::gradient(["#ff0000", "bold_#0000ff"]);
        assert_eq!(rule.color(0.0, ColorDepth::TrueColor), Color::rgb(255, 0, 0));
        let bold_blue = "bold_#0000ff".parse::<Color>().unwrap();
        assert_eq!(rule.color(1.0, ColorDepth::TrueColor), bold_blue);
        let mut seen: Vec<Color> = (0..100).map(|n| rule.color(f64::from(n) / 99.0, ColorDepth::TrueColor)).collect();
        seen.dedup();
        assert!(seen.len() > 90, "{}", seen.len());
        // One of the two, in the colors of the terminal; and none at all.
        let depth = ColorDepth::Ansi16;
        assert_eq!(rule.color(0.4, depth), Color::rgb(255, 0, 0).reduced(depth));
        assert_eq!(rule.color(0.6, depth), bold_blue.reduced(depth));
        assert_eq!(rule.color(0.4, ColorDepth::None), Color::DEFAULT);
        let palette = rule.color(0.4, ColorDepth::Ansi256).style().get_fg_color();
        assert!(matches!(palette, Some(anstyle::Color::Ansi256(_))));
        for at in [f64::NAN, f64::INFINITY, -5.0, 1e300] {
            rule.color(at, ColorDepth::TrueColor);
        }
    }

    #[test]
    fn rules_that_are_refused() {
        let none: [&str; 0] = [];
        for (rule, problem) in [
            (ColorRule::gradient(none), "cannot color by this rule: it names no color"),
            (
                ColorRule::steps([(0.5, "red"), (0.2, "green")]),
                "cannot color by this rule: the numbers must ascend, and 0.2 follows 0.5",
            ),
            (
                ColorRule::blend([(f64::NAN, "red")]),
                "cannot color by this rule: NaN is not a number to begin a color at",
            ),
            (
                ColorRule::gradient(["rde"]),
                "cannot read color `rde`: unknown word `rde`; did you mean `red`? (column 1)",
            ),
        ] {
            assert_eq!(rule.check().unwrap_err().to_string(), problem);
        }
    }
}
