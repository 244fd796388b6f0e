//! The files of a run, in the published layouts.

use carto_protocol::published::{
    IndexEntry, IndexSet, ManifestEntry, RegistryEntry, TrackAResults, to_json,
};
use carto_protocol::{Issue, MapStatus, OutputFile, RegistryRow, RunRecord, TrackA};

use crate::names::registry_id;
use crate::report::Report;

/// All files but the figure.
///
/// # Errors
///
/// None that these layouts can cause; a JSON writer can fail by its type.
pub(crate) fn files(
    run: &RunRecord,
    track_a: Option<&TrackA>,
    songs_analyzed: u32,
    issues: &[Issue],
) -> Result<Vec<OutputFile>, serde_json::Error> {
    Ok(vec![
        file("track_a_results.json", to_json(&TrackAResults::new(track_a, songs_analyzed))?),
        file("multi_mapper_index.json", to_json(&index(run))?),
        file("beatmap_registry.json", to_json(&registry(run))?),
        file("encoding_manifest.json", to_json(&manifest(run))?),
        file("report.json", to_json(&Report::new(run, issues))?),
    ])
}

pub(crate) fn file(name: &str, text: String) -> OutputFile {
    OutputFile { name: name.to_owned(), text }
}

fn index(run: &RunRecord) -> Vec<IndexEntry<'_>> {
    let entries = run.plan.index.iter().map(|song| IndexEntry {
        title: &song.title,
        artist: &song.artist,
        match_key: &song.match_key,
        num_mappers: song.mappers.len(),
        mappers: &song.mappers,
        beatmapsets: song
            .sets
            .iter()
            .map(|set| IndexSet {
                beatmapset_id: set.set_id,
                creator: &set.creator,
                filename: &run.archives[set.archive_idx as usize].name,
            })
            .collect(),
    });
    entries.collect()
}

fn registry(run: &RunRecord) -> Vec<RegistryEntry<'_>> {
    let entries = run.plan.registry.iter().filter_map(|row| {
        let map = &run.archives[row.archive_idx as usize].maps[row.map_idx as usize];
        let fields = map.fields.as_ref()?;
        let audio_name = fields.audio_file_name.as_deref().filter(|_| map.audio_idx.is_some());
        Some(RegistryEntry {
            osu_path: extracted(row, &map.path),
            beatmapset_id: registry_id(row.set_id),
            title: fields.title.as_deref(),
            artist: fields.artist.as_deref(),
            creator: fields.creator.as_deref(),
            version: fields.version.as_deref(),
            beatmap_id: fields.beatmap_id.as_deref(),
            mode: 0,
            cs: fields.circle_size,
            ar: fields.approach_rate,
            od: fields.overall_difficulty,
            hp: fields.hp_drain_rate,
            audio_path: audio_name.map(|name| extracted(row, name)),
            song_group_idx: row.song_idx,
            num_mappers_in_group: run.plan.index[row.song_idx as usize].mappers.len(),
            is_representative: row.is_representative,
        })
    });
    entries.collect()
}

/// Encoded maps, by song and in the order of the registry within it.
fn manifest(run: &RunRecord) -> Vec<ManifestEntry<'_>> {
    let mut entries = Vec::new();
    for song in &run.plan.songs {
        let outcome = run.outcomes.iter().find(|outcome| outcome.song_idx == song.song_idx);
        let Some((outcome, target_frames)) =
            outcome.and_then(|outcome| Some((outcome, outcome.target_frames?)))
        else {
            continue;
        };
        for (map, status) in song.maps.iter().zip(outcome.maps.iter().map(|map| &map.status)) {
            let facts = &run.archives[map.archive_idx as usize].maps[map.map_idx as usize];
            let row = run
                .plan
                .registry
                .iter()
                .find(|row| (row.archive_idx, row.map_idx) == (map.archive_idx, map.map_idx));
            let (Some(row), Some(fields), MapStatus::Encoded) = (row, &facts.fields, status) else {
                continue;
            };
            entries.push(ManifestEntry {
                filename: &map.file_name,
                osu_path: extracted(row, &facts.path),
                beatmapset_id: registry_id(row.set_id),
                creator: fields.creator.as_deref(),
                version: fields.version.as_deref(),
                title: fields.title.as_deref(),
                artist: fields.artist.as_deref(),
                song_group_idx: song.song_idx,
                od: fields.overall_difficulty,
                ar: fields.approach_rate,
                cs: fields.circle_size,
                shape: [9, target_frames],
                target_frames,
            });
        }
    }
    entries
}

fn extracted(row: &RegistryRow, path: &str) -> String {
    format!("extracted/{}/{path}", row.set_id)
}
