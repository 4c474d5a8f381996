//! The names of all fields, and the names that other libraries have for them.

/// All fields, except those of segments.
pub(crate) const NAMES: &[&str] = &[
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
    "segments",
    "elapsed_clock",
    "eta_clock",
    "duration",
    "duration_short",
    "duration_clock",
    "rate_graph",
    "elapsed_words",
    "eta_words",
    "bar",
    "pulse",
    "fill",
];

/// Returns the field that is closest to one that is called `name` in another library: indicatif,
/// tqdm, rich or progressbar2. It has a spec where it shows something else without one.
pub(crate) const fn synonym(name: &[u8]) -> Option<&'static str> {
    let field = match name {
        b"prefix" | b"description" | b"label" | b"title" | b"l_bar" => "desc",
        b"pos" | b"position" | b"n" | b"n_fmt" | b"completed" | b"value" | b"current" | b"initial" | b"r_bar" => {
            "count"
        }
        b"len" | b"length" | b"total_fmt" | b"max" | b"max_value" => "total",
        b"human_pos" => "count:,d",
        b"human_len" => "total:,d",
        b"percent" => "percentage:.0f",
        b"percent_precise" => "percentage:.3f",
        b"wide_bar" => "bar",
        b"tick" | b"ticks" => "spinner",
        b"msg" | b"wide_msg" | b"postfix" | b"status" => "message",
        b"unit_scale" | b"unit_divisor" => "unit",
        b"per_sec" | b"rate_fmt" | b"rate_noinv_fmt" => "rate:.2f",
        b"rate_noinv" | b"speed" | b"finished_speed" => "rate",
        b"rate_inv" => "interval",
        b"rate_inv_fmt" => "interval:.2f",
        b"elapsed_s" | b"elapsed_dt" | b"time_elapsed" | b"finished_time" => "elapsed",
        b"eta_dt" | b"remaining" | b"remaining_s" | b"time_remaining" => "eta",
        b"elapsed_precise" => "elapsed_clock",
        b"eta_precise" => "eta_clock",
        b"duration_precise" => "duration_clock",
        b"sparkline" | b"graph" | b"history" => "rate_graph",
        b"binary_bytes" | b"download" => "bytes",
        b"binary_total_bytes" | b"filesize" => "total_bytes",
        b"decimal_bytes" => "count:!.2h",
        b"decimal_total_bytes" => "total:!.2h",
        b"decimal_bytes_per_sec" => "rate:!.2h",
        b"binary_bytes_per_sec" | b"transfer_speed" | b"throughput" => "bytes_per_sec",
        _ => return None,
    };
    Some(field)
}

/// `a == b`, for `const` functions.
pub(crate) const fn is_same(a: &[u8], b: &[u8]) -> bool {
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
