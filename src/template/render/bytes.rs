//! Amounts of bytes as text: `512 B`, `1.5 MiB`.

use std::fmt::Write as _;

const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/// Writes an amount of bytes: `512 B`, `1.5 MiB`. Negative amounts are shown as 0.
pub(crate) fn write(out: &mut String, n: f64) {
    let mut n = n.max(0.0);
    let mut units = UNITS.into_iter();
    let mut unit = units.next().unwrap_or_default();
    // At most four digits, also after rounding.
    while n >= 1023.95 {
        let Some(larger) = units.next() else { break };
        (n, unit) = (n / 1024.0, larger);
    }
    let decimals = usize::from(unit != "B");
    let _ = write!(out, "{n:.decimals$} {unit}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_bytes() {
        for (n, shown) in [
            (-1.0, "0 B"),
            (f64::NAN, "0 B"),
            (0.0, "0 B"),
            (1023.0, "1023 B"),
            (1024.0, "1.0 KiB"),
            (1536.0, "1.5 KiB"),
            (1_048_524.0, "1023.9 KiB"),
            (1_048_570.0, "1.0 MiB"),
            (5e12, "4.5 TiB"),
        ] {
            let mut out = String::new();
            write(&mut out, n);
            assert_eq!(out, shown, "{n}");
        }
    }
}
