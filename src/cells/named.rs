//! Tables of ready-made values, and the values by their names.

use crate::error::Error;

/// Returns the names of a table, in its order.
pub(crate) const fn names<T, const N: usize>(table: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    while at < N {
        names[at] = table[at].0;
        at += 1;
    }
    names
}

/// Returns the value of this name. The error names the kind of the values and lists all names.
pub(crate) fn find<'a, T, const N: usize>(
    table: &'a [(&'static str, T); N],
    kind: &'static str,
    name: &str,
) -> Result<&'a T, Error> {
    let known = table.iter().find(|(known, _)| *known == name);
    known.map(|(_, value)| value).ok_or_else(|| Error::name(kind, name, &names(table)))
}
