//! What the page hands over: files with the paths that they lay at.

use js_sys::{Array, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

/// Where the page puts `[path, file, is_demo]`, and the event that says there is more.
const WAITING: &str = "cartoBeatmaps";
const EVENT: &str = "carto-beatmaps";

/// What a file is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Archive,
    Map,
    /// `collection.db` or `.osdb`.
    Labels,
    Classifier,
    Other,
}

/// One file and where it lay.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    /// Below what was dropped, with `/` between folders.
    pub(crate) path: String,
    pub(crate) file: File,
    /// Whether it is of the demo set, which makes room for a person's own maps.
    pub(crate) is_demo: bool,
}

/// Whether the map that came last is of the demo set, and from which place on all maps
/// are as that one; `None` without maps.
///
/// - `arrived`: for each file, what it is and whether it is of the demo set
pub(crate) fn last_set(arrived: &[(Kind, bool)]) -> Option<(bool, usize)> {
    let is_map = |kind: Kind| matches!(kind, Kind::Archive | Kind::Map);
    let (_, is_demo) = *arrived.iter().rfind(|(kind, _)| is_map(*kind))?;
    let other = arrived.iter().rposition(|(kind, other)| is_map(*kind) && *other != is_demo);
    Some((is_demo, other.map_or(0, |place| place + 1)))
}

/// The ending of a classifier's file.
pub(crate) const CLASSIFIER_ENDING: &str = ".classifier";

pub(crate) fn kind_of(path: &str) -> Kind {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    match name.as_str() {
        _ if name.ends_with(".osz") => Kind::Archive,
        _ if name.ends_with(".osu") => Kind::Map,
        _ if name.ends_with(".osdb")
            || (name.starts_with("collection") && name.ends_with(".db")) =>
        {
            Kind::Labels
        }
        _ if name.ends_with(CLASSIFIER_ENDING) => Kind::Classifier,
        _ => Kind::Other,
    }
}

/// Takes what waits, and from now on what comes.
pub(crate) fn listen(take: impl Fn(Vec<Arrived>) + 'static) {
    let take_all = move || {
        let Ok(waiting) = Reflect::get(&window(), &WAITING.into()) else { return };
        let Ok(waiting) = waiting.dyn_into::<Array>() else { return };
        let arrived: Vec<Arrived> = waiting.iter().filter_map(|pair| arrived(&pair)).collect();
        waiting.set_length(0);
        if !arrived.is_empty() {
            take(arrived);
        }
    };
    take_all();
    // It listens as long as the page lives.
    let _ = window_event_listener(ev::Custom::<web_sys::Event>::new(EVENT), move |_| take_all());
}

fn arrived(pair: &wasm_bindgen::JsValue) -> Option<Arrived> {
    let pair: &Array = pair.dyn_ref()?;
    Some(Arrived {
        path: pair.get(0).as_string()?,
        file: pair.get(1).dyn_into().ok()?,
        is_demo: pair.get(2).is_truthy(),
    })
}

/// The files of an input, which is emptied so that the same can be chosen again.
pub(crate) fn from_input(input: &HtmlInputElement) -> Vec<Arrived> {
    let files = input.files();
    let files = files.iter().flat_map(|list| (0..list.length()).filter_map(|idx| list.get(idx)));
    let arrived =
        files.map(|file| Arrived { path: path_of(&file), file, is_demo: false }).collect();
    input.set_value("");
    arrived
}

/// Below the chosen folder, whose own name is left out as the command does.
fn path_of(file: &File) -> String {
    let relative = Reflect::get(file, &"webkitRelativePath".into()).ok();
    let relative = relative.and_then(|path| path.as_string()).unwrap_or_default();
    relative.split_once('/').map_or_else(|| file.name(), |(_, below)| below.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_set_and_own_maps_make_room_for_each_other() {
        let (demo, own) = ((Kind::Archive, true), (Kind::Map, false));
        let model = (Kind::Classifier, false);
        assert_eq!(last_set(&[own, own]), Some((false, 0)));
        assert_eq!(last_set(&[demo, demo, model]), Some((true, 0)));
        assert_eq!(last_set(&[demo, own, demo, own, model, own]), Some((false, 3)));
        assert_eq!(last_set(&[model]), None);
    }

    #[test]
    fn files_are_known_by_their_names() {
        for (name, kind) in [
            ("a/b.OSZ", Kind::Archive),
            ("1.osu", Kind::Map),
            ("collection.db", Kind::Labels),
            ("x/collections (2).osdb", Kind::Labels),
            ("mine.classifier", Kind::Classifier),
            ("osu!.db", Kind::Other),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }
}
