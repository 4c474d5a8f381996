//! Values for people, written as bars show them.

use std::time::Duration;

use footlights::{BarFormat, HumanBytes, HumanCount, HumanDuration, bar_format};

use crate::hidden::manager;

/// What a field shows at this count, or after so many seconds.
fn shown(format: &str, n: u64) -> String {
    let bar = manager().counter().total(u64::MAX).count(n).bar_format(BarFormat::new(format).unwrap()).add();
    bar.render_at(40, n as f64, footlights::ColorDepth::None).trim_end().to_owned()
}

#[test]
fn values_are_those_of_fields() {
    for n in [0, 1, 59, 61, 999, 1000, 1023, 1024, 3600, 90_061, 1_048_570, 123_456_789_012] {
        assert_eq!(HumanBytes(n).to_string(), shown("{bytes}", n));
        assert_eq!(HumanCount(n).to_string(), shown("{count:,d}", n));
        let duration = HumanDuration(Duration::from_secs(n));
        assert_eq!(duration.to_string(), shown("{elapsed_short}", n));
        assert_eq!(format!("{duration:#}"), shown("{elapsed}", n));
    }
}

#[test]
fn the_largest_values() {
    assert_eq!(HumanBytes(u64::MAX).to_string(), "16.0 EiB");
    assert_eq!(HumanCount(u64::MAX).to_string(), "18,446,744,073,709,551,615");
    assert_eq!(HumanDuration(Duration::MAX).to_string(), "1000000000d 00h");
}

#[test]
fn width_and_alignment() {
    let texts = [
        format!("{:>8}", HumanBytes(5)),
        format!("{:_<8}", HumanCount(5000)),
        format!("{:^#9}", HumanDuration(Duration::ZERO)),
    ];
    assert_eq!(texts, ["     5 B", "5,000___", "  00:00  "]);
}

#[test]
fn values_of_fields_of_your_own() {
    let format = bar_format!("{size:>9} {files} {took} {cached}", size, files, took, cached);
    let bar = manager().counter().total(1).bar_format(format).field("size", HumanBytes(1 << 20)).add();
    bar.set_field("files", HumanCount(12_345));
    bar.set_field("took", HumanDuration(Duration::from_secs(75)));
    bar.set_field("cached", true);
    assert_eq!(bar.render(40).trim_end(), "  1.0 MiB 12,345 1m 15s true");
}
