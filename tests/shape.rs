//! Imports point one way: a folder uses only those that stand below it on the map in `ARCHITECTURE.md`, which names every file.

use std::fs;
use std::path::{Path, PathBuf};

/// The map, top to bottom: the name of each entry, and what it says.
fn map(page: &str) -> Vec<(&str, String)> {
    let entries = page.split("\n* `").skip(1).filter_map(|entry| entry.split("\n\n").next());
    let named = entries.filter_map(|entry| entry.split_once('`'));
    // Its first entry is the crate, its last one the operating system.
    let until = named.clone().position(|(name, _)| name == "sys/").expect("a map");
    named.take(until + 1).map(|(name, text)| (name.trim_end_matches('/'), text.to_owned())).collect()
}

/// Every file of the source below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The first words of what is imported, or named in full, from the root of the crate.
fn imports(code: &str) -> impl Iterator<Item = &str> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths = lines.flat_map(|line| line.split("crate::").skip(1));
    paths.filter_map(|path| path.split(|c: char| !c.is_alphanumeric() && c != '_').next())
}

#[test]
fn imports_point_down_the_map() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("the page");
    let map = map(&page);
    let rank = |name: &str| map.iter().position(|(entry, _)| *entry == name).unwrap_or(0);
    for path in files(&root.join("src")) {
        let inside = path.strip_prefix(root.join("src")).expect("a path inside");
        let stem = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
        let (folder, file) = (stem(inside.iter().next().expect("a name").as_ref()), stem(inside));
        let on_map = folder == file && rank(&file) > 0 || map[rank(&folder)].1.contains(&format!("`{file}`"));
        assert!(on_map || ["mod", "tests"].contains(&file.as_str()), "{} is not on the map", inside.display());
        for import in imports(&fs::read_to_string(&path).expect("a file")) {
            let (from, to) = (rank(&folder), rank(import));
            assert!(from <= to, "{} imports `{import}`, which stands above it", inside.display());
        }
    }
}
