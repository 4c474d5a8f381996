//! Which pictures there are, and where they are written.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::{cast, frames, run, svg};

/// The pictures of the examples: the name of each, the size of the window, the second of the still.
const PICTURES: [(&str, (u16, u16), f64); 5] = [
    ("demo", (100, 24), 9.0),
    ("multicolored", (100, 12), 3.0),
    ("gallery", (100, 26), 2.0),
    ("child_process", (80, 14), 3.0),
    ("download", (80, 6), 4.5),
];

pub fn make(args: &[String]) -> Result<(), Box<dyn Error>> {
    if let [size, still, out, program @ ..] = args {
        let (cols, rows) = size.split_once('x').ok_or("the size is COLUMNSxROWS")?;
        return picture((cols.parse()?, rows.parse()?), still.parse()?, Path::new(out), program, &program.join(" "));
    }
    if !args.is_empty() {
        return Err("record [COLUMNSxROWS STILL OUT PROGRAM [ARGUMENT…]]".into());
    }
    let examples = env::current_exe()?.parent().map(PathBuf::from).unwrap_or_default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    fs::create_dir_all(&folder)?;
    for (name, size, still) in PICTURES {
        let program = examples.join(name).to_string_lossy().into_owned();
        picture(size, still, &folder.join(name), &[program], &format!("cargo run --example {name}"))?;
    }
    Ok(())
}

/// Runs the program for as long as it takes, and writes its pictures. `command` is shown in front.
fn picture(size: (u16, u16), still: f64, out: &Path, program: &[String], command: &str) -> Result<(), Box<dyn Error>> {
    let mut output = vec![run::Piece { seconds: 0.0, text: format!("\x1b[2m$\x1b[m {command}\r\n") }];
    output.extend(run::run(size, program)?);
    let frames = frames::frames(size, &output)?;
    let shown = frames.iter().rfind(|frame| frame.seconds <= still).ok_or("no still at that time")?;
    for (file, text) in [
        (out.with_extension("cast"), cast::cast(size, command, &output)),
        (out.with_extension("svg"), svg::animated(size, &frames)),
        (out.with_file_name(format!("{}-still.svg", out.file_stem().unwrap_or_default().to_string_lossy())), {
            svg::still(size, shown)
        }),
    ] {
        println!("{} {} kB", file.display(), text.len() / 1000);
        fs::write(file, text)?;
    }
    Ok(())
}
