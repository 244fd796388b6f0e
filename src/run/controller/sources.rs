use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use carto_types::{
    ArchiveFacts, FileKind, Issue, Mode, SourceFiles, SourceKind, is_read_by_published_rules,
    known_without_maps,
};

use super::notes::Notes;

/// Names one source as long as the run lives, whatever comes before it later.
pub(super) type SourceId = u32;

/// One file or extracted set as it came in; `F` is the handle of a file, which only
/// workers open.
#[derive(Debug, Clone)]
pub(crate) struct Arrival<F> {
    /// Path below what was dropped.
    pub(crate) path: String,
    /// Of an extracted set the paths of its files below it, ascending; else empty.
    pub(crate) inner: Vec<String>,
    /// Size, of all files.
    pub(crate) size_bytes: u64,
    /// Time of the last change of any, ms since 1970.
    pub(crate) modified_ms: i64,
    /// The handles: of a set in the order of `inner`, else the one.
    pub(crate) files: Vec<F>,
    /// Whether a pack was opened for it: it is an archive then, whatever its name.
    pub(crate) is_unpacked: bool,
}

impl<F> Arrival<F> {
    /// How maps are read from it; `None` for a file without maps.
    pub(super) fn kind(&self) -> Option<SourceKind> {
        match (self.is_unpacked, self.inner.is_empty()) {
            (true, _) => Some(SourceKind::Archive),
            (false, true) => FileKind::of_name(&self.path).source_kind(),
            (false, false) => Some(SourceKind::Folder),
        }
    }

    /// Whether archives may come out of it.
    pub(super) fn is_pack(&self) -> bool {
        !self.is_unpacked && FileKind::of_name(&self.path) == FileKind::Pack
    }

    /// Whether the published rules read it: they know names in lower case alone.
    fn is_read_by_published(&self) -> bool {
        let is_set = !self.inner.is_empty();
        let is_pack_itself = self.is_unpacked && FileKind::of_name(&self.path) == FileKind::Pack;
        is_set || is_pack_itself || is_read_by_published_rules(&self.path)
    }
}

/// An archive, extracted set or single map of the run.
#[derive(Debug)]
pub(super) struct Source<F> {
    /// What messages call it, which also decides its place in the order.
    pub(super) name: String,
    /// What its files are.
    pub(super) listing: SourceFiles,
    pub(super) files: Vec<F>,
    is_read_by_published: bool,
    reading: Reading,
}

impl<F> Source<F> {
    /// Maps in it, as soon as that is known: of an extracted set before it is read, since
    /// its files are listed. `None` until then, and where it was given up.
    pub(super) fn n_maps(&self) -> Option<usize> {
        let is_map = |path: &&String| FileKind::of_name(path) == FileKind::Map;
        match (&self.reading, self.listing.kind) {
            (Reading::Read(facts), _) => Some(facts.maps.len()),
            (Reading::Lost, _) => None,
            (_, SourceKind::Folder) => Some(self.listing.inner.iter().filter(is_map).count()),
            (_, SourceKind::Archive | SourceKind::BareMap) => None,
        }
    }
}

#[derive(Debug, PartialEq)]
enum Reading {
    Waiting,
    InWork,
    Read(Rc<ArchiveFacts>),
    Lost,
}

impl Reading {
    fn is_over(&self) -> bool {
        matches!(self, Self::Read(_) | Self::Lost)
    }

    /// Whether a worker was at it and could not read it.
    fn is_unread(&self) -> bool {
        match self {
            Self::Lost => true,
            Self::Read(facts) => facts.issues.iter().any(|issue| issue.cause.is_retryable()),
            Self::Waiting | Self::InWork => false,
        }
    }
}

/// Everything dropped so far: sources in path order, and notes on the rest.
#[derive(Debug)]
pub(super) struct Sources<F> {
    mode: Mode,
    /// In the order of arrival: a [`SourceId`] is a place in it.
    all: Vec<Source<F>>,
    /// Those that the mode reads, in the plain string order of their names.
    order: Vec<SourceId>,
    /// Before this place of `order` nothing waits.
    first_waiting: usize,
    /// Of `order`, those read or given up.
    n_done: usize,
    /// Of `order`, those whose maps are known, and these.
    n_known: usize,
    n_maps: usize,
    /// Whether one of `order` is an extracted set.
    has_folders: bool,
    n_bare: usize,
    /// Another one whenever something else is read, or in another order.
    generation: u64,
    /// By name, size and time.
    seen: HashMap<(String, u64, i64), SourceId>,
    /// Packs that nobody opens yet, and those that somebody is at.
    packs: VecDeque<(String, F)>,
    packs_in_work: Vec<(String, F)>,
    notes: Notes,
}

impl<F> Sources<F> {
    pub(super) fn new(mode: Mode) -> Self {
        Self {
            mode,
            all: Vec::new(),
            order: Vec::new(),
            first_waiting: 0,
            n_done: 0,
            n_known: 0,
            n_maps: 0,
            has_folders: false,
            n_bare: 0,
            generation: 0,
            seen: HashMap::new(),
            packs: VecDeque::new(),
            packs_in_work: Vec::new(),
            notes: Notes::default(),
        }
    }

    /// Takes in what is an archive or a map and notes what is not.
    ///
    /// Gives back those that were there already: their handles are the new ones, since
    /// a file that was moved can be opened by its new place only, and what could not be
    /// read is read again.
    pub(super) fn add(
        &mut self,
        arrivals: Vec<Arrival<F>>,
        n_other: usize,
        issues: Vec<Issue>,
    ) -> Vec<SourceId> {
        self.notes.add(n_other, issues);
        let mut again = Vec::new();
        for arrival in arrivals {
            if arrival.is_pack() {
                let path = arrival.path;
                self.packs.extend(arrival.files.into_iter().map(|file| (path.clone(), file)));
                continue;
            }
            let Some(kind) = arrival.kind() else {
                self.note_other(&arrival.path);
                continue;
            };
            let is_read_by_published = arrival.is_read_by_published();
            let Arrival { path, inner, size_bytes, modified_ms, files, .. } = arrival;
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            match self.seen.entry((name, size_bytes, modified_ms)) {
                Entry::Occupied(known) => {
                    let id = *known.get();
                    again.push(id);
                    if !self.renew(id, files) {
                        self.notes.note_duplicate(&path);
                    }
                }
                Entry::Vacant(place) => {
                    place.insert(self.all.len() as SourceId);
                    let (name, reading) = (kind.set_name(&path).into_owned(), Reading::Waiting);
                    let listing = SourceFiles { path, kind, inner };
                    self.all.push(Source { name, listing, files, is_read_by_published, reading });
                }
            }
        }
        self.reorder();
        again
    }

    fn note_other(&mut self, path: &str) {
        match known_without_maps(path) {
            Some(why) => self.notes.note_taken_for_map(path, why),
            None => self.notes.note_other(path),
        }
    }

    /// Gives a source other handles; true if it is to be read once more.
    fn renew(&mut self, id: SourceId, files: Vec<F>) -> bool {
        let Some(source) = self.all.get_mut(id as usize) else { return false };
        if source.files.len() == files.len() {
            source.files = files;
        }
        let is_unread = source.reading.is_unread();
        if is_unread {
            source.reading = Reading::Waiting;
            self.notes.forget(&source.name);
        }
        is_unread
    }

    /// Forgets what was read: the other rules read other things.
    pub(super) fn set_mode(&mut self, mode: Mode) {
        self.mode = mode;
        self.all.iter_mut().for_each(|source| source.reading = Reading::Waiting);
        self.reorder();
    }

    fn reorder(&mut self) {
        let is_read = |source: &Source<F>| self.mode == Mode::Osu || source.is_read_by_published;
        let mut order: Vec<SourceId> = (0..)
            .zip(&self.all)
            .filter_map(|(id, source): (SourceId, _)| is_read(source).then_some(id))
            .collect();
        // Equal names, from two drops, keep the order of arrival.
        let place = |id: &SourceId| {
            let Source { name, listing, .. } = &self.all[*id as usize];
            (name, listing.kind)
        };
        order.sort_by(|a, b| place(a).cmp(&place(b)));
        self.order = order;
        self.first_waiting = 0;
        self.n_done = self.ordered().filter(|source| source.reading.is_over()).count();
        self.n_known = self.ordered().filter_map(Source::n_maps).count();
        self.n_maps = self.ordered().filter_map(Source::n_maps).sum();
        let is_bare = |source: &&Source<F>| {
            source.listing.kind == SourceKind::BareMap && source.n_maps().is_some()
        };
        self.n_bare = self.ordered().filter(is_bare).count();
        let has_folders = self.ordered().any(|source| source.listing.kind == SourceKind::Folder);
        self.has_folders = has_folders;
        self.generation += 1;
        self.notes.set_upper_case(
            self.all.iter().filter(|source| !is_read(source)).map(|source| source.name.clone()),
        );
    }

    /// The next source that nobody reads yet; it is in work from now on.
    pub(super) fn take_waiting(&mut self) -> Option<(SourceId, &Source<F>)> {
        while let Some(&id) = self.order.get(self.first_waiting) {
            self.first_waiting += 1;
            if self.all[id as usize].reading == Reading::Waiting {
                self.all[id as usize].reading = Reading::InWork;
                return Some((id, &self.all[id as usize]));
            }
        }
        None
    }

    /// Whether packs are still to be opened.
    pub(super) fn has_packs(&self) -> bool {
        !self.packs.is_empty() || !self.packs_in_work.is_empty()
    }

    /// A pack is opened, or given up.
    pub(super) fn finish_pack(&mut self, path: &str) {
        if let Some(place) = self.packs_in_work.iter().position(|(other, _)| other == path) {
            self.packs_in_work.remove(place);
        }
    }

    /// Notes what is to be said of a file that is no source.
    pub(super) fn note(&mut self, issues: Vec<Issue>) {
        self.notes.add(0, issues);
    }

    /// Forgets what was said of files that are no source.
    pub(super) fn clear_notes(&mut self) {
        self.notes.clear();
    }

    /// What was in work waits again: its worker is gone.
    pub(super) fn release_all(&mut self) {
        self.packs.extend(self.packs_in_work.drain(..));
        for source in self.all.iter_mut().filter(|source| source.reading == Reading::InWork) {
            source.reading = Reading::Waiting;
        }
        self.first_waiting = 0;
    }

    pub(super) fn finish(&mut self, id: SourceId, facts: ArchiveFacts) {
        self.set_reading(id, Reading::Read(Rc::new(facts)));
    }

    /// Gives a source up, for the reason that the issue tells.
    pub(super) fn lose(&mut self, id: SourceId, issue: Issue) {
        self.set_reading(id, Reading::Lost);
        self.notes.add(0, vec![issue]);
    }

    fn set_reading(&mut self, id: SourceId, reading: Reading) {
        if let Some(source) = self.all.get_mut(id as usize) {
            self.n_done += usize::from(reading.is_over() && !source.reading.is_over());
            let is_bare = usize::from(source.listing.kind == SourceKind::BareMap);
            if let Some(n_maps) = source.n_maps() {
                self.n_known -= 1;
                self.n_bare -= is_bare;
                self.n_maps -= n_maps;
            }
            source.reading = reading;
            if let Some(n_maps) = source.n_maps() {
                self.n_known += 1;
                self.n_bare += is_bare;
                self.n_maps += n_maps;
            }
            self.generation += 1;
        }
    }

    pub(super) fn get(&self, id: SourceId) -> Option<&Source<F>> {
        self.all.get(id as usize)
    }

    /// Whether nothing waits and nothing is in work.
    pub(super) fn is_all_read(&self) -> bool {
        self.n_done == self.order.len() && !self.has_packs()
    }

    /// Sources read or given up.
    pub(super) fn n_done(&self) -> usize {
        self.n_done
    }

    /// Sources whose maps are known: those that were read, and extracted sets before it.
    pub(super) fn n_known(&self) -> usize {
        self.n_known
    }

    /// Maps in these sources.
    pub(super) fn n_maps(&self) -> usize {
        self.n_maps
    }

    /// Another number whenever something else is read, or in another order.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether these, in this order, are all that was read.
    pub(super) fn are_read(&self, ids: &[SourceId]) -> bool {
        let read = self.order.iter().filter(|id| self.facts(**id).is_some());
        read.eq(ids)
    }

    /// Sources that the mode reads.
    pub(super) fn n_total(&self) -> usize {
        self.order.len()
    }

    /// Those that were read, in path order.
    pub(super) fn read_ids(&self) -> Vec<SourceId> {
        self.order.iter().copied().filter(|id| self.facts(*id).is_some()).collect()
    }

    pub(super) fn facts(&self, id: SourceId) -> Option<&Rc<ArchiveFacts>> {
        match &self.get(id)?.reading {
            Reading::Read(facts) => Some(facts),
            _ => None,
        }
    }

    /// Facts of a source, or its name alone while it is read once more.
    pub(super) fn known(&self, id: SourceId) -> Option<Rc<ArchiveFacts>> {
        let unread = |source: &Source<F>| {
            let (name, kind) = (source.name.clone(), source.listing.kind);
            Rc::new(ArchiveFacts { name, kind, head: None, maps: Vec::new(), issues: Vec::new() })
        };
        self.facts(id).cloned().or_else(|| self.get(id).map(unread))
    }

    /// Facts of all that was read, in path order.
    pub(super) fn all_facts(&self) -> impl Iterator<Item = &Rc<ArchiveFacts>> {
        self.order.iter().filter_map(|id| self.facts(*id))
    }

    /// About files that never became an archive.
    pub(super) fn issues(&self) -> Vec<Issue> {
        self.notes.issues()
    }

    /// Of the sources whose maps are known, those that are a single map.
    pub(super) fn n_bare(&self) -> usize {
        self.n_bare
    }

    /// Whether a source is an extracted set.
    pub(super) fn has_folders(&self) -> bool {
        self.has_folders
    }

    /// Those that the mode reads, in path order.
    fn ordered(&self) -> impl Iterator<Item = &Source<F>> {
        self.order.iter().filter_map(|id| self.get(*id))
    }
}

impl<F: Clone> Sources<F> {
    /// The next pack that nobody opens yet; somebody is at it from now on.
    pub(super) fn take_pack(&mut self) -> Option<(String, F)> {
        let pack = self.packs.pop_front()?;
        self.packs_in_work.push(pack.clone());
        Some(pack)
    }

    /// What the files of some sources are, and their handles, one source after the other.
    pub(super) fn files_of(&self, ids: &[SourceId]) -> (Vec<SourceFiles>, Vec<F>) {
        let (mut listings, mut files) = (Vec::new(), Vec::new());
        for source in ids.iter().filter_map(|id| self.get(*id)) {
            listings.push(source.listing.clone());
            files.extend_from_slice(&source.files);
        }
        (listings, files)
    }
}
