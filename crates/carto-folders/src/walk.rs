//! Folders, walked to their last file.

use std::collections::BTreeMap;

use carto_protocol::DropPart;
use carto_types::{Cause, FileKind, FolderListing, Issue, LAZER_FOLDER, group_sets};
use js_sys::futures::JsFuture;
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DomException, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

use crate::found::Found;

/// Folders below a dropped folder that are opened. A collection of beatmaps is
/// two deep; a loop of links would be without end.
const MAX_DEPTH: usize = 16;

/// Entries that are looked at in one drop. The largest collections have some
/// 100,000 sets, unpacked about 20 files each.
const MAX_ENTRIES: u32 = 2_000_000;

/// Handles that are asked for at once: thousands would hold up the page.
/// Browsers hand out the entries of a folder in portions of this length too.
const PORTION_LEN: usize = 100;

/// Folders that are listed at once, since each answer of the browser takes its time.
const FOLDERS_AT_ONCE: usize = 32;

/// What was found is handed on this often, in ms: work on it begins long before a large
/// collection is walked to its end.
const PART_MS: f64 = 250.0;

/// A set that is not complete: its files, and the folders in it that are still to be
/// listed.
struct OpenSet {
    /// Name of the dropped folder.
    root: String,
    has_background: bool,
    /// Its maps and audio.
    files: Vec<(String, File)>,
    n_folders: usize,
}

/// A folder that is to be listed.
struct Folder {
    entry: FileSystemDirectoryEntry,
    /// Name of the dropped folder.
    root: String,
    path: String,
    depth: usize,
    /// The set that it belongs to, by its number.
    set: Option<u32>,
}

impl Folder {
    /// How messages name it.
    fn label(&self) -> &str {
        if self.path.is_empty() { &self.root } else { &self.path }
    }
}

type Listing = FolderListing<FileSystemEntry, FileSystemDirectoryEntry>;

/// Lists all files below folders, and hands on what is read of them, in one part or more.
/// Only that becomes a handle: an unpacked collection of beatmaps holds twenty times as many
/// pictures and sounds, and folders of results hold files of many runs.
///
/// - `is_for_beatmaps`: whether the view of beatmaps reads it, and not a run
/// - `is_first`: whether nothing of the drop came before
/// - `on_part`: gets each part, and says whether more is wanted
pub(crate) async fn walk(
    roots: Vec<FileSystemDirectoryEntry>,
    is_for_beatmaps: bool,
    is_first: bool,
    mut on_part: impl FnMut(Found) -> bool,
) {
    let is_read: fn(FileKind) -> bool =
        if is_for_beatmaps { FileKind::is_for_beatmaps } else { FileKind::is_for_run };
    let found = Found::nothing(if is_first { DropPart::Whole } else { DropPart::Middle });
    let mut walk = Walk { is_read, folders: Vec::new(), sets: BTreeMap::new(), n_sets: 0, found };
    for entry in roots.into_iter().rev() {
        let (root, path) = (entry.name(), String::new());
        walk.folders.push(Folder { entry, root, path, depth: 0, set: None });
    }
    let (mut n_entries, mut handed_on_ms) = (0, js_sys::Date::now());
    while !walk.folders.is_empty() {
        n_entries += walk.step().await;
        if n_entries > MAX_ENTRIES {
            let label = walk.folders.last().map(|folder| folder.label().to_owned());
            walk.found.issues().push(too_many(&label.unwrap_or_default()));
            break;
        }
        if walk.found.has_files() && js_sys::Date::now() - handed_on_ms > PART_MS {
            let rest = Found::nothing(DropPart::Middle);
            let mut found = std::mem::replace(&mut walk.found, rest);
            if *found.part() == DropPart::Whole {
                *found.part() = DropPart::First;
            }
            if !on_part(found) {
                return;
            }
            handed_on_ms = js_sys::Date::now();
        }
    }
    walk.close_sets(true);
    if *walk.found.part() == DropPart::Middle {
        *walk.found.part() = DropPart::Last;
    }
    on_part(walk.found);
}

struct Walk {
    /// Kinds of files that are read beside maps and audio.
    is_read: fn(FileKind) -> bool,
    folders: Vec<Folder>,
    /// By number.
    sets: BTreeMap<u32, OpenSet>,
    n_sets: u32,
    found: Found,
}

impl Walk {
    /// Lists some folders, those found last first; gives the number of their entries.
    async fn step(&mut self) -> u32 {
        let start = self.folders.len().saturating_sub(FOLDERS_AT_ONCE);
        let asked: Vec<_> = self
            .folders
            .split_off(start)
            .into_iter()
            .map(|folder| {
                let reader = folder.entry.create_reader();
                let entries = ask_entries(&reader);
                (folder, reader, entries)
            })
            .collect();
        let (mut n_entries, mut files) = (0, Vec::new());
        for (folder, reader, entries) in asked {
            let (listing, n_listed) = self.list(&folder, &reader, entries).await;
            n_entries += n_listed;
            self.open(&folder, listing, &mut files);
            // It is listed itself.
            if let Some(set) = folder.set.and_then(|set| self.sets.get_mut(&set)) {
                set.n_folders -= 1;
            }
        }
        self.take(files).await;
        self.close_sets(false);
        n_entries
    }

    /// All entries of a folder. The browser hands them out in portions and says with an
    /// empty one that there are no more.
    async fn list(
        &mut self,
        folder: &Folder,
        reader: &FileSystemDirectoryReader,
        mut entries: JsFuture,
    ) -> (Listing, u32) {
        let mut listing = Listing::new(folder.path.clone(), self.is_read);
        let mut n_entries = 0;
        loop {
            match entries.await.map(JsCast::unchecked_into::<Array>) {
                Ok(portion) if portion.length() == 0 => break,
                Ok(portion) => {
                    n_entries += portion.length();
                    for entry in portion.iter().map(JsCast::unchecked_into::<FileSystemEntry>) {
                        let name = entry.name();
                        if entry.is_directory() {
                            listing.add_folder(&name, entry.unchecked_into());
                        } else {
                            listing.add_file(&name, || entry);
                        }
                    }
                }
                Err(error) => {
                    let cause = Cause::UnreadableFolder;
                    self.found.issues().push(unreadable(folder.label(), cause, &error));
                    break;
                }
            }
            if n_entries > MAX_ENTRIES {
                break;
            }
            entries = ask_entries(reader);
        }
        (listing, n_entries)
    }

    /// Sorts what is in a folder into folders to list and files to take, each with the set
    /// that it belongs to.
    fn open(
        &mut self,
        folder: &Folder,
        mut listing: Listing,
        files: &mut Vec<(Option<u32>, String, FileSystemEntry)>,
    ) {
        if listing.close(folder.set.is_some()) {
            let issue = Issue::skipped(folder.label(), Cause::LazerFolder, LAZER_FOLDER);
            self.found.issues().push(issue);
        }
        self.found.count_others(listing.n_others);
        let mut set = folder.set;
        if listing.is_set() {
            self.n_sets += 1;
            let (root, has_background) = (folder.root.clone(), listing.has_background());
            let files = Vec::new();
            self.sets.insert(self.n_sets, OpenSet { root, has_background, files, n_folders: 0 });
            set = Some(self.n_sets);
        }
        for (path, entry) in listing.folders {
            if folder.depth == MAX_DEPTH {
                self.found.issues().push(too_deep(&path));
                continue;
            }
            if let Some(set) = set.and_then(|set| self.sets.get_mut(&set)) {
                set.n_folders += 1;
            }
            let (root, depth) = (folder.root.clone(), folder.depth + 1);
            self.folders.push(Folder { entry, root, path, depth, set });
        }
        for (path, entry) in listing.files {
            match FileKind::of_name(&path) {
                // Music that belongs to no set.
                FileKind::Audio if set.is_none() => self.found.count_others(1),
                FileKind::Audio | FileKind::Map => files.push((set, path, entry)),
                _ => files.push((None, path, entry)),
            }
        }
    }

    /// Makes handles of files, for their sets or for themselves.
    async fn take(&mut self, files: Vec<(Option<u32>, String, FileSystemEntry)>) {
        let sets: Vec<_> = files.iter().map(|(set, path, _)| (*set, path.clone())).collect();
        let files = files.into_iter().map(|(_, path, entry)| (path, entry)).collect();
        let mut taken = take_files(files, self.found.issues()).await.into_iter().peekable();
        for (set, path) in sets {
            // One that could not be opened is missing.
            let Some((path, file)) = taken.next_if(|(taken, _)| *taken == path) else { continue };
            match set.and_then(|set| self.sets.get_mut(&set)) {
                Some(set) => set.files.push((path, file)),
                None => self.found.add_file(path, file),
            }
        }
    }

    /// Hands sets on that are complete, or all.
    fn close_sets(&mut self, is_last: bool) {
        for (_, set) in self.sets.extract_if(.., |_, set| is_last || set.n_folders == 0) {
            self.found.add(group_sets(&set.root, set.files, |_| set.has_background));
        }
    }
}

/// Asks for handles, some at once, and waits for each in turn.
async fn take_files(
    entries: Vec<(String, FileSystemEntry)>,
    issues: &mut Vec<Issue>,
) -> Vec<(String, File)> {
    let mut taken = Vec::with_capacity(entries.len());
    let mut entries = entries.into_iter();
    loop {
        let asked: Vec<(String, JsFuture)> = entries
            .by_ref()
            .take(PORTION_LEN)
            .map(|(path, entry)| (path, ask_file(&entry.unchecked_into())))
            .collect();
        if asked.is_empty() {
            return taken;
        }
        for (path, file) in asked {
            match file.await {
                Ok(file) => taken.push((path, file.unchecked_into())),
                Err(error) => issues.push(unreadable(&path, Cause::UnreadableFile, &error)),
            }
        }
    }
}

fn ask_entries(reader: &FileSystemDirectoryReader) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        if let Err(error) = reader.read_entries_with_callback_and_callback(&resolve, &reject) {
            // Rejecting cannot fail: the function comes from the promise itself.
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        }
    }))
}

fn ask_file(entry: &FileSystemFileEntry) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    }))
}

/// A file can also be gone before the worker opens it, which then says the same
/// (`carto-worker`, `file_source`).
fn unreadable(subject: &str, cause: Cause, error: &JsValue) -> Issue {
    let message = match error.dyn_ref::<DomException>() {
        Some(error) if error.name() == "NotFoundError" => {
            "it was moved or deleted after it was dropped: drop it again".to_owned()
        }
        Some(error) => {
            format!("the browser could not open it ({}): drop it again", error.message())
        }
        None => "the browser could not open it: drop it again".to_owned(),
    };
    Issue::skipped(subject, cause, message)
}

fn too_deep(path: &str) -> Issue {
    Issue::skipped(
        path,
        Cause::FoldersTooDeep,
        format!("more than {MAX_DEPTH} folders deep, so it was not opened: drop it by itself"),
    )
}

fn too_many(path: &str) -> Issue {
    Issue::skipped(
        path,
        Cause::TooManyFiles,
        format!("more than {MAX_ENTRIES} files were dropped, the rest was not read: drop fewer"),
    )
}
