//! The files of a folder, and their lines.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::Path;
use std::{fs, io};

/// The files that are read, by extension, and what a line of documentation starts with in them.
const LANGUAGES: [(&str, &str); 6] = [("rs", "//"), ("md", ""), ("toml", "#"), ("py", "#"), ("c", "//"), ("js", "//")];

/// A text, without its blank lines.
pub struct File {
    pub path: String,
    /// What a line of documentation starts with.
    pub docs: &'static str,
    /// The number of each line, and its text.
    pub lines: Vec<(usize, String)>,
}

impl File {
    /// Returns the folder that its path begins with, or nothing.
    pub fn folder(&self) -> &str {
        self.path.split_once(['/', '\\']).map_or("", |(folder, _)| folder)
    }
}

/// Reads the files below `folder` that are neither hidden nor made by a build.
pub fn find(folder: &Path, files: &mut Vec<File>) -> io::Result<()> {
    if folder.join("CACHEDIR.TAG").exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().unwrap_or_default();
        if path.file_name().unwrap_or_default().as_encoded_bytes().starts_with(b".") || path.is_symlink() {
        } else if path.is_dir() {
            find(&path, files)?;
        } else if let Some((_, docs)) = LANGUAGES.iter().find(|(known, _)| extension == *known) {
            let text = fs::read_to_string(&path)?;
            let lines = text.lines().map(str::trim).enumerate().map(|(n, line)| (n + 1, line.to_owned()));
            let lines = lines.filter(|(_, line)| line.contains(char::is_alphanumeric)).collect();
            let path = path.strip_prefix(".").unwrap_or(&path).to_string_lossy().into_owned();
            files.push(File { path, docs, lines });
        }
    }
    Ok(())
}

/// Returns the largest folders, and all others as one, with their numbers of lines.
pub fn largest_folders(files: &[File], most: usize) -> Vec<(&str, usize)> {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    for file in files {
        *lines.entry(file.folder()).or_default() += file.lines.len();
    }
    let mut folders: Vec<_> = lines.into_iter().collect();
    folders.sort_by_key(|(name, lines)| (name.is_empty(), Reverse(*lines)));
    let others = folders.split_off(folders.len().min(most - 1));
    folders.push(("others", others.iter().map(|(_, lines)| lines).sum()));
    folders
}
