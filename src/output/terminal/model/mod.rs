//! Random programs against a model of what the screen must show.
//!
//! The model is a second terminal, the *reference*, which gets the same output and no bars. It is
//! as wide as the window and very tall. Row by row, what stands in the reference must stand in the
//! window or its scrollback, with the cursor in the same place. Below the output stand the bars,
//! and nothing else. Both are compared after every frame, also where a frame came in the middle of
//! a character or a sequence. The frames come from the composer that the terminal thread uses.
//!
//! A case is a list of operations, which say what happens as far as that does not depend on the
//! window ("up to the last column"). Output becomes bytes when it is its turn. Where nothing exact
//! can be said, the program does something else, for a reason that is told there: it ends its line
//! first, for one.
//!
//! `op` what can happen · `harness` the two terminals and the composer · `spelling` output as bytes
//! · `actions` one operation at a time · `checks` what is compared · `cases` how cases are made ·
//! `emulator` the terminal emulator, and which rows the
//! program has used.

mod actions;
mod cases;
mod checks;
mod emulator;
mod harness;
mod op;
mod spelling;
