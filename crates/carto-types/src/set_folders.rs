//! Which folders are sets, and which files belong to them: one rule for the page, which
//! walks what was dropped, and the command, which walks the disk.

use std::collections::BTreeMap;

use crate::{FileKind, SourceFiles, SourceKind, is_hit_sound, is_lazer_file};

/// What one folder holds of what is read, told file by file; names alone decide.
///
/// `F` is the handle of a file, `D` that of a folder.
#[derive(Debug)]
pub struct FolderListing<F, D> {
    /// Path below what was dropped or named; empty for that folder itself.
    pub path: String,
    /// Files that are read, by their paths.
    pub files: Vec<(String, F)>,
    /// Folders in it, by their paths; those of osu!lazer's files are left out.
    pub folders: Vec<(String, D)>,
    /// Other files that are to be counted.
    pub n_others: usize,
    is_read: fn(FileKind) -> bool,
    has_map: bool,
    has_storyboard: bool,
    has_picture: bool,
    has_realm: bool,
    has_lazer_file: bool,
    has_others: bool,
}

impl<F, D> FolderListing<F, D> {
    /// A folder of which nothing is told yet.
    ///
    /// - `is_read`: kinds of files that are read beside maps and audio
    #[must_use]
    pub fn new(path: String, is_read: fn(FileKind) -> bool) -> Self {
        Self {
            path,
            files: Vec::new(),
            folders: Vec::new(),
            n_others: 0,
            is_read,
            has_map: false,
            has_storyboard: false,
            has_picture: false,
            has_realm: false,
            has_lazer_file: false,
            has_others: false,
        }
    }

    /// Takes note of a file.
    ///
    /// What systems and osu! itself leave lying about is passed over without a word.
    pub fn add_file(&mut self, name: &str, file: impl FnOnce() -> F) {
        self.has_lazer_file |= is_lazer_file(name);
        self.has_others = true;
        if is_left_by_a_system(name) {
            return;
        }
        let kind = FileKind::of_name(name);
        self.has_map |= kind == FileKind::Map;
        self.has_realm |= name.starts_with("client") && name.ends_with(".realm");
        let lower = name.to_ascii_lowercase();
        self.has_picture |= PICTURES.iter().any(|end| lower.ends_with(end));
        if lower.ends_with(".osb") {
            self.has_storyboard = true;
        } else if kind == FileKind::Audio && is_hit_sound(name) {
            // Never the music, and the most of all audio files there are.
        } else if matches!(kind, FileKind::Map | FileKind::Audio) || (self.is_read)(kind) {
            self.files.push((join(&self.path, name), file()));
        } else {
            self.n_others += 1;
        }
    }

    /// Takes note of a folder.
    pub fn add_folder(&mut self, name: &str, folder: D) {
        if name != "__MACOSX" {
            self.folders.push((join(&self.path, name), folder));
        }
    }

    /// Whether maps lie in it directly, and so whether it is the folder of a set.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.has_map
    }

    /// Whether a picture lies beside maps, as the background does in the folder of a set.
    #[must_use]
    pub fn has_background(&self) -> bool {
        self.has_map && self.has_picture
    }

    /// To be called when all is told, before the rest is looked at.
    ///
    /// Whatever else belongs to a set or a storyboard is not counted. Returns whether it
    /// is osu!lazer's folder, whose `files` are then left out.
    ///
    /// - `is_in_set`: whether a folder above it is that of a set
    pub fn close(&mut self, is_in_set: bool) -> bool {
        if self.has_map || self.has_storyboard || is_in_set {
            self.n_others = 0;
        }
        if self.has_storyboard && !self.has_map && !is_in_set {
            self.files.retain(|(path, _)| FileKind::of_name(path) != FileKind::Audio);
        }
        let is_name = |path: &str, name: &str| path.rsplit('/').next() == Some(name);
        if self.has_realm {
            self.folders.retain(|(path, _)| !is_name(path, "files"));
            self.n_others = 0;
            return true;
        }
        // One of the folders that the hashed files lie in.
        if self.has_lazer_file && !self.has_map {
            self.n_others = 0;
            return true;
        }
        // The folder of hashed files by itself, with folders `0` to `f` and nothing else, or one
        // of these, with for instance the folders `a0` to `af`.
        let names = || self.folders.iter().map(|(path, _)| path.rsplit('/').next().unwrap_or(path));
        let is_hex = |name: &str| name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_of_one = names().all(|name| name.len() == 1 && is_hex(name));
        let first = names().next().and_then(|name| name.get(..1));
        let is_of_two = self.folders.len() == N_HEX_DIGITS
            && names().all(|name| name.len() == 2 && is_hex(name) && name.get(..1) == first);
        let is_hashed = !self.has_others
            && (is_of_two || (self.folders.len() > MIN_HASHED_FOLDERS && is_of_one));
        if is_hashed {
            self.folders.clear();
        }
        is_hashed
    }
}

/// Ends of the names of backgrounds.
const PICTURES: [&str; 3] = [".jpg", ".jpeg", ".png"];

/// Of the sixteen folders that osu!lazer's files lie in, so many tell them from folders
/// that somebody named by single letters.
const MIN_HASHED_FOLDERS: usize = 7;
/// All that begin with one letter.
const N_HEX_DIGITS: usize = 16;

/// What is said of osu!lazer's folder.
pub const LAZER_FOLDER: &str = "osu!lazer keeps maps here as files that are named by their \
    hashes, which nothing but osu!lazer puts together: in osu!lazer, open a map in the editor, \
    choose File and Export, and drop the .osz or .olz from its folder exports";

/// Files that Windows and macOS write into folders on their own.
fn is_left_by_a_system(name: &str) -> bool {
    let named = |other: &str| name.eq_ignore_ascii_case(other);
    name.starts_with("._") || named("desktop.ini") || named("thumbs.db") || named(".DS_Store")
}

/// The path of a file or folder inside a folder; `""` is what was dropped or named.
fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// An extracted set, with the handles of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSet<F> {
    /// Path of its folder; empty for what was dropped or named itself, which its source
    /// calls by name.
    pub folder: String,
    /// Its path, and those of its files below it.
    pub source: SourceFiles,
    /// In the order of [`SourceFiles::inner`].
    pub files: Vec<F>,
}

/// Files of folders, put together to sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouped<F> {
    /// Ascending by path.
    pub sets: Vec<FoundSet<F>>,
    /// What is no part of a set, in the order in which it came.
    pub others: Vec<(String, F)>,
    /// Audio files that belong to no set.
    pub n_others: usize,
}

/// Puts the files of a folder together to sets.
///
/// A folder that holds maps directly is a set; audio in folders below it belongs to the
/// nearest set above. Where neither audio nor a background belongs to them and they are not
/// called as osu! calls the maps of one set, they are a heap of maps, such as dumps and
/// `carto collect` make, and stand for themselves.
///
/// - `root`: name of the folder that was dropped or named, in case it is a set itself
/// - `files`: by their paths below it
/// - `has_background`: what [`FolderListing::has_background`] says of a folder
#[must_use]
pub fn group_sets<F>(
    root: &str,
    files: Vec<(String, F)>,
    has_background: impl Fn(&str) -> bool,
) -> Grouped<F> {
    let is_map = |path: &str| FileKind::of_name(path) == FileKind::Map;
    let mut sets: BTreeMap<String, Vec<(String, F)>> = BTreeMap::new();
    for (path, _) in &files {
        if is_map(path) {
            sets.entry(parent(path).to_owned()).or_default();
        }
    }
    let mut grouped = Grouped { sets: Vec::new(), others: Vec::new(), n_others: 0 };
    for (path, file) in files {
        let is_audio = FileKind::of_name(&path) == FileKind::Audio;
        if !is_audio && !is_map(&path) {
            grouped.others.push((path, file));
            continue;
        }
        let set = folders_above(&path).find(|folder| sets.contains_key(*folder));
        match set.and_then(|folder| sets.get_mut(folder)) {
            Some(set) => set.push((path, file)),
            None => grouped.n_others += 1,
        }
    }
    for (folder, mut files) in sets {
        let has_audio = files.iter().any(|(path, _)| !is_map(path));
        if !has_audio && !has_background(&folder) && !are_named_alike(&files) {
            grouped.others.append(&mut files);
            continue;
        }
        files.sort_by(|(a, _), (b, _)| a.cmp(b));
        let below = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let (inner, files) =
            files.into_iter().map(|(path, file)| (path[below..].to_owned(), file)).unzip();
        let path = if folder.is_empty() { root.to_owned() } else { folder.clone() };
        let source = SourceFiles { path, kind: SourceKind::Folder, inner };
        grouped.sets.push(FoundSet { folder, source, files });
    }
    grouped
}

/// Whether maps have names such as osu! gives to those of one set, which differ in what
/// stands in square brackets: `Artist - Title (Creator) [Version].osu`.
fn are_named_alike<F>(maps: &[(String, F)]) -> bool {
    let of_set = |path: &str| {
        let end = path.find(") [")?;
        Some(path[..end].to_owned())
    };
    let mut sets = maps.iter().map(|(path, _)| of_set(path));
    let first = sets.next().flatten();
    first.is_some() && sets.all(|set| set == first)
}

/// The folder of a file or folder; empty for what was dropped or named, and for what lies
/// in it directly.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders of a file or folder, the nearest first, up to what was dropped or named,
/// which has the empty path.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    let first = (!path.is_empty()).then(|| parent(path));
    std::iter::successors(first, |&folder| (!folder.is_empty()).then(|| parent(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(paths: &[&'static str]) -> Grouped<&'static str> {
        let files = paths.iter().map(|path| ((*path).to_owned(), *path)).collect();
        group_sets("root", files, |folder| folder == "with background")
    }

    /// Sets as `path: file, file`.
    fn sets(found: &Grouped<&str>) -> Vec<String> {
        let set =
            |set: &FoundSet<&str>| format!("{}: {}", set.source.path, set.source.inner.join(", "));
        found.sets.iter().map(set).collect()
    }

    #[test]
    fn audio_belongs_to_the_nearest_set_above_it() {
        let found = grouped(&[
            "Songs/1 a/x.osu",
            "Songs/1 a/sub/deep/Audio.MP3",
            "Songs/1 a/inner/y.osu",
            "Songs/1 a/inner/audio.ogg",
            "Songs/2.osz",
            "Songs/music.mp3",
        ]);
        let expected =
            ["Songs/1 a: sub/deep/Audio.MP3, x.osu", "Songs/1 a/inner: audio.ogg, y.osu"];
        assert_eq!(sets(&found), expected);
        assert_eq!(found.sets[1].files, ["Songs/1 a/inner/audio.ogg", "Songs/1 a/inner/y.osu"]);
        let others = vec![("Songs/2.osz".to_owned(), "Songs/2.osz")];
        assert_eq!((found.others, found.n_others), (others, 1));
    }

    #[test]
    fn what_was_named_can_be_a_set_itself() {
        assert_eq!(sets(&grouped(&["b.osu", "sub/a.mp3"])), ["root: b.osu, sub/a.mp3"]);
    }

    #[test]
    fn maps_without_any_audio_stand_for_themselves() {
        let found = grouped(&["maps/2.osu", "maps/1.osu"]);
        let others: Vec<_> = found.others.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!((sets(&found).len(), others), (0, vec!["maps/2.osu", "maps/1.osu"]));
    }

    #[test]
    fn a_set_is_told_from_a_heap_by_its_background_or_the_names_of_its_maps() {
        let found = grouped(&[
            "with background/2.osu",
            "with background/1.osu",
            "alike/A - T (C) [Hard [x]].osu",
            "alike/A - T (C) [Easy].osu",
            "heap/A - T (C) [Hard].osu",
            "heap/A - T (D) [Hard].osu",
            "numbers/1.osu",
        ]);
        let alike = "alike: A - T (C) [Easy].osu, A - T (C) [Hard [x]].osu";
        assert_eq!(sets(&found), [alike, "with background: 1.osu, 2.osu"]);
        assert_eq!(found.others.len(), 3);
    }

    fn listing(files: &[&str], folders: &[&str]) -> FolderListing<(), ()> {
        let mut listing = FolderListing::new("top".to_owned(), |kind| kind == FileKind::Archive);
        files.iter().for_each(|name| listing.add_file(name, || ()));
        folders.iter().for_each(|name| listing.add_folder(name, ()));
        listing
    }

    fn paths<T>(all: &[(String, T)]) -> Vec<&str> {
        all.iter().map(|(path, _)| path.as_str()).collect()
    }

    #[test]
    fn what_lies_beside_maps_is_not_counted_and_junk_is_not_seen() {
        let files = ["._a.osu", "desktop.ini", "a.osu", "a.MP3", "soft-hitclap.wav", "bg.jpg"];
        let mut set = listing(&files, &["sub", "__MACOSX"]);
        assert!(!set.close(false) && set.is_set() && set.has_background());
        assert_eq!(paths(&set.files), ["top/a.osu", "top/a.MP3"]);
        assert_eq!((paths(&set.folders), set.n_others), (vec!["top/sub"], 0));
        let mut others = listing(&["bg.jpg", "x.osz", "Thumbs.db"], &[]);
        assert!(!others.close(false) && !others.has_background());
        assert_eq!((paths(&others.files), others.n_others), (vec!["top/x.osz"], 1));
        let mut storyboard = listing(&["x.osb", "bg.jpg", "a.mp3"], &[]);
        storyboard.close(false);
        assert_eq!((storyboard.files.len(), storyboard.n_others), (0, 0));
    }

    #[test]
    fn the_folder_of_lazer_is_known_and_its_exports_are_still_read() {
        let mut lazer = listing(&["client.realm", "framework.ini"], &["files", "exports"]);
        assert!(lazer.close(false));
        assert_eq!(paths(&lazer.folders), ["top/exports"]);
        let mut hashed = listing(&[], &["0", "1", "2", "3", "4", "5", "a", "f"]);
        assert!(hashed.close(false) && hashed.folders.is_empty());
        let of_a: Vec<_> = "0123456789abcdef".chars().map(|digit| format!("a{digit}")).collect();
        let of_a: Vec<_> = of_a.iter().map(String::as_str).collect();
        let mut of_one_digit = listing(&[], &of_a);
        assert!(of_one_digit.close(false) && of_one_digit.folders.is_empty());
        let hashed = "5f16fc5b0fcd7be8d2ed1a1cbf46d8f5d4a2e1d2c1a5b8b9f0c7d6e5f4a3b2c1";
        let mut files = listing(&[hashed], &[]);
        assert!(files.close(false) && files.n_others == 0);
        let tens = ["10", "11", "12", "13", "14", "15", "16", "17", "18", "19"];
        assert!(!listing(&[], &tens).close(false), "folders that somebody numbered");
        let mut songs = listing(&[], &["1", "1001 a"]);
        assert!(!songs.close(false) && songs.folders.len() == 2);
    }
}
