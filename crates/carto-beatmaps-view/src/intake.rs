//! Files that come in: those that the page forwards, and those that are chosen here.

use carto_types::{FileKind, SourceFiles, SourceKind};
use js_sys::{Array, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// Where the page puts `[path, file, is_demo]`, for an extracted set
/// `[path, files, is_demo, inner paths]`, for what was left out `[path, why, is_demo]`; and
/// the event that says there is more.
const WAITING: &str = "cartoBeatmaps";
const EVENT: &str = "carto-beatmaps";

/// One file or extracted set, and where it lay.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    /// Below what was dropped, with `/` between folders.
    pub(crate) path: String,
    pub(crate) content: Content,
    /// Whether it is of the demo set, which makes room for a person's own maps.
    pub(crate) is_demo: bool,
}

/// What came in.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    File(File),
    /// An extracted set: paths of its files below it, ascending, and the files.
    Set(Vec<String>, Vec<File>),
    /// Nothing that is read, and why.
    Refused(String),
}

impl Incoming {
    /// A file that was chosen by itself.
    pub(crate) fn alone(file: File) -> Self {
        Self { path: file.name(), content: Content::File(file), is_demo: false }
    }

    /// What it is; an extracted set counts as its archive.
    pub(crate) fn kind(&self) -> FileKind {
        match self.content {
            Content::File(_) => FileKind::of_name(&self.path),
            Content::Set(..) => FileKind::Archive,
            Content::Refused(_) => FileKind::Other,
        }
    }

    /// What is read of it as maps, and its files; `None` where there are none in it.
    pub(crate) fn into_source(self) -> Option<(SourceFiles, Vec<File>)> {
        let Self { path, content, .. } = self;
        match content {
            Content::File(file) => {
                let kind = match FileKind::of_name(&path) {
                    FileKind::Pack => SourceKind::Archive,
                    kind => kind.source_kind()?,
                };
                Some((SourceFiles::one(path, kind), vec![file]))
            }
            Content::Set(inner, files) => {
                Some((SourceFiles { path, kind: SourceKind::Folder, inner }, files))
            }
            Content::Refused(_) => None,
        }
    }
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
pub(crate) fn listen(take: impl Fn(Vec<Incoming>) + 'static) {
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

/// - `entry`: as at [`WAITING`]
fn forwarded_file(entry: &JsValue) -> Option<Incoming> {
    let entry: &Array = entry.dyn_ref()?;
    let content = entry.get(1);
    let content = if let Some(why) = content.as_string() {
        Content::Refused(why)
    } else if let Some(files) = content.dyn_ref::<Array>() {
        let paths: Array = entry.get(3).dyn_into().ok()?;
        let paths = paths.iter().map(|path| path.as_string()).collect::<Option<_>>()?;
        let files = files.iter().map(|file| file.dyn_into().ok()).collect::<Option<_>>()?;
        Content::Set(paths, files)
    } else {
        Content::File(content.dyn_into().ok()?)
    };
    Some(Incoming { path: entry.get(0).as_string()?, content, is_demo: entry.get(2).is_truthy() })
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
}
