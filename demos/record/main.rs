//! Makes the pictures in `docs/pictures` from real runs: a cast (asciicast v2), an animated SVG, and a still.
//!
//! `cargo build --examples && cargo run --example record` makes all of them;
//! `cargo run --example record -- COLUMNSxROWS STILL OUT PROGRAM [ARGUMENT…]` makes those of one program:
//! `OUT.cast`, `OUT.svg`, and `OUT-still.svg` of the second `STILL`. Needs Unix.

#[cfg(unix)]
mod cast;
#[cfg(unix)]
mod cells;
#[cfg(unix)]
mod frames;
#[cfg(unix)]
mod pictures;
#[cfg(unix)]
mod run;
#[cfg(unix)]
mod svg;

#[cfg(unix)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    pictures::make(&std::env::args().skip(1).collect::<Vec<_>>())
}

#[cfg(not(unix))]
fn main() {
    eprintln!("record needs the pseudo-terminals of Unix");
}
