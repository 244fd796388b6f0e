//! The files of a run, in the published layouts.

use std::collections::BTreeMap;

use carto_types::published::{
    IndexEntry, IndexSet, LatentManifestEntry, ManifestEntry, RegistryEntry, SynthesisResults,
    TrackAResults, TrackBResults, to_json,
};
use carto_types::{
    LatentRun, MapStatus, OutputFile, RegistryRow, RunRecord, SignalChannel, Summary,
};

use crate::names::registry_id;
use crate::report::Report;

/// All files but the result and the figures; those of latents where there are any.
///
/// - `songs_analyzed`: songs with encodings of two creators or more
///
/// # Errors
///
/// None that these layouts can cause; a JSON writer can fail by its type.
pub(crate) fn files(
    run: &RunRecord,
    summary: &Summary,
    songs_analyzed: u32,
) -> Result<Vec<OutputFile>, serde_json::Error> {
    let track_a = TrackAResults::new(summary.track_a.as_ref(), songs_analyzed);
    let manifest = manifest(run);
    let mut files = vec![
        OutputFile::new("track_a_results.json", to_json(&track_a)?),
        OutputFile::new("multi_mapper_index.json", to_json(&index(run))?),
        OutputFile::new("beatmap_registry.json", to_json(&registry(run))?),
        OutputFile::new(
            "encoding_manifest.json",
            to_json(&manifest.iter().map(|(_, entry)| entry).collect::<Vec<_>>())?,
        ),
        OutputFile::new("report.json", to_json(&Report::new(run, summary))?),
    ];
    if let Some(latent) = &run.latent {
        files.extend(latent_files(latent, manifest, summary, songs_analyzed)?);
    }
    Ok(files)
}

/// `latent_manifest.json`, `track_b_results.json` and, of any latents,
/// `synthesis_results.json`.
///
/// - `manifest`: of all encoded maps, by song and place in the plan's maps
fn latent_files(
    latent: &LatentRun,
    manifest: Vec<(MapKey, ManifestEntry<'_>)>,
    summary: &Summary,
    songs_analyzed: u32,
) -> Result<Vec<OutputFile>, serde_json::Error> {
    let (track_a, track_b) = (summary.track_a.as_ref(), summary.track_b.as_ref());
    let manifest = latent_manifest(latent, manifest);
    let mut files = vec![
        OutputFile::new("latent_manifest.json", to_json(&manifest)?),
        OutputFile::new("track_b_results.json", to_json(&TrackBResults::new(track_b))?),
    ];
    if let Some(synthesis) = &summary.synthesis {
        let results = SynthesisResults::new(synthesis, track_a, track_b, songs_analyzed);
        files.push(OutputFile::new("synthesis_results.json", to_json(&results)?));
    }
    Ok(files)
}

fn latent_manifest<'a>(
    latent: &LatentRun,
    manifest: Vec<(MapKey, ManifestEntry<'a>)>,
) -> Vec<LatentManifestEntry<'a>> {
    let of_song = latent.songs.iter().flat_map(|song| {
        song.maps.iter().map(|map| ((song.song_idx, map.map_idx), (map.n_frames, map.n_latents)))
    });
    let shapes: BTreeMap<MapKey, _> = of_song.collect();
    let entries = manifest.into_iter().filter_map(|(key, entry)| {
        let &(n_frames, n_latents) = shapes.get(&key)?;
        let latent_shape = [latent.encoder.n_latent_dims, n_latents];
        Some(LatentManifestEntry { entry, latent_shape, n_frames, n_latents })
    });
    entries.collect()
}

/// Place of a song in the index, and of a map in the song's plan.
type MapKey = (u32, u32);

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
            audio_path: map.audio_file().map(|name| extracted(row, name)),
            song_group_idx: row.song_idx,
            num_mappers_in_group: run.plan.index[row.song_idx as usize].mappers.len(),
            is_representative: row.is_representative,
            mappers: row.owner.as_ref().map(|owner| &*owner.names),
            evidence: row.owner.as_ref().map(|owner| owner.evidence.name()),
            star_rating: map.star_rating,
        })
    });
    entries.collect()
}

/// Encoded maps, by song and in the order of the registry within it, each with
/// its song and its place in the plan's maps.
fn manifest(run: &RunRecord) -> Vec<(MapKey, ManifestEntry<'_>)> {
    let mut entries = Vec::new();
    for song in &run.plan.songs {
        let outcome = run.outcomes.iter().find(|outcome| outcome.song_idx == song.song_idx);
        let Some((outcome, target_frames)) =
            outcome.and_then(|outcome| Some((outcome, outcome.target_frames?)))
        else {
            continue;
        };
        let statuses = outcome.maps.iter().map(|map| &map.status);
        for (map_idx, (map, status)) in (0..).zip(song.maps.iter().zip(statuses)) {
            let facts = &run.archives[map.archive_idx as usize].maps[map.map_idx as usize];
            let row = run
                .plan
                .registry
                .iter()
                .find(|row| (row.archive_idx, row.map_idx) == (map.archive_idx, map.map_idx));
            let (Some(row), Some(fields), MapStatus::Encoded) = (row, &facts.fields, status) else {
                continue;
            };
            let entry = ManifestEntry {
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
                shape: [SignalChannel::COUNT as u32, target_frames],
                target_frames,
            };
            entries.push(((song.song_idx, map_idx), entry));
        }
    }
    entries
}

fn extracted(row: &RegistryRow, path: &str) -> String {
    format!("extracted/{}/{path}", row.set_id)
}
