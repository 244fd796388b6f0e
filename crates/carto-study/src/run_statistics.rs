use std::collections::BTreeMap;

use carto_types::{ArchiveFacts, Cause, MapStatus, RunRecord, Severity, SourceKind};
use serde::Serialize;

/// How many archives and maps came in, how many take part, and why the others do not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(crate) struct RunStatistics<'a> {
    /// `.osz` archives, packed or extracted into folders.
    archives: usize,
    /// `.osu` files without an archive.
    bare_maps: usize,
    /// Archives and bare maps that name no song.
    archives_without_song: usize,
    /// Songs over all archives.
    songs: usize,
    /// Songs with two mappers or more.
    multi_mapper_songs: usize,
    /// `.osu` files that the mode looks at.
    maps: usize,
    /// Of the maps, those of other game modes.
    maps_of_other_modes: usize,
    /// Of the maps, those that have a signal, on a grid that reaches past their end.
    maps_encodable: usize,
    /// Of the maps, those that their own text refuses, by cause.
    maps_refused: BTreeMap<&'a str, usize>,
    /// Maps that the two readings read differently.
    maps_read_differently: usize,
    /// Maps with a warning.
    maps_warned: usize,
    /// Maps that stand for their mapper in a song.
    representatives: usize,
    /// Of the representatives, those that were encoded.
    representatives_encoded: usize,
    /// Of the representatives, those that were left out, by cause.
    representatives_refused: BTreeMap<&'a str, usize>,
}

impl<'a> RunStatistics<'a> {
    pub(crate) fn of(run: &'a RunRecord) -> Self {
        let mut statistics = Self {
            songs: run.plan.n_songs_in_all as usize,
            multi_mapper_songs: run.plan.index.len(),
            representatives: run.plan.registry.iter().filter(|row| row.is_representative).count(),
            ..Self::default()
        };
        run.archives.iter().for_each(|archive| statistics.count_archive(archive));
        for map in run.outcomes.iter().flat_map(|song| &song.maps) {
            match &map.status {
                MapStatus::Encoded => statistics.representatives_encoded += 1,
                MapStatus::Refused(refusal) => {
                    let cause = refusal.cause.as_str();
                    *statistics.representatives_refused.entry(cause).or_default() += 1;
                }
            }
        }
        let issues = run.outcomes.iter().flat_map(|song| &song.issues).chain(&run.plan.issues);
        let mut warned: Vec<_> = issues
            .filter(|issue| issue.severity == Severity::Warning)
            .map(|issue| &issue.subject)
            .collect();
        warned.sort();
        warned.dedup();
        statistics.maps_warned = warned.len();
        statistics
    }

    fn count_archive(&mut self, archive: &'a ArchiveFacts) {
        match archive.kind {
            SourceKind::Archive | SourceKind::Folder => self.archives += 1,
            SourceKind::BareMap => self.bare_maps += 1,
        }
        self.archives_without_song += usize::from(archive.head.is_none());
        for map in &archive.maps {
            self.maps += 1;
            self.maps_read_differently += usize::from(!map.differences.is_empty());
            match &map.refusal {
                None => self.maps_encodable += 1,
                Some(refusal) if refusal.cause == Cause::OtherMode => self.maps_of_other_modes += 1,
                Some(refusal) => {
                    *self.maps_refused.entry(refusal.cause.as_str()).or_default() += 1;
                }
            }
        }
    }
}
