use std::io::{Read, Seek};

use carto_archive::MapSource;
use carto_beatmap::signal::FrameClock;
use carto_types::{
    AudioRelation, MapOutcome, MapStatus, Mode, Packed, PairLag, PairOutcome, SongOutcome, SongPlan,
};

use crate::loaded_map::{read_maps, target_frames};
use crate::signal_cache::SignalCache;
use crate::song_evidence::SongEvidence;

/// Encodes and compares the maps of one song.
///
/// Never fails: a map or archive that cannot be used is refused by name, and
/// the others go on.
///
/// - `open`: gives the source at a place of [`SongPlan::archives`]; called once
///   for each run of maps of one archive, so one archive is open at a time, and where the plan has
///   evidence once more for maps of the ceiling
/// - `on_map`: hears of every map as it is done
///
/// # Source
///
/// `step3_encode_9dim` and `step4_track_a` in osu-dreamer-cartography
/// `experiment/run_analysis.py` @ `7ec522b`. Deviations: a map whose signal is
/// NaN somewhere is named and left out (quirk 42); maps without an archive, and
/// by the rules of osu! maps without usable audio, get a length from their
/// last object.
pub fn compare_song<'a, S: Read + Seek>(
    song: &SongPlan,
    mode: Mode,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
    on_map: &mut dyn FnMut(u32, &MapStatus),
) -> SongOutcome {
    let mut issues = Vec::new();
    let loaded = read_maps(song, mode, open, &mut issues);
    let target_frames = target_frames(&loaded);

    let mut signals = SignalCache::new(target_frames.unwrap_or(0) as usize);
    let mut maps = Vec::with_capacity(song.maps.len());
    for (map_idx, (map, loaded)) in (0..).zip(song.maps.iter().zip(loaded)) {
        let status = match loaded.beatmap.and_then(|beatmap| signals.add(map_idx, beatmap)) {
            Ok(()) => MapStatus::Encoded,
            Err(refusal) => {
                // What its text refuses the scan has said already.
                if map.refusal.as_ref() != Some(&refusal) {
                    issues.push(refusal.issue(&map.label));
                }
                MapStatus::Refused(refusal)
            }
        };
        on_map(map_idx, &status);
        maps.push(MapOutcome { audio_frames: loaded.audio_frames, status });
    }

    let is_encoded = |map: &MapOutcome| map.status == MapStatus::Encoded;
    let encoded = (0..).zip(&maps).filter(|(_, map)| is_encoded(map)).map(|(map_idx, _)| map_idx);
    let members = members(song, encoded, mode);
    let compared = signals.compare(&pairs_of(song, &members, mode)).into_iter();
    let pairs = compared.map(|(a, b, agreement)| PairOutcome {
        a,
        b,
        audio: audio_relation(song, &maps, a, b),
        agreement,
        lag: None,
        evidence: None,
    });
    let mut outcome = SongOutcome {
        song_idx: song.song_idx,
        target_frames,
        pairs: pairs.collect(),
        ceiling: Vec::new(),
        maps,
        issues,
    };
    if song.evidence.is_some() && mode == Mode::Osu {
        let n_frames = target_frames.unwrap_or(0) as usize;
        let (beatmaps, issues) = (signals.into_beatmaps(), &mut outcome.issues);
        let mut evidence = SongEvidence::read(song, mode, beatmaps, n_frames, open, issues);
        for pair in &mut outcome.pairs {
            let Some(finding) = evidence.finding(pair.a, pair.b, issues) else { continue };
            pair.lag = Some(PairLag::from(&finding.evidence));
            pair.evidence = Some(Packed::of(&finding));
        }
        outcome.ceiling = evidence.ceiling(issues);
    }
    outcome
}

/// Encoded maps as the published code loads them: of two with one file name
/// the later takes the place of the earlier (quirk 21).
///
/// - `encoded`: places in the plan's maps, ascending
pub(crate) fn members(song: &SongPlan, encoded: impl Iterator<Item = u32>, mode: Mode) -> Vec<u32> {
    let mut members: Vec<u32> = Vec::new();
    for map_idx in encoded {
        let name = &song.maps[map_idx as usize].file_name;
        let same_name = members.iter_mut().find(|member| {
            mode == Mode::Published && song.maps[**member as usize].file_name == *name
        });
        match same_name {
            Some(member) => *member = map_idx,
            None => members.push(map_idx),
        }
    }
    members
}

/// The pairs to compare, in order: those of the plan, by the published rules all members of
/// different mappers.
pub(crate) fn pairs_of(song: &SongPlan, members: &[u32], mode: Mode) -> Vec<(u32, u32)> {
    if mode == Mode::Osu {
        let pairs = song.pairs.iter().map(|pair| (pair.a, pair.b));
        return pairs.filter(|(a, b)| members.contains(a) && members.contains(b)).collect();
    }
    let mapper = |idx: u32| song.maps[idx as usize].mapper;
    let mut pairs = Vec::new();
    for (place, &a) in members.iter().enumerate() {
        for &b in &members[place + 1..] {
            if mapper(a) != mapper(b) {
                pairs.push((a, b));
            }
        }
    }
    pairs
}

/// Lengths of two files of one recording differ by less than this, ms: codecs pad.
const SAME_LENGTH_MS: f64 = 50.0;

/// How the audio of two maps of a song relates.
///
/// - `maps`: in the order of the plan
fn audio_relation(song: &SongPlan, maps: &[MapOutcome], a: u32, b: u32) -> AudioRelation {
    let [one, other] = [a, b].map(|idx| &song.maps[idx as usize]);
    if one.shares_audio(other) {
        return AudioRelation::SameFile;
    }
    let [one, other] = [a, b].map(|idx| maps[idx as usize].audio_frames);
    let difference = one.zip(other).map(|(one, other)| one.abs_diff(other) as usize);
    match difference {
        Some(n_frames) if FrameClock::OSU_DREAMER.time_ms(n_frames) <= SAME_LENGTH_MS => {
            AudioRelation::SameLength
        }
        _ => AudioRelation::Other,
    }
}

#[cfg(test)]
#[path = "song_tests.rs"]
mod tests;
