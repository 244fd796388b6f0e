//! Files that come in: those that the page forwards, and those that are chosen here.

use carto_types::FileKind;
use carto_ui::PickedFile;
use js_sys::{Array, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// Where the page puts `[path, file, is_demo]`, and the event that says there is more.
const WAITING: &str = "cartoBeatmaps";
const EVENT: &str = "carto-beatmaps";

/// One file and where it lay.
#[derive(Debug, Clone)]
pub(crate) struct IncomingFile {
    /// Below what was dropped, with `/` between folders.
    pub(crate) path: String,
    pub(crate) file: File,
    /// Whether it is of the demo set, which makes room for a person's own maps.
    pub(crate) is_demo: bool,
}

/// Whether the map that came last is of the demo set, and from which place on all maps
/// are as that one; `None` without maps.
///
/// - `files`: for each file, what it is and whether it is of the demo set
pub(crate) fn last_set(files: &[(FileKind, bool)]) -> Option<(bool, usize)> {
    let is_map = |kind: FileKind| kind.source_kind().is_some();
    let (_, is_demo) = *files.iter().rfind(|(kind, _)| is_map(*kind))?;
    let other = files.iter().rposition(|(kind, other)| is_map(*kind) && *other != is_demo);
    Some((is_demo, other.map_or(0, |place| place + 1)))
}

/// Takes the files that wait, and from now on those that the page forwards.
pub(crate) fn listen(take: impl Fn(Vec<IncomingFile>) + 'static) {
    let take_all = move || {
        let Ok(waiting) = Reflect::get(&window(), &WAITING.into()) else { return };
        let Ok(waiting) = waiting.dyn_into::<Array>() else { return };
        let files: Vec<_> = waiting.iter().filter_map(|entry| forwarded_file(&entry)).collect();
        waiting.set_length(0);
        if !files.is_empty() {
            take(files);
        }
    };
    take_all();
    // It listens as long as the page lives.
    let _ = window_event_listener(ev::Custom::<web_sys::Event>::new(EVENT), move |_| take_all());
}

/// - `entry`: `[path, file, is_demo]`
fn forwarded_file(entry: &JsValue) -> Option<IncomingFile> {
    let entry: &Array = entry.dyn_ref()?;
    Some(IncomingFile {
        path: entry.get(0).as_string()?,
        file: entry.get(1).dyn_into().ok()?,
        is_demo: entry.get(2).is_truthy(),
    })
}

/// Files that were chosen with an input: of a folder, what the view reads; a file that
/// was chosen by itself whatever it is, so that it can be named.
pub(crate) fn picked_files(picked: Vec<PickedFile>) -> Vec<IncomingFile> {
    let is_taken = |file: &PickedFile| !file.is_in_folder || is_read_here(&file.path);
    let picked = picked.into_iter().filter(is_taken);
    picked
        .map(|PickedFile { path, file, .. }| IncomingFile { path, file, is_demo: false })
        .collect()
}

fn is_read_here(path: &str) -> bool {
    let kind = FileKind::of_name(path);
    kind.source_kind().is_some() || matches!(kind, FileKind::Collections | FileKind::Classifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_set_and_own_maps_make_room_for_each_other() {
        let (demo, own) = ((FileKind::Archive, true), (FileKind::Map, false));
        let model = (FileKind::Classifier, false);
        assert_eq!(last_set(&[own, own]), Some((false, 0)));
        assert_eq!(last_set(&[demo, demo, model]), Some((true, 0)));
        assert_eq!(last_set(&[demo, own, demo, own, model, own]), Some((false, 3)));
        assert_eq!(last_set(&[model]), None);
    }

    #[test]
    fn of_a_folder_maps_collections_and_classifiers_are_read() {
        assert!(
            ["a.OSZ", "a.osu", "collection (1).db", "x.classifier"].into_iter().all(is_read_here)
        );
        assert!(!["cover.jpg", "result.json", "encoder.pt"].into_iter().any(is_read_here));
    }
}
