//! The cost of a dependency: crates, the time of a clean release build, the size of a program with
//! one bar.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::Measurement;
use crate::effort::Effort;
use crate::report::{Figures, figures};
use crate::rounds::Rounds;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "weight", about: "crates, build time, size of a program", usual: false, measure };

/// The peers, their dependencies (default features, in the usual form), and a program with one bar
/// for each.
const ALL: [(&str, &str, &str); 6] = [
    ("none", "", "fn main() { println!(\"hello\"); }"),
    (
        "footlights",
        "footlights = { path = \"FOOTLIGHTS\" }",
        "fn main() { let bars = footlights::Manager::new(); let bar = bars.counter().total(100).desc(\"hello\").add();
            println!(\"hello\"); for _ in 0..100 { bar.inc(1) } }",
    ),
    (
        "indicatif",
        "indicatif = \"=0.18.6\"",
        "fn main() { let bar = indicatif::ProgressBar::new(100); bar.println(\"hello\");
            for _ in 0..100 { bar.inc(1) } bar.finish() }",
    ),
    (
        "kdam",
        "kdam = \"=0.6.4\"",
        "use kdam::BarExt; fn main() { let mut bar = kdam::tqdm!(total = 100); bar.write(\"hello\").unwrap();
            for _ in 0..100 { bar.update(1).unwrap(); } }",
    ),
    (
        "linya",
        "linya = \"=0.3.1\"",
        "use std::fmt::Write; fn main() { let mut all = linya::Progress::new(); let bar = all.bar(100, \"hello\");
            writeln!(all.stderr(), \"hello\").unwrap(); for _ in 0..100 { all.inc_and_draw(&bar, 1) } }",
    ),
    (
        "prodash",
        "prodash = { version = \"=31.0.1\", features = [\"progress-tree\", \"render-line\", \"render-line-crossterm\"] }",
        "fn main() { let root = prodash::tree::Root::new(); let mut item = root.add_child(\"hello\"); item.init(Some(100), None);
            let lines = prodash::render::line::render(std::io::stderr(), std::sync::Arc::downgrade(&root), Default::default());
            item.info(\"hello\"); for _ in 0..100 { item.inc() } lines.shutdown_and_wait() }",
    ),
];

fn measure(effort: &Effort, score: &mut Score) {
    let packages = Packages(std::env::temp_dir().join(format!("footlights-weight-{}", std::process::id())));
    for (id, dependency, program) in ALL {
        packages.create(id, dependency, program);
    }
    let names = ALL.map(|(id, _, _)| id);
    let rounds = Rounds::play(effort.of(3, 1), &names, |id| packages.build(id));

    let mut table = Table::new("weight: crates, default features");
    for id in names.into_iter().skip(1) {
        let row = Row::new(id).figure(packages.crates(id), "crates");
        table.row(if id == "footlights" { row.at_most(12.0) } else { row });
    }
    score.add(table);

    let mut table = Table::new("weight, a clean release build: CPU and wall time (x indicatif's)");
    for id in names {
        for (what, name) in [("cpu", "CPU"), ("wall", "wall")] {
            let ratio = rounds.ratio(id, "indicatif", what);
            let row = Row::new(format!("{id}: {name} time")).figure(rounds.figure(id, what), "s").ratio(ratio);
            table.row(if id == "footlights" { row.at_most(2.0) } else { row });
        }
    }
    score.add(table);

    let mut table = Table::new("weight, a stripped program: beyond one without a bar");
    for id in names.into_iter().skip(1) {
        let added = rounds.spread(|round| (round.get(id, "size") - round.get("none", "size")) / 1e3);
        let row = Row::new(id).figure(added, "kB");
        table.row(if id == "footlights" { row.at_most(300.0) } else { row });
    }
    score.add(table);
}

/// A temporary folder with a package for each peer. Removed when dropped.
struct Packages(PathBuf);

impl Drop for Packages {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Packages {
    fn create(&self, id: &str, dependency: &str, program: &str) {
        let package = self.0.join(id);
        fs::create_dir_all(package.join("src")).expect("a temporary folder");
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let dependency = dependency.replace("FOOTLIGHTS", &ours.to_string_lossy());
        let manifest = format!(
            "[package]\nname = \"hello\"\nedition = \"2024\"\n[dependencies]\n{dependency}\n[profile.release]\nstrip = true\n[workspace]\n"
        );
        fs::write(package.join("Cargo.toml"), manifest).expect("a temporary file");
        fs::write(package.join("src/main.rs"), program).expect("a temporary file");
        // Downloads the crates now, so that builds are offline.
        self.cargo(id, &["fetch"]);
    }

    fn build(&self, id: &str) -> Figures {
        let _ = fs::remove_dir_all(self.0.join(id).join("target"));
        let (start, cpu) = (Instant::now(), children_cpu());
        self.cargo(id, &["build", "--release", "--offline"]);
        let (wall, cpu) = (start.elapsed().as_secs_f64(), children_cpu() - cpu);
        let program = self.0.join(id).join("target/release/hello");
        let size = fs::metadata(program).map_or(f64::NAN, |data| data.len() as f64);
        figures([("wall", wall), ("cpu", cpu), ("size", size)])
    }

    /// Returns the number of crates that a peer consists of.
    fn crates(&self, id: &str) -> f64 {
        let tree = self.cargo(id, &["tree", "-e", "normal", "--prefix", "none", "--no-dedupe"]);
        let mut crates: Vec<&str> = tree.lines().filter(|line| !line.starts_with("hello ")).collect();
        crates.sort_unstable();
        crates.dedup();
        crates.len() as f64
    }

    /// Runs cargo in the package of a peer, and returns its stdout.
    fn cargo(&self, id: &str, args: &[&str]) -> String {
        let package = self.0.join(id);
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(args).current_dir(&package).env("CARGO_TARGET_DIR", package.join("target"));
        let output = command.stderr(Stdio::null()).output().expect("cargo");
        assert!(output.status.success(), "cargo {} for {id}: {}", args.join(" "), output.status);
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

/// Returns the CPU time in seconds of all children that have ended, and of their children. The
/// kernel counts in hundredths.
fn children_cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The 16th and the 17th of all fields, counted from the end of the name, which may contain
    // blanks.
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ').skip(13).take(2);
    fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}
