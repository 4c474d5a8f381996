//! Prints the public items whose docs have no example, by a file of rustdoc's JSON.
//!
//! Fields, variants and what traits ask for need none.

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::fs;

use public_api::Builder;
use serde_json::Value;

const KINDS: [&str; 9] =
    ["module", "struct", "enum", "trait", "function", "constant", "assoc_const", "macro", "type_alias"];

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args_os().nth(1).ok_or("usage: without-example FILE")?;
    let json: Value = serde_json::from_slice(&fs::read(&path)?)?;
    let entry = |id: u32| &json["index"][id.to_string()];
    let api = Builder::from_rustdoc_json(path).omit_blanket_impls(true).omit_auto_trait_impls(true).build()?;
    let mut names = BTreeSet::new();
    for item in api.items() {
        let (this, parent) = (entry(item.id().0), item.parent_id().map(|id| entry(id.0)));
        let is_kind = KINDS.iter().any(|kind| this["inner"].get(kind).is_some());
        let is_of_trait = parent.is_some_and(|parent| !parent["inner"]["impl"]["trait"].is_null());
        if is_kind && !is_of_trait && !this["docs"].as_str().unwrap_or_default().contains("```") {
            names.insert(item.to_string());
        }
    }
    names.iter().for_each(|name| println!("{name}"));
    Ok(())
}
