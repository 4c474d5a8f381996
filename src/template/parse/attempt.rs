//! `?` for `const` functions.

/// Returns the value of a `Result`, or returns its error from the function. `?` does not work in
/// `const` functions.
macro_rules! attempt {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
}
pub(crate) use attempt;
