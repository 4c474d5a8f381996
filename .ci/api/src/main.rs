//! Prints the public API that a file of rustdoc's JSON describes, an item on a line.

use std::env;
use std::error::Error;

use public_api::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args_os().nth(1).ok_or("usage: public-api-list FILE")?;
    let api = Builder::from_rustdoc_json(path);
    // What every type has, or what derives say, is no decision.
    let api = api.omit_blanket_impls(true).omit_auto_trait_impls(true).omit_auto_derived_impls(true);
    print!("{}", api.build()?);
    Ok(())
}
