//! The pages for people link to what exists, and in a form that works on a code host and in the
//! documentation. Links to docs.rs are checked by `.ci/run docs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let docs = docs.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let first = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "examples/README.md"]
        .map(|name| root().join(name));
    first.into_iter().chain(docs).collect()
}

/// The text of a page without blocks of code.
fn prose(page: &str) -> String {
    page.split("```").step_by(2).collect()
}

/// The text of a page without code at all.
fn words(page: &str) -> String {
    prose(page).split('`').step_by(2).collect()
}

/// The names of the headings, as code hosts and rustdoc make them.
fn places(page: &str) -> BTreeSet<String> {
    let prose = prose(page);
    let headings = prose.lines().filter(|line| line.starts_with('#'));
    let place = |heading: &str| {
        let heading = heading.trim_start_matches('#').trim().to_lowercase();
        let characters = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        characters.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(place).collect()
}

/// The targets of the links: `[text](target)` and `[label]: target`.
fn targets(page: &str) -> Vec<String> {
    // Code as the text of a link goes; what remains of the link is found.
    let words = words(page);
    let inline = words.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()));
    let named = words.lines().filter(|line| line.starts_with('['));
    let named = named.filter_map(|line| Some(line.split_once("]: ")?.1.to_owned()));
    inline.chain(named).collect()
}

/// Returns what is wrong with a link, if anything is.
fn mistake(page: &Path, target: &str) -> Option<String> {
    if target.starts_with("https://") {
        return None;
    }
    let (path, place) = target.split_once('#').map_or((target, None), |(path, place)| (path, Some(place)));
    let file = if path.is_empty() { page.to_owned() } else { page.parent().expect("a folder").join(path) };
    if !file.exists() {
        return Some(format!("there is no `{path}`"));
    }
    let place = place?;
    let places = places(&fs::read_to_string(file).expect("a page"));
    (!places.contains(place)).then(|| format!("there is no heading `#{place}`"))
}

#[test]
fn links_lead_somewhere() {
    let mut count = 0;
    for path in pages() {
        for target in targets(&fs::read_to_string(&path).expect("a page")) {
            count += 1;
            assert_eq!(mistake(&path, &target), None, "{}: {target}", path.display());
        }
    }
    assert!(count > 150, "{count} links");
}

/// A page that rustdoc includes is a page of its own on a code host: there only what the page
/// defines is a link.
#[test]
fn labels_are_defined() {
    for path in pages() {
        let page = fs::read_to_string(&path).expect("a page");
        let prose = prose(&page);
        let named = prose.lines().filter(|line| line.starts_with('[')).filter_map(|line| line.split_once("]: "));
        let defined: BTreeSet<&str> = named.map(|(label, _)| &label[1..]).collect();
        for (at, _) in prose.match_indices("[`") {
            let Some((name, after)) = prose[at + 2..].split_once("`]") else { continue };
            if name.contains(['`', '\n']) {
                continue; // `[`a` and `b`](target)`
            }
            let linked = after.starts_with(['(', '[']) || defined.contains(format!("`{name}`").as_str());
            assert!(linked, "{}: [`{name}`] has no target", path.display());
        }
    }
}

/// Files and folders that the text names without a link, and those that commands name.
#[test]
fn named_files_exist() {
    const FOLDERS: [&str; 7] = ["benches/", "demos/", "docs/", "examples/", "src/", "tests/", ".ci/"];
    let mut count = 0;
    for path in pages() {
        let prose = prose(&fs::read_to_string(&path).expect("a page"));
        for word in prose.split('`').skip(1).step_by(2).flat_map(str::split_whitespace) {
            // `src/a/{b,c}.rs` and `src/*` name several.
            if FOLDERS.iter().any(|folder| word.starts_with(folder)) && !word.contains(['*', '{', '…', '<']) {
                count += 1;
                let file = root().join(word);
                // A module is named without its ending. The package has no folder `.ci`.
                let exists = file.exists() || file.with_extension("rs").exists();
                let exists = exists || word.starts_with(".ci/") && !root().join(".ci").exists();
                assert!(exists, "{}: there is no `{word}`", path.display());
            }
        }
    }
    assert!(count > 30, "{count} names");
}

#[test]
fn a_wrong_link_is_found() {
    let readme = root().join("README.md");
    assert_eq!(targets("see [`x`](a.md) and [y](#b)\n\n```\n[z](c)\n```\n[`d`]: e.md\n"), ["a.md", "#b", "e.md"]);
    assert_eq!(mistake(&readme, "docs/promises.md#limits"), None);
    assert_eq!(mistake(&readme, "docs/promise.md").as_deref(), Some("there is no `docs/promise.md`"));
    assert_eq!(mistake(&readme, "docs/promises.md#limit").as_deref(), Some("there is no heading `#limit`"));
    assert_eq!(mistake(&readme, "crate::Manager").as_deref(), Some("there is no `crate::Manager`"));
    assert!(places("# A `--quiet` flag\n").contains("a---quiet-flag"));
}
