//! Sources of maps that wait to be read, and what was read and is not shown yet.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use carto_types::{Issue, MapsRead, SourceFiles, SourceKind};
use leptos::prelude::*;
use web_sys::File;

use crate::rows::{Prediction, Row};
use crate::state::BeatmapsState;

/// Single maps that one job reads at most: together they take a worker less than half a second,
/// so that what is read shows soon and little is lost by stopping.
const MAPS_AT_ONCE: usize = 16;

/// A source that waits.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) source: SourceFiles,
    pub(crate) files: Vec<File>,
    /// Whether it is read by itself, since a worker broke down at it and others.
    pub(crate) is_alone: bool,
    /// Whether a worker broke down while it was read by itself: another job that the worker had
    /// may have broken it, so that it is tried once more, with no other job beside it.
    pub(crate) is_suspect: bool,
}

/// Takes sources for the next job: an archive or an extracted set by itself, single maps
/// together.
///
/// - `n_jobs`: jobs that there is room for, among which few maps are shared out
/// - `n_in_work`: jobs that are not done; a source that may have broken a worker waits for them
pub(crate) fn take_batch(
    waiting: &mut VecDeque<Waiting>,
    n_jobs: usize,
    n_in_work: usize,
) -> Vec<Waiting> {
    if n_in_work > 0 && waiting.front().is_some_and(|one| one.is_suspect) {
        return Vec::new();
    }
    let most = waiting.len().div_ceil(n_jobs.max(1)).clamp(1, MAPS_AT_ONCE);
    let is_single = |one: &Waiting| one.source.kind == SourceKind::BareMap && !one.is_alone;
    let n_singles = waiting.iter().take(most).take_while(|one| is_single(one)).count();
    let n_taken = n_singles.max(1).min(waiting.len());
    waiting.drain(..n_taken).collect()
}

/// What came from workers since the view was drawn last. It is shown together, a few times a
/// second: each time all rows are filtered, sorted and counted.
#[derive(Debug, Default)]
pub(crate) struct Unshown {
    files: Vec<(Arc<str>, Vec<Issue>, usize)>,
    rows: Vec<Row>,
    predictions: BTreeMap<u32, Arc<Prediction>>,
}

impl Unshown {
    /// Takes what was read of a file; gives its rows.
    pub(crate) fn add_file(&mut self, name: &str, read: MapsRead) -> Vec<Row> {
        let MapsRead { maps, issues, n_other_games } = read;
        let file: Arc<str> = name.into();
        let maps = maps.into_iter().enumerate();
        let rows: Vec<Row> = maps.map(|(place, map)| Row::new(&file, place, map)).collect();
        // Twice in one drop: the later counts.
        self.rows.retain(|row| row.file != file);
        self.files.retain(|(other, ..)| *other != file);
        self.rows.extend_from_slice(&rows);
        self.files.push((file, issues, n_other_games as usize));
        rows
    }

    /// Takes the label probabilities of a row.
    pub(crate) fn add_prediction(&mut self, key: u32, prediction: Prediction) {
        self.predictions.insert(key, Arc::new(prediction));
    }

    /// Shows all of it. A file that was read again replaces what it was.
    pub(crate) fn show(self, state: BeatmapsState) {
        let Self { files, rows: fresh, mut predictions } = self;
        let names: BTreeSet<Arc<str>> = files.iter().map(|(name, ..)| Arc::clone(name)).collect();
        if !files.is_empty() {
            state.n_other_games.update(|all| {
                for (name, _, n_other_games) in &files {
                    all.insert(name.to_string(), *n_other_games);
                }
            });
        }
        let has_issues = state.issues.with_untracked(|all| !all.is_empty());
        if has_issues || files.iter().any(|(_, issues, _)| !issues.is_empty()) {
            state.issues.update(|all| {
                all.retain(|issue| !names.iter().any(|name| is_of(&issue.subject, name)));
                all.extend(files.into_iter().flat_map(|(_, issues, _)| issues));
            });
        }
        if names.is_empty() && predictions.is_empty() {
            return;
        }
        state.rows.update(|rows| {
            rows.retain(|row| !names.contains(&row.file));
            rows.extend(fresh);
            for row in rows {
                if let Some(prediction) = predictions.remove(&row.key) {
                    row.prediction = Some(prediction);
                }
            }
        });
    }
}

/// Whether an issue is about a file, or about something in it.
fn is_of(subject: &str, file: &str) -> bool {
    subject.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(kinds: &[(SourceKind, bool)]) -> VecDeque<Waiting> {
        let one = |(idx, &(kind, is_alone)): (usize, &(SourceKind, bool))| Waiting {
            source: SourceFiles::one(idx.to_string(), kind),
            files: Vec::new(),
            is_alone,
            is_suspect: false,
        };
        kinds.iter().enumerate().map(one).collect()
    }

    fn batches(mut waiting: VecDeque<Waiting>, n_jobs: usize) -> Vec<usize> {
        std::iter::from_fn(|| {
            let batch = take_batch(&mut waiting, n_jobs, 0);
            (!batch.is_empty()).then_some(batch.len())
        })
        .collect()
    }

    #[test]
    fn single_maps_are_read_together_and_sets_one_by_one() {
        let (map, set) = ((SourceKind::BareMap, false), (SourceKind::Archive, false));
        assert_eq!(batches(waiting(&[map; 40]), 1), [16, 16, 8]);
        assert_eq!(batches(waiting(&[set, set, map, map, set, map]), 1), [1, 1, 2, 1, 1]);
        assert_eq!(batches(waiting(&[map; 8]), 4), [2, 2, 1, 1, 1, 1], "all workers have some");
        assert_eq!(batches(waiting(&[]), 4), [0; 0]);
        let alone = (SourceKind::BareMap, true);
        assert_eq!(batches(waiting(&[alone, alone, map, map]), 1), [1, 1, 2]);
    }

    #[test]
    fn what_may_have_broken_a_worker_is_read_with_nothing_beside_it() {
        let alone = (SourceKind::BareMap, true);
        let mut all = waiting(&[alone, alone]);
        all.iter_mut().for_each(|one| one.is_suspect = true);
        assert_eq!(take_batch(&mut all, 3, 1).len(), 0);
        assert_eq!(take_batch(&mut all, 3, 0).len(), 1);
        assert_eq!(all.len(), 1);
    }

    #[test]
    fn an_issue_is_of_its_file_and_of_no_other() {
        assert!(is_of("a.osz", "a.osz") && is_of("a.osz/b.osu", "a.osz"));
        assert!(!is_of("a.osz2", "a.osz") && !is_of("b", "a"));
    }
}
