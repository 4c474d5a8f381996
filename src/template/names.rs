//! The names of all fields, and the names that other libraries have for them.

/// All fields, except those of segments.
pub(super) const NAMES: [&str; 25] = [
    "desc",
    "desc_pad",
    "unit",
    "unit_pad",
    "elapsed",
    "total",
    "len_total",
    "count",
    "percentage",
    "rate",
    "interval",
    "eta",
    "bytes",
    "total_bytes",
    "bytes_per_sec",
    "elapsed_short",
    "eta_short",
    "rate_smooth",
    "eta_smooth",
    "spinner",
    "message",
    "message_pad",
    "bar",
    "pulse",
    "fill",
];

/// Names of fields in other libraries (indicatif, tqdm, rich, progressbar2), and the fields that
/// are closest to them here.
#[rustfmt::skip]
pub(super) const SYNONYMS: [(&str, &str); 59] = [
    // The description.
    ("prefix", "desc"), ("description", "desc"), ("label", "desc"), ("title", "desc"), ("l_bar", "desc"),
    // The count.
    ("pos", "count"), ("position", "count"), ("human_pos", "count"), ("n", "count"), ("n_fmt", "count"),
    ("completed", "count"), ("value", "count"), ("current", "count"), ("r_bar", "count"),
    // The total.
    ("len", "total"), ("length", "total"), ("human_len", "total"), ("total_fmt", "total"), ("max", "total"),
    ("max_value", "total"),
    // Percent.
    ("percent", "percentage"), ("percent_precise", "percentage"),
    // The bar.
    ("wide_bar", "bar"), ("tick", "spinner"), ("ticks", "spinner"),
    // The message.
    ("msg", "message"), ("wide_msg", "message"), ("postfix", "message"), ("status", "message"),
    // The unit.
    ("unit_scale", "unit"), ("unit_divisor", "unit"),
    // Rates.
    ("per_sec", "rate"), ("rate_fmt", "rate"), ("rate_noinv", "rate"), ("rate_noinv_fmt", "rate"), ("speed", "rate"),
    ("rate_inv", "interval"), ("rate_inv_fmt", "interval"),
    // Times.
    ("elapsed_precise", "elapsed"), ("elapsed_s", "elapsed"), ("elapsed_dt", "elapsed"), ("time_elapsed", "elapsed"),
    ("eta_precise", "eta"), ("eta_dt", "eta"), ("remaining", "eta"), ("remaining_s", "eta"),
    ("time_remaining", "eta"), ("duration", "eta"), ("duration_precise", "eta"),
    // Amounts of bytes.
    ("decimal_bytes", "bytes"), ("binary_bytes", "bytes"), ("download", "bytes"), ("filesize", "total_bytes"),
    ("decimal_total_bytes", "total_bytes"), ("binary_total_bytes", "total_bytes"),
    ("decimal_bytes_per_sec", "bytes_per_sec"), ("binary_bytes_per_sec", "bytes_per_sec"),
    ("transfer_speed", "bytes_per_sec"), ("throughput", "bytes_per_sec"),
];

/// Returns the field that another library calls `name`.
pub(super) const fn synonym(name: &str) -> Option<&'static str> {
    let mut at = 0;
    while at < SYNONYMS.len() {
        let (synonym, field) = SYNONYMS[at];
        if is_same(synonym, name) {
            return Some(field);
        }
        at += 1;
    }
    None
}

/// `a == b`, for `const` functions.
pub(super) const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
