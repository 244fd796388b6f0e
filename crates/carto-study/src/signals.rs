//! Signals of all maps of an archive, not only of those that are compared: what an
//! encoder learns from.

use std::io::{self, Read, Seek};

use carto_beatmap::signal::BeatmapSignal;
use carto_types::{ArchiveFacts, MapRefusal, Mode, PlannedMap, SongPlan, SourceKind};

use crate::creator::creator_key;
use crate::index::match_key;
use crate::names::map_label;
use crate::{candidate, encoder};

/// One map of an archive, as long as its own audio.
#[derive(Debug)]
pub struct MapSignal {
    /// How messages name it: `1001.osz [Hard]`.
    pub label: String,
    /// Equal for maps of one song, by the rule of the index.
    pub song: String,
    /// Equal for maps by one mapper, by the mode's rule.
    pub creator: String,
    /// Nine channels, or why there are none.
    pub signal: Result<BeatmapSignal, MapRefusal>,
}

/// Encodes every osu!standard map of one archive; where it has no audio, as a
/// single `.osu` file has none, a map ends two seconds behind its last object.
///
/// - `facts`: what [`crate::scan`] found in it
/// - `open`: opens it
pub fn archive_signals<S: Read + Seek>(
    facts: &ArchiveFacts,
    mode: Mode,
    open: &mut dyn FnMut() -> io::Result<S>,
) -> Vec<MapSignal> {
    let mut signals = Vec::new();
    let mut maps = Vec::new();
    for (map_idx, map) in facts.maps.iter().enumerate() {
        let Some(fields) = &map.fields else { continue };
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let (version, creator) = (text(&fields.version), text(&fields.creator));
        let label = map_label(&facts.name, Some(&version), &map.path);
        signals.push(MapSignal {
            label: label.clone(),
            song: match_key(&text(&fields.title), &text(&fields.artist)),
            creator: creator_key(mode, &creator),
            signal: Err(MapRefusal { cause: String::new(), message: String::new() }),
        });
        maps.push(PlannedMap {
            archive_idx: 0,
            map_idx: map_idx as u32,
            label,
            entry_idx: map.entry_idx,
            audio_idx: map.audio_idx,
            is_bare: facts.kind == SourceKind::BareMap,
            refusal: map.refusal.clone(),
            creator,
            version,
            file_name: String::new(),
        });
    }
    let song = SongPlan {
        song_idx: 0,
        title: String::new(),
        artist: String::new(),
        archives: vec![0],
        maps,
    };
    // Said of a map only by its signal here.
    let mut issues = Vec::new();
    let candidates = candidate::read_maps(&song, mode, &mut |_| open(), &mut issues);
    for (signal, candidate) in signals.iter_mut().zip(candidates) {
        let n_frames = candidate.n_frames();
        let encoded =
            candidate.reading.and_then(|beatmap| encoder::signal_of(&beatmap, n_frames as usize));
        signal.signal = encoded
            .map_err(|refused| MapRefusal { cause: refused.cause, message: refused.message });
    }
    signals
}
