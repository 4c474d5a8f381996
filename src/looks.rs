//! Looks: styles that are chosen for how they look, and styles by name.

use crate::cells::color_rule::ColorRule;
use crate::cells::named;
use crate::cells::series::Series;
use crate::cells::spinner::Spinner;
use crate::error::Error;
use crate::format::{bar_format, counter_format};
use crate::state::rate::Estimator;
use crate::style::CounterStyle;

/// Of what is not done: seen on dark and on light backgrounds, and loud on neither.
const GRAY: &str = "#767676";

/// What makes a style.
type Constructor = fn() -> CounterStyle;

/// All styles by name.
const NAMED: [(&str, Constructor); 11] = [
    ("enlighten", CounterStyle::enlighten),
    ("thin", CounterStyle::thin),
    ("rounded", CounterStyle::rounded),
    ("dots", CounterStyle::dots),
    ("solid", CounterStyle::solid),
    ("gradient", CounterStyle::gradient),
    ("ascii", CounterStyle::ascii),
    ("tqdm", CounterStyle::tqdm),
    ("cargo", CounterStyle::cargo),
    ("download", CounterStyle::download),
    ("spinning", CounterStyle::spinning),
];

impl CounterStyle {
    /// The names of the ready-made styles.
    ///
    /// ```
    /// use footlights::CounterStyle;
    ///
    /// // The help of an option.
    /// println!("--style NAME: one of {}", CounterStyle::NAMES.join(", "));
    /// for name in CounterStyle::NAMES {
    ///     assert!(CounterStyle::named(name).is_ok());
    /// }
    /// ```
    pub const NAMES: [&str; 11] = named::names(&NAMED);

    /// Returns the ready-made style of this name: see [`NAMES`](Self::NAMES). For names that users
    /// choose.
    ///
    /// ```
    /// use footlights::{CounterStyle, Manager};
    ///
    /// let chosen = std::env::args().nth(1).unwrap_or("thin".into());
    /// # let chosen = "thin";
    /// let manager = Manager::builder().counter_style(CounterStyle::named(&chosen)?).build();
    /// assert!(CounterStyle::named("thick").is_err());
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If no style has this name. The error lists all names.
    pub fn named(name: &str) -> Result<CounterStyle, Error> {
        named::find(&NAMED, "style", name).map(|style| style())
    }

    /// Returns a style with a bar of fine dots, with rounded ends, in two colors.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use footlights::{ColorDepth, CounterStyle, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let bar = manager.counter().style(&CounterStyle::rounded()).desc("Working").total(30).add();
    /// bar.inc(12);
    /// assert_eq!(
    ///     bar.render_at(50, Duration::from_secs(3), ColorDepth::None),
    ///     "Working ⢾⣿⣿⣿⣿⣿⣿⣿⣿⣿                 40% 00:03<00:04"
    /// );
    /// ```
    pub fn rounded() -> CounterStyle {
        let series = Series::full_first("⣿⡇⣿").and_then(|series| series.with_ends("⢾", "⡷"));
        figures(series).color("#5f87ff").remaining_color(GRAY)
    }

    /// Returns a style with dots, in two colors. Without colors, the part that is not done is blank.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use footlights::{ColorDepth, CounterStyle, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let bar = manager.counter().style(&CounterStyle::dots()).desc("Working").total(30).add();
    /// bar.inc(12);
    /// assert_eq!(
    ///     bar.render_at(50, Duration::from_secs(3), ColorDepth::None),
    ///     "Working ••••••••••                 40% 00:03<00:04"
    /// );
    /// ```
    pub fn dots() -> CounterStyle {
        figures(Series::full_first("••")).color("#00af87").remaining_color(GRAY)
    }

    /// Returns a style with blocks in steps of an eighth on a shaded ground, without a frame.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use footlights::{ColorDepth, CounterStyle, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let bar = manager.counter().style(&CounterStyle::solid()).desc("Working").total(30).add();
    /// bar.inc(12);
    /// assert_eq!(
    ///     bar.render_at(50, Duration::from_secs(3), ColorDepth::None),
    ///     "Working ██████████░░░░░░░░░░░░░░░  40% 00:03<00:04"
    /// );
    /// ```
    pub fn solid() -> CounterStyle {
        figures(Series::try_from(["░", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"])).color("#5fafd7").remaining_color(GRAY)
    }

    /// Returns a style with a thin line whose color changes along the bar. Without colors, the part that is
    /// not done is blank.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use footlights::{ColorDepth, CounterStyle, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let bar = manager.counter().style(&CounterStyle::gradient()).desc("Working").total(30).add();
    /// bar.inc(12);
    /// assert_eq!(
    ///     bar.render_at(50, Duration::from_secs(3), ColorDepth::None),
    ///     "Working ━━━━━━━━━━                 40% 00:03<00:04"
    /// );
    /// ```
    pub fn gradient() -> CounterStyle {
        figures(Ok(Series::line()))
            .color_rule(ColorRule::gradient(["#5f87ff", "#af5fff", "#ff5faf", "#ff875f"]))
            .remaining_color(GRAY)
    }

    /// Returns a style for work of which nobody knows how much there is: a spinner, the elapsed time,
    /// and the message. [`Manager::spinner`](crate::Manager::spinner) makes a bar of this style.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use footlights::{ColorDepth, CounterStyle, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let bar = manager.counter().style(&CounterStyle::spinning()).desc("Linking").message("a.o").add();
    /// assert_eq!(bar.render_at(25, Duration::from_secs(3), ColorDepth::None), "⠋ Linking 00:03 a.o      ");
    /// ```
    pub fn spinning() -> CounterStyle {
        CounterStyle::new()
            .color("#00afaf")
            .spinner(Spinner::dots().done("✔"))
            .estimator(Estimator::Smoothed)
            .bar_format(bar_format!(
                "{:bar}{spinner}{:} {desc}{desc_pad}{elapsed} {count:d}/{total:d}{unit_pad}{unit}{message_pad}{message}"
            ))
            .counter_format(counter_format!("{:bar}{spinner}{:} {desc}{desc_pad}{elapsed}{message_pad}{message}{fill}"))
            .plain_counter_format(counter_format!("{desc}{desc_pad}{elapsed}{message_pad}{message}"))
    }
}

/// A style that shows the percentage and the times beside a bar without a frame.
fn figures(series: Result<Series, Error>) -> CounterStyle {
    CounterStyle::new()
        // What is made of constants is right: a test makes all of them.
        .series(series.unwrap_or_default())
        .bar_format(bar_format!(
            "{desc}{desc_pad}{bar:10..} {:bar}{percentage:3.0f}%{:} {elapsed}<{eta:5}{message_pad}{message}"
        ))
        .counter_format(counter_format!(
            "{desc}{desc_pad}{:bar}{count:d}{:}{unit_pad}{unit} {elapsed}{message_pad}{message}{fill}"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_looks_are_right() {
        for name in CounterStyle::NAMES {
            CounterStyle::named(name).unwrap().check().unwrap();
        }
        let error = CounterStyle::named("thick").unwrap_err().to_string();
        assert!(error.starts_with("there is no style `thick`: there are enlighten, thin"), "{error}");
        assert!(Series::full_first("⣿⡇⣿").and_then(|series| series.with_ends("⢾", "⡷")).is_ok());
        assert!(Series::full_first("••").is_ok());
        assert!(Series::try_from(["░", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]).is_ok());
    }
}
