//! Which part of the page gets a file: the run, the opened results, or the view of
//! beatmaps. What was dropped, picked or opened by the system all comes this way.

use carto_protocol::ResultSource;
use carto_types::FileKind;
use leptos::ev;
use leptos::prelude::*;

use crate::beatmaps::{forward, forward_issue, forward_set};
use crate::files::{Dropped, DroppedFile, from_objects};
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
        self.results.forget_refusals();
        self.route_part(dropped, None);
    }

    /// Routes a part of a drop; says whether the run gets its maps.
    ///
    /// - `is_for_run`: what this said of an earlier part
    fn route_part(self, dropped: Dropped, is_for_run: Option<bool>) -> bool {
        let Dropped { mut files, sets, n_other, issues, part } = dropped;
        self.open_results(take(&mut files, FileKind::Results));
        if let Some(part) = take(&mut files, FileKind::CrossValidation).pop() {
            self.results.read_cross_validation(part.file);
        }
        let encoders = take(&mut files, FileKind::Encoder);
        let packs = take(&mut files, FileKind::Pack);
        if files.iter().any(|file| kind_of(file).opens_beatmaps()) {
            self.tab.set(Tab::Beatmaps);
        }
        let is_for_run = is_for_run.unwrap_or(!self.is_for_beatmaps());
        for file in &files {
            if !is_for_run || kind_of(file).source_kind().is_some() {
                forward(&file.path, &file.file, false);
            }
        }
        sets.iter().for_each(forward_set);
        if is_for_run {
            files.extend(encoders.into_iter().chain(packs));
            self.run.add_files(Dropped { files, sets, n_other, issues, part });
        } else {
            issues.iter().for_each(forward_issue);
            self.run.add_files([encoders, packs].concat());
        }
        is_for_run
    }

    /// Routes the parts of one drop; once the run was cleared it routes none, and says that
    /// no more are wanted.
    pub(crate) fn router(self) -> impl FnMut(Dropped) -> bool + 'static {
        let (n_clears, mut is_for_run) = (self.run.n_clears(), None);
        move |part| {
            let is_wanted = self.run.n_clears() == n_clears;
            if is_wanted {
                // Before the first part, so that what this drop has refused stays.
                if is_for_run.is_none() {
                    self.results.forget_refusals();
                }
                is_for_run = Some(self.route_part(part, is_for_run));
            }
            is_wanted
        }
    }

    /// Whether the view of beatmaps reads what is dropped.
    pub(crate) fn is_for_beatmaps(self) -> bool {
        self.tab.get_untracked() == Tab::Beatmaps
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

    /// Routes the files with which the system opens the installed page, and the folders that
    /// `www/folders.js` has picked, from now on and those that wait.
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

    /// Routes files and folders, as [`from_objects`] takes them.
    pub(crate) fn route_objects(self, all: &js_sys::Array) {
        from_objects(all, self.is_for_beatmaps(), self.router());
    }

    /// - `files`: an array of files and folders, as [`from_objects`] takes them, or the word
    ///   `demo`, with which the view of beatmaps asks for the demo set
    fn route_launch(self, files: &wasm_bindgen::JsValue) {
        let all = js_sys::Array::from(files);
        if all.get(0).is_object() {
            self.route_objects(&all);
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
