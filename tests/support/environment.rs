//! Settings of the tests in environment variables.

/// The number in an environment variable, or `default`.
pub fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}
