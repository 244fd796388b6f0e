//! Which part of the page gets a file: the run, the opened results, or the view of
//! beatmaps. What was dropped, picked or opened by the system all comes this way.

use carto_protocol::ResultSource;
use carto_types::FileKind;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::beatmaps::forward;
use crate::files::{Dropped, DroppedFile};
use crate::results::Results;
use crate::run::Run;
use crate::view_state::Tab;

/// Files that the system opened the page with wait here until the page listens;
/// `www/launch.js` puts them there and tells of later ones.
const WAITING: &str = "cartoFiles";

/// The parts of the page that take files, and the view that is shown, which decides which
/// of them gets maps.
#[derive(Clone, Copy)]
pub(crate) struct FileSinks {
    run: Run,
    results: Results,
    tab: RwSignal<Tab>,
}

/// The sinks of this page, for a part of it that is being drawn.
pub(crate) fn use_file_sinks() -> FileSinks {
    expect_context::<FileSinks>()
}

impl FileSinks {
    /// The sinks of a page with this run, these results and this choice of view.
    pub(crate) fn new(run: Run, results: Results, tab: RwSignal<Tab>) -> Self {
        Self { run, results, tab }
    }

    /// Gives each file to what reads its kind, whichever view is shown.
    ///
    /// Collections and classifiers open the view of beatmaps, where they are read. While
    /// that is shown it alone gets maps, and every file that nothing reads, to name it;
    /// otherwise maps go to both, since somebody may look at their labels later. Packs are
    /// opened by the run, which forwards what is in them.
    pub(crate) fn route(self, dropped: Dropped) {
        let Dropped { mut files, n_other, issues } = dropped;
        self.open_results(take(&mut files, FileKind::Results));
        if let Some(part) = take(&mut files, FileKind::CrossValidation).pop() {
            self.results.read_cross_validation(part.file);
        }
        let encoders = take(&mut files, FileKind::Encoder);
        let packs = take(&mut files, FileKind::Pack);
        if files.iter().any(|file| opens_beatmaps(kind_of(file))) {
            self.tab.set(Tab::Beatmaps);
        }
        let is_run_shown = self.tab.get_untracked() != Tab::Beatmaps;
        for file in &files {
            if !is_run_shown || kind_of(file).source_kind().is_some() {
                forward(&file.path, &file.file, false);
            }
        }
        if is_run_shown {
            files.extend(encoders.into_iter().chain(packs));
            self.run.add_files(Dropped { files, n_other, issues });
        } else {
            self.run.add_files([encoders, packs].concat());
        }
    }

    /// Opens result files: one of ours, or the published layouts of one run together.
    pub(crate) fn open_results(self, files: Vec<DroppedFile>) {
        let Some(first) = files.first() else { return };
        let name = match files.as_slice() {
            [one] => one.file.name(),
            _ => format!("{} and {} more", first.file.name(), files.len() - 1),
        };
        let files = files.into_iter().map(|file| file.file).collect();
        self.results.open(ResultSource::File { name }, files);
    }

    /// Routes the files with which the system opens the installed page, from now on and
    /// those that wait.
    pub(crate) fn listen_to_launches(self) {
        let handle = window_event_listener(
            ev::Custom::new("carto-files"),
            move |event: web_sys::CustomEvent| self.route_launch(&event.detail()),
        );
        on_cleanup(move || handle.remove());
        if let Ok(waiting) = js_sys::Reflect::get(&window(), &WAITING.into())
            && waiting.is_object()
        {
            let _ = js_sys::Reflect::delete_property(&window(), &WAITING.into());
            self.route_launch(&waiting);
        }
    }

    /// - `files`: an array of `File`, or the word `demo`, with which the view of beatmaps
    ///   asks for the demo set
    fn route_launch(self, files: &wasm_bindgen::JsValue) {
        let all = js_sys::Array::from(files);
        let files = all.iter().filter_map(|file| file.dyn_into::<web_sys::File>().ok());
        let files: Vec<_> = files.map(DroppedFile::alone).collect();
        if !files.is_empty() {
            self.route(files.into());
        } else if all.length() > 0 {
            self.run.run_demo();
        }
    }
}

fn kind_of(file: &DroppedFile) -> FileKind {
    FileKind::of_name(&file.path)
}

fn take(files: &mut Vec<DroppedFile>, kind: FileKind) -> Vec<DroppedFile> {
    files.extract_if(.., |file| kind_of(file) == kind).collect()
}

/// Whether the view of beatmaps alone reads files of a kind.
fn opens_beatmaps(kind: FileKind) -> bool {
    matches!(kind, FileKind::Collections | FileKind::Classifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collections_and_classifiers_open_the_view_of_beatmaps_however_they_are_written() {
        let opens = |name| opens_beatmaps(FileKind::of_name(name));
        assert!(["collection (1).db", "X.OSDB", "mine.Classifier"].into_iter().all(opens));
        assert!(
            !["1001.osz", "a.osu", "result.json", "encoder.pt", "cover.jpg"].into_iter().any(opens)
        );
    }
}
