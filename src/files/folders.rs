//! Folders that were dropped, walked to their last file.

use carto_types::{Cause, Issue};
use js_sys::futures::JsFuture;
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DomException, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

use super::dropped::{Dropped, DroppedFile, is_taken_from_folders};

/// Folders below a dropped folder that are opened. A collection of beatmaps is
/// two deep; a loop of links would be without end.
const MAX_DEPTH: usize = 16;

/// Entries that are looked at in one drop. The largest collections have some
/// 100,000 sets, unpacked about 20 files each.
const MAX_ENTRIES: u32 = 2_000_000;

/// Handles that are asked for at once: thousands would hold up the page.
/// Browsers hand out the entries of a folder in portions of this length too.
const PORTION_LEN: usize = 100;

struct Folder {
    entry: FileSystemDirectoryEntry,
    path: String,
    depth: usize,
}

/// Lists all files below the entries. Only what [`is_taken_from_folders`] becomes a handle.
pub(super) async fn walk(entries: Vec<FileSystemEntry>, dropped: &mut Dropped) {
    let (roots, files): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(FileSystemEntry::is_directory);
    // What was dropped by itself is a handle whatever its name, so that it can be named.
    for portion in files.chunks(PORTION_LEN) {
        let portion = portion.iter().map(|entry| (entry.name(), entry.clone()));
        take_files(portion.collect(), dropped).await;
    }
    let mut folders: Vec<Folder> = roots
        .into_iter()
        .map(|root| Folder { entry: root.unchecked_into(), path: String::new(), depth: 0 })
        .collect();
    let mut n_entries = 0;
    while let Some(folder) = folders.pop() {
        let reader = folder.entry.create_reader();
        // The browser hands entries out in portions and says with an empty one
        // that there are no more.
        loop {
            match ask_entries(&reader).await.map(JsCast::unchecked_into::<Array>) {
                Ok(portion) if portion.length() == 0 => break,
                Ok(portion) => {
                    n_entries += portion.length();
                    open(&folder, &portion, &mut folders, dropped).await;
                }
                Err(error) => {
                    dropped.issues.push(unreadable(
                        &folder.label(),
                        Cause::UnreadableFolder,
                        &error,
                    ));
                    break;
                }
            }
            if n_entries > MAX_ENTRIES {
                dropped.issues.push(too_many(&folder.label()));
                return;
            }
        }
    }
}

impl Folder {
    /// How messages name it.
    fn label(&self) -> String {
        if self.path.is_empty() { self.entry.name() } else { self.path.clone() }
    }
}

/// Sorts some of a folder's children into folders to open, files to take and others.
async fn open(folder: &Folder, children: &Array, folders: &mut Vec<Folder>, dropped: &mut Dropped) {
    let mut files = Vec::new();
    for child in children.iter().map(JsCast::unchecked_into::<FileSystemEntry>) {
        let path = join(&folder.path, &child.name());
        if child.is_directory() {
            if folder.depth < MAX_DEPTH {
                folders.push(Folder {
                    entry: child.unchecked_into(),
                    path,
                    depth: folder.depth + 1,
                });
            } else {
                dropped.issues.push(too_deep(&path));
            }
        } else if !is_taken_from_folders(&path) {
            dropped.n_other += 1;
        } else {
            files.push((path, child));
        }
    }
    take_files(files, dropped).await;
}

/// Asks for all handles at once, then waits for each in turn.
async fn take_files(entries: Vec<(String, FileSystemEntry)>, dropped: &mut Dropped) {
    let asked: Vec<(String, JsFuture)> = entries
        .into_iter()
        .map(|(path, entry)| (path, ask_file(&entry.unchecked_into())))
        .collect();
    for (path, file) in asked {
        match file.await {
            Ok(file) => {
                dropped.files.push(DroppedFile { path, file: file.unchecked_into::<File>() });
            }
            Err(error) => {
                dropped.issues.push(unreadable(&path, Cause::UnreadableFile, &error));
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

/// The path of a file or folder inside a folder; `""` is the dropped folder itself.
fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
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

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn paths_below_the_dropped_folder_carry_no_leading_slash() {
        assert_eq!(join("", "a.osz"), "a.osz");
        assert_eq!(join("more/deep", "a.osz"), "more/deep/a.osz");
    }
}
