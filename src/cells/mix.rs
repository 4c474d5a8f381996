//! Colors between two colors.
//!
//! Mixed in the Oklab space, in which equal steps look equal and the middle of two bright colors is
//! not dark.

use anstyle::RgbColor;

/// A color in Oklab: lightness, green to red, blue to yellow.
#[derive(Clone, Copy, Debug)]
struct Oklab([f32; 3]);

/// Returns the color at `share` of the way from `from` to `to`.
pub(crate) fn mix(from: RgbColor, to: RgbColor, share: f64) -> RgbColor {
    match share {
        share if share <= 0.0 => from,
        share if share >= 1.0 => to,
        share => {
            let (Oklab(from), Oklab(to)) = (oklab(from), oklab(to));
            let between = |n: usize| from[n] + (to[n] - from[n]) * share as f32;
            rgb(Oklab([between(0), between(1), between(2)]))
        }
    }
}

fn oklab(RgbColor(red, green, blue): RgbColor) -> Oklab {
    let [r, g, b] = [red, green, blue].map(|level| {
        let level = f32::from(level) / 255.0;
        if level <= 0.040_45 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
    });
    let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    Oklab([
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ])
}

fn rgb(Oklab([lightness, a, b]): Oklab) -> RgbColor {
    let cube = |x: f32| x * x * x;
    let l = cube(lightness + 0.396_337_78 * a + 0.215_803_76 * b);
    let m = cube(lightness - 0.105_561_346 * a - 0.063_854_17 * b);
    let s = cube(lightness - 0.089_484_18 * a - 1.291_485_5 * b);
    let level = |level: f32| {
        let level = if level <= 0.003_130_8 { level * 12.92 } else { 1.055 * level.powf(1.0 / 2.4) - 0.055 };
        // A cast saturates, and makes 0 of NaN.
        (level * 255.0).round() as u8
    };
    RgbColor(
        level(4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s),
        level(-1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s),
        level(-0.004_196_086 * l - 0.703_418_6 * m + 1.707_614_7 * s),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_exact_and_the_middle_lies_between() {
        let (red, green) = (RgbColor(255, 0, 0), RgbColor(0, 255, 0));
        for (share, color) in [(-1.0, red), (0.0, red), (1.0, green), (9.0, green)] {
            assert_eq!(mix(red, green, share), color);
        }
        // Published values of the middle of red and green, and of black and white.
        let near = |a: RgbColor, b: RgbColor| a.0.abs_diff(b.0).max(a.1.abs_diff(b.1)).max(a.2.abs_diff(b.2)) <= 2;
        assert!(near(mix(RgbColor(0, 0, 0), RgbColor(255, 255, 255), 0.5), RgbColor(99, 99, 99)));
        let middle = mix(red, green, 0.5);
        assert!(middle.0 > 150 && middle.1 > 150 && middle.2 < 60, "{middle:?}");
        // There and back.
        for level in (0..=255).step_by(15) {
            let color = RgbColor(level, 255 - level, level / 2);
            assert!(near(rgb(oklab(color)), color), "{color:?}");
        }
        mix(red, green, f64::NAN);
    }
}
