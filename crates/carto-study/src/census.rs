use std::collections::BTreeMap;

use carto_types::{ArchiveFacts, MapStatus, RunRecord, Severity, SourceKind};
use serde::Serialize;

use crate::scan_published::OTHER_MODE;

/// How many archives and maps came in, and what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Census {
    /// `.osz` archives.
    pub archives: usize,
    /// `.osu` files without an archive.
    pub bare_maps: usize,
    /// Archives and bare maps that name no song.
    pub archives_without_song: usize,
    /// Songs over all archives.
    pub songs: usize,
    /// Songs with two mappers or more.
    pub multi_mapper_songs: usize,
    /// `.osu` files that the mode looks at.
    pub maps: usize,
    /// Of these, maps of other game modes.
    pub maps_of_other_modes: usize,
    /// Of these, maps that have a signal, on a grid that reaches past their end.
    pub maps_encodable: usize,
    /// Of these, maps that their own text refuses, by cause.
    pub maps_refused: BTreeMap<String, usize>,
    /// Maps that the two readings read differently.
    pub maps_read_differently: usize,
    /// Maps with a warning.
    pub maps_warned: usize,
    /// Maps that stand for their mapper in a song.
    pub representatives: usize,
    /// Of these, encoded.
    pub representatives_encoded: usize,
    /// Of these, left out, by cause.
    pub representatives_refused: BTreeMap<String, usize>,
}

impl Census {
    pub(crate) fn take(run: &RunRecord) -> Self {
        let mut census = Self {
            songs: run.plan.n_songs_in_all as usize,
            multi_mapper_songs: run.plan.index.len(),
            representatives: run.plan.registry.iter().filter(|row| row.is_representative).count(),
            ..Self::default()
        };
        run.archives.iter().for_each(|archive| census.count_archive(archive));
        for map in run.outcomes.iter().flat_map(|song| &song.maps) {
            match &map.status {
                MapStatus::Encoded => census.representatives_encoded += 1,
                MapStatus::Refused { cause, .. } => {
                    *census.representatives_refused.entry(cause.clone()).or_default() += 1;
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
        census.maps_warned = warned.len();
        census
    }

    fn count_archive(&mut self, archive: &ArchiveFacts) {
        match archive.kind {
            SourceKind::Archive => self.archives += 1,
            SourceKind::BareMap => self.bare_maps += 1,
        }
        self.archives_without_song += usize::from(archive.head.is_none());
        for map in &archive.maps {
            self.maps += 1;
            self.maps_read_differently += usize::from(!map.differences.is_empty());
            match &map.refusal {
                None => self.maps_encodable += 1,
                Some(refusal) if refusal.cause == OTHER_MODE => self.maps_of_other_modes += 1,
                Some(refusal) => {
                    *self.maps_refused.entry(refusal.cause.clone()).or_default() += 1;
                }
            }
        }
    }
}
