//! Passages of several lines, and where each was seen first.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

/// The lines of a passage.
pub const LENGTH: usize = 6;

/// The passages that were seen, and the places.
#[derive(Default)]
pub struct Passages(Mutex<HashMap<u64, String>>);

impl Passages {
    /// Returns where the passage was seen before, if it was. Each line has its number.
    pub fn original(&self, passage: &[(usize, String)], path: &str) -> Option<String> {
        let texts: Vec<&str> = passage.iter().map(|(_, text)| text.as_str()).collect();
        match self.0.lock().ok()?.entry(hash(&texts)) {
            Entry::Occupied(place) => Some(place.get().clone()),
            Entry::Vacant(place) => {
                place.insert(format!("{path}:{}", passage.first()?.0));
                None
            }
        }
    }
}

pub fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
