//! Imports point one way: every file imports only from files that stand after it on the map in
//! `ARCHITECTURE.md`.
//!
//! The map lists the folders from top to bottom, and in each entry the files in the same order. So
//! no two files can import each other, however long the way around. A `mod.rs` only lists the files
//! of its folder: other folders import through it, its own files do not. What the map says of a file is
//! the first sentence of that file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module as its path from the root of the crate: `output::terminal::driver`. The root itself is
/// the empty path.
type Module = Vec<String>;

/// The modules of the crate, each with its code.
fn modules(src: &Path) -> BTreeMap<Module, String> {
    let module = |path: &Path| {
        let inside = path.strip_prefix(src).expect("a path inside of src").with_extension("");
        let mut module: Module = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|last| last == "mod" || last == "lib") {
            module.pop();
        }
        module
    };
    files(src).iter().map(|path| (module(path), fs::read_to_string(path).expect("a file"))).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The map: every module from the top to the bottom, with what it says of it.
fn map(page: &str) -> Vec<(Module, &str)> {
    let map =
        page.split("\n## The map\n").nth(1).and_then(|rest| rest.split("\nThe map ends here.").next()).expect("a map");
    let mut folder: Module = Vec::new();
    let mut entries = Vec::new();
    for line in map.lines() {
        let Some((name, text)) = line.trim_start().strip_prefix("* `").and_then(|entry| entry.split_once("`: ")) else {
            continue;
        };
        let path = |name: &str| name.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Module>();
        let module = match line.starts_with(' ') {
            true => [folder.clone(), path(name)].concat(),
            false => {
                folder = path(name.strip_prefix("src/").expect("a folder of src"));
                folder.clone()
            }
        };
        entries.push((module, text));
    }
    entries
}

/// The first sentence of the documentation of a module, without its period.
fn first_sentence(code: &str) -> String {
    let lines = code.lines().take_while(|line| line.starts_with("//!")).map(|line| line[3..].trim());
    let paragraph = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let sentence = paragraph.split(". ").next().unwrap_or_default().trim_end_matches('.');
    sentence.replace("[`", "`").replace("`]", "`")
}

/// All paths that begin with `crate`, `super` or `self` in `code`, as segments; what is in braces
/// is written out.
fn paths(code: &str) -> Vec<Vec<String>> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains("#[doc"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("::") {
        let before = code[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        let start = &code[..at - before.len()];
        if matches!(before, "crate" | "super" | "self") && !start.ends_with("::") && !start.ends_with('$') {
            expand(&[before.to_owned()], &code[at + 2..], &mut paths);
        }
    }
    paths
}

/// Follows a path from `rest` on, into all branches of its braces.
fn expand(prefix: &[String], rest: &str, paths: &mut Vec<Vec<String>>) {
    let rest = rest.trim_start();
    if let Some(inside) = rest.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                ',' | '}' if depth == 0 => {
                    if !inside[start..at].trim().is_empty() {
                        expand(prefix, &inside[start..at], paths);
                    }
                    start = at + 1;
                    if c == '}' {
                        return;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        return;
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let path = [prefix, &[rest[..end].to_owned()]].concat();
    match rest[end..].strip_prefix("::") {
        Some(more) => expand(&path, more, paths),
        None => paths.push(path),
    }
}

/// The code of a file, and the code in its inline modules, in which `super` is the file.
fn by_depth(code: &str) -> [(String, usize); 2] {
    let (mut own, mut inline, mut inside) = (String::new(), String::new(), false);
    for line in code.lines() {
        inside |= line.ends_with('{') && line.split(' ').any(|word| word == "mod") && !line.starts_with([' ', '/']);
        let part = if inside { &mut inline } else { &mut own };
        part.extend([line, "\n"]);
        inside &= line != "}";
    }
    [(own, 0), (inline, 1)]
}

/// The modules that `module` imports from.
fn imports(module: &Module, code: &str, all: &BTreeMap<Module, String>) -> BTreeSet<Module> {
    let mut imports = BTreeSet::new();
    for (code, depth) in by_depth(code) {
        for path in paths(&code) {
            let ups =
                path.iter().take_while(|part| *part == "super" || *part == "self").filter(|part| *part == "super");
            let ups = ups.count();
            let mut target: Module = match path[0].as_str() {
                "crate" => Vec::new(),
                _ => module[..(module.len() + depth).saturating_sub(ups).min(module.len())].to_vec(),
            };
            let names = path.iter().skip_while(|part| ["crate", "super", "self"].contains(&part.as_str()));
            for name in names {
                target.push(name.clone());
                if !all.contains_key(&target) {
                    target.pop();
                    break;
                }
            }
            imports.insert(target);
        }
    }
    imports.remove(module);
    imports
}

fn name(module: &Module) -> String {
    if module.is_empty() { "lib".to_owned() } else { module.join("::") }
}

/// Whether the module exists only for tests.
fn is_test(module: &Module, all: &BTreeMap<Module, String>) -> bool {
    (1..=module.len()).any(|length| {
        let (parent, child) = (&module[..length - 1], &module[length - 1]);
        all.get(parent).is_some_and(|code| code.contains(&format!("#[cfg(test)]\nmod {child};")))
    })
}

#[test]
fn imports_point_down_the_map() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("the page");
    let (map, all) = (map(&page), modules(&root.join("src")));
    let places: BTreeMap<&Module, usize> = map.iter().zip(0..).map(|((module, _), place)| (module, place)).collect();
    let is_folder = |module: &Module| all.keys().any(|other| other.len() > module.len() && other.starts_with(module));
    let mut problems = Vec::new();
    let exists = |module: &Module| all.contains_key(module) || is_folder(module);
    for (module, _) in map.iter().filter(|(module, _)| !exists(module)) {
        problems.push(format!("{} is on the map and does not exist", name(module)));
    }
    for (module, code) in all.iter().filter(|(module, _)| !is_test(module, &all)) {
        let Some(place) = places.get(module) else {
            problems.push(format!("{} is not on the map", name(module)));
            continue;
        };
        for import in imports(module, code, &all) {
            if module.starts_with(&import) {
                problems.push(format!("{} imports from {}, which contains it", name(module), name(&import)));
            } else if !import.starts_with(module) && places.get(&import) <= Some(place) {
                problems.push(format!("{} imports from {}, which stands above it", name(module), name(&import)));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_map_says_of_files_what_they_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("the page");
    let all = modules(&root.join("src"));
    let said =
        map(&page).into_iter().filter_map(|(module, text)| Some((first_sentence(all.get(&module)?), text, module)));
    for (sentence, text, module) in said {
        assert_eq!(text, sentence, "{}", name(&module));
    }
}

/// The reader of imports, on all ways to write one.
#[test]
fn imports_are_seen_however_they_are_written() {
    let all = ["", "a", "a::b", "a::c", "a::c::d", "e"];
    let module = |path: &str| path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect::<Module>();
    let all: BTreeMap<Module, String> = all.iter().map(|path| (module(path), String::new())).collect();
    for (from, code, wanted) in [
        ("a::b", "use super::c::Thing;", "a::c"),
        ("a::b", "use super::{c::{Thing, d::Other}, Third};", "a a::c a::c::d"),
        ("a::c::d", "use super::super::b::Thing;", "a::b"),
        ("a::b", "use crate::{e::Thing, a::c};", "a::c e"),
        ("a::b", "let x = crate::e::thing();", "e"),
        ("a::b", "// use crate::e::Thing;", ""),
        ("a::c", "use self::d::Thing;", "a::c::d"),
        ("a::b", "use std::fmt;\n\nmod tests {\n    use super::*;\n    use super::super::c;\n}", "a::c"),
        ("e", "fn f(x: super::Thing) {}", "lib"),
    ] {
        let seen: Vec<String> = imports(&module(from), code, &all).iter().map(name).collect();
        assert_eq!(seen.join(" "), wanted, "{from}: {code}");
    }
}
