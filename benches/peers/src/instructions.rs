//! Counts instructions in user space, with `perf` if the machine supports it, otherwise with
//! valgrind's callgrind.
//!
//! They do not depend on the load of the machine. Each figure is the difference between two runs,
//! so that start and end cancel out. Under callgrind, reading the clock is a system call, because
//! it does not run the kernel's vdso.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::pty::{Case, Piece};

/// The note that is printed if instructions cannot be counted.
pub const MISSING: &str = "neither `perf stat -e instructions:u` nor valgrind: instructions are not counted";

#[derive(Clone, Copy)]
enum Tool {
    Perf,
    Callgrind,
}

/// The output of a run, and its number of instructions.
pub struct Counted {
    pub pieces: Vec<Piece>,
    pub instructions: f64,
}

impl Case {
    /// Runs the case and counts its instructions. `None` if there is no tool.
    pub fn run_counted(self) -> Option<Counted> {
        let tool = tool()?;
        let file = std::env::temp_dir().join(format!("footlights-peers-{}", std::process::id()));
        let (_, pieces) = self.under(&tool.command(&file.display().to_string())).record();
        let text = fs::read_to_string(&file).unwrap_or_default();
        let _ = fs::remove_file(&file);
        Some(Counted { pieces, instructions: tool.read(&text)? })
    }
}

/// Returns the difference between two runs, divided by `units`.
pub fn difference(few: impl Fn() -> Option<Counted>, many: impl Fn() -> Option<Counted>, units: f64) -> Option<f64> {
    Some((many()?.instructions - few()?.instructions) / units)
}

fn tool() -> Option<Tool> {
    static TOOL: OnceLock<Option<Tool>> = OnceLock::new();
    *TOOL.get_or_init(|| [Tool::Perf, Tool::Callgrind].into_iter().find(|tool| tool.works()))
}

impl Tool {
    fn works(self) -> bool {
        let file: PathBuf = std::env::temp_dir().join(format!("footlights-peers-try-{}", std::process::id()));
        let command = self.command(&file.display().to_string());
        let run = Command::new(&command[0]).args(&command[1..]).arg("true").stderr(Stdio::null()).status();
        let text = fs::read_to_string(&file).unwrap_or_default();
        let _ = fs::remove_file(&file);
        run.is_ok_and(|status| status.success()) && self.read(&text).is_some()
    }

    fn command(self, file: &str) -> Vec<String> {
        let words = match self {
            Tool::Perf => format!("perf stat -x , -e instructions:u -o {file} --"),
            Tool::Callgrind => format!("valgrind -q --tool=callgrind --callgrind-out-file={file}"),
        };
        words.split(' ').map(str::to_owned).collect()
    }

    fn read(self, text: &str) -> Option<f64> {
        match self {
            // `12345,,instructions:u,…`, or `<not supported>,,…`
            Tool::Perf => text.lines().find(|line| line.contains("instructions"))?.split(',').next()?.parse().ok(),
            Tool::Callgrind => text.lines().find_map(|line| line.strip_prefix("totals: "))?.trim().parse().ok(),
        }
    }
}
