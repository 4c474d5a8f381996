//! Runs the scene that the first argument names: see `scenes`. Where there are no ptys, this program
//! does nothing.

#[cfg(unix)]
mod scenes;

fn main() {
    #[cfg(unix)]
    scenes::run();
}
