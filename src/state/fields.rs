//! The fields of the user's own.

use std::sync::Arc;

use super::value::Value;

/// Values by name, in the order in which they were set first. There are few, so a list is searched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(Arc<str>, Value)>);

impl Fields {
    /// Sets a field, new or known.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        match self.0.iter_mut().find(|(known, _)| **known == *name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.into(), value)),
        }
    }

    /// The value of a field, if it was set.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| **known == *name).map(|(_, value)| value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// Becomes a copy of `other`, and keeps the capacity of the list.
    pub(crate) fn copy(&mut self, other: &Fields) {
        self.0.clone_from(&other.0);
    }
}
