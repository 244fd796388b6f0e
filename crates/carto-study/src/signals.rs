//! Signals of all maps of an archive, not only of those that are compared: what an
//! encoder learns from.

use std::io::{Read, Seek};

use carto_archive::MapSource;
use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::signal::BeatmapSignal;
use carto_types::{
    ArchiveFacts, MapFacts, MapRefusal, Mode, Ownership, PlannedMap, RegistryFields, SongPlan,
    SourceKind, creator_key, match_key,
};

use crate::loaded_map::read_maps;
use crate::names::map_label;
use crate::signal_cache::signal_of;

/// One map of an archive, as long as its own audio.
#[derive(Debug)]
pub struct MapSignal {
    /// How messages name it: `1001.osz [Hard]`.
    pub label: String,
    /// Equal for maps of one song, by the rule of the index.
    pub song: String,
    /// Equal for maps by one mapper, by the mode's rule.
    pub creator: String,
    /// The setting by which the published rules choose a mapper's map of a song.
    pub overall_difficulty: Option<f64>,
    /// What was encoded; `None` where the map was refused.
    pub beatmap: Option<Beatmap>,
    /// Nine channels, or why there are none.
    pub signal: Result<BeatmapSignal, MapRefusal>,
}

/// Who made a map; the host of the set by the published rules, and where nobody is known.
fn creator(map: &MapFacts, fields: &RegistryFields) -> String {
    let owner = map.owner.as_ref().filter(|owner| !owner.is_nobody());
    owner.map_or_else(|| fields.creator.clone().unwrap_or_default(), Ownership::text)
}

/// Encodes every osu!standard map of one archive or extracted set; where it has no audio, as a
/// single `.osu` file has none, a map ends two seconds behind its last object.
///
/// - `facts`: what [`crate::scan`] found in it
/// - `open`: gives its source
pub fn archive_signals<'a, S: Read + Seek>(
    facts: &ArchiveFacts,
    mode: Mode,
    open: &mut dyn FnMut() -> MapSource<'a, S>,
) -> Vec<MapSignal> {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let (mut songs, mut maps) = (Vec::new(), Vec::new());
    for (map_idx, map) in facts.maps.iter().enumerate() {
        let Some(fields) = &map.fields else { continue };
        let version = text(&fields.version);
        let song = match_key(&text(&fields.title), &text(&fields.artist));
        songs.push((song, fields.overall_difficulty));
        maps.push(PlannedMap {
            archive_idx: 0,
            map_idx: map_idx as u32,
            label: map_label(&facts.name, Some(&version), &map.path),
            entry_idx: map.entry_idx,
            audio_idx: map.audio_idx,
            is_bare: facts.kind == SourceKind::BareMap,
            refusal: map.refusal.clone(),
            creator: creator(map, fields),
            mapper: 0,
            owner: map.owner.clone(),
            star_rating: map.star_rating,
            version,
            file_name: String::new(),
        });
    }
    let (title, artist) = (String::new(), String::new());
    let plan = SongPlan {
        song_idx: 0,
        title,
        artist,
        archives: vec![0],
        maps,
        pairs: Vec::new(),
        evidence: None,
    };
    // Said of a map only by its signal here.
    let mut issues = Vec::new();
    let loaded = read_maps(&plan, mode, &mut |_| open(), &mut issues);
    let of_maps = plan.maps.into_iter().zip(songs).zip(loaded);
    let signals = of_maps.map(|((map, (song, overall_difficulty)), loaded)| MapSignal {
        song,
        overall_difficulty,
        creator: creator_key(mode, &map.creator).into_owned(),
        label: map.label,
        signal: {
            let n_frames = loaded.n_frames() as usize;
            let beatmap = loaded.beatmap.as_ref().map_err(Clone::clone);
            beatmap.and_then(|beatmap| signal_of(beatmap, n_frames))
        },
        beatmap: loaded.beatmap.ok(),
    });
    signals.collect()
}
