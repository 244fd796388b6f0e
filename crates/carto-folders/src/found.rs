//! What was found, until it is handed to the page.

use carto_protocol::{DropPart, FoundPart, encode};
use carto_types::{Grouped, Issue};
use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::File;

/// A part of a walk, with the handles of its files.
#[derive(Debug)]
pub(crate) struct Found {
    part: FoundPart,
    /// Of [`FoundPart::files`].
    files: Vec<File>,
    /// Of the files of [`FoundPart::sets`], one set after the other.
    set_files: Vec<File>,
}

impl Found {
    /// Nothing yet.
    pub(crate) fn nothing(part: DropPart) -> Self {
        let part =
            FoundPart { files: Vec::new(), sets: Vec::new(), n_other: 0, issues: Vec::new(), part };
        Self { part, files: Vec::new(), set_files: Vec::new() }
    }

    /// Which part it is.
    pub(crate) fn part(&mut self) -> &mut DropPart {
        &mut self.part.part
    }

    /// Adds a file that is no part of a set.
    pub(crate) fn add_file(&mut self, path: String, file: File) {
        self.part.files.push(path);
        self.files.push(file);
    }

    /// Adds sets, and what was found with them.
    pub(crate) fn add(&mut self, found: Grouped<File>) {
        for mut set in found.sets {
            self.part.sets.push(set.source);
            self.set_files.append(&mut set.files);
        }
        for (path, file) in found.others {
            self.add_file(path, file);
        }
        self.count_others(found.n_others);
    }

    /// Counts files that are not read.
    pub(crate) fn count_others(&mut self, n_others: usize) {
        self.part.n_other += n_others;
    }

    /// What could not be opened.
    pub(crate) fn issues(&mut self) -> &mut Vec<Issue> {
        &mut self.part.issues
    }

    /// Whether there is anything to read, or to name.
    pub(crate) fn has_files(&self) -> bool {
        !self.part.files.is_empty() || !self.part.sets.is_empty()
    }

    /// Hands it to the page, which says whether more is wanted.
    pub(crate) fn tell(self, on_part: &Function) -> bool {
        // Without bytes the page says that the folders could not be read.
        let bytes = encode(&self.part)
            .map_or(JsValue::UNDEFINED, |bytes| Uint8Array::from(bytes.as_slice()).into());
        let handles: Array = self.files.iter().chain(&self.set_files).collect();
        let wanted = on_part.call2(&JsValue::UNDEFINED, &bytes, &handles);
        wanted.is_ok_and(|wanted| wanted.is_truthy())
    }
}
