//! The pair that was asked for last, and what is said of it.

use std::cell::RefCell;

use carto_playfield::drawn_map;
use carto_protocol::{OpenPair, OpenedPair, PairMap, WriteSong};
use carto_results::song_files;
use carto_song::{SongMap, SongPair, pair_lag};
use carto_types::{
    DrawnMap, OutputFile, ShiftReach, SongMapTexts, SongOverTime, SongTexts, StretchAgreement,
    TimedSound,
};
use web_sys::File;

use crate::{reading, sounds};

thread_local! {
    /// By the call that it was read for: what is asked of it next reads no file.
    static LAST: RefCell<Option<(OpenPair, Pair)>> = const { RefCell::new(None) };
}

/// Two maps of a song, brought together.
pub(crate) struct Pair {
    song: SongPair,
    /// Without the reach of shifts.
    over_time: SongOverTime,
    drawn: [DrawnMap; 2],
    sounds: [Vec<TimedSound>; 2],
}

/// Does something with a pair, which is read unless it was asked for last.
///
/// - `files`: those of both sources, one after the other
///
/// # Errors
///
/// Words that name what cannot be read and say what to do, and those of `act`.
pub(crate) fn with<T>(
    call: &OpenPair,
    files: &[File],
    act: impl FnOnce(&Pair) -> Result<T, String>,
) -> Result<T, String> {
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(known, _)| known != call) {
            *last = None;
            *last = Some((call.clone(), Pair::read(call, files)?));
        }
        match last {
            Some((_, pair)) => act(pair),
            None => Err("the pair is not there: open it again".to_owned()),
        }
    })
}

impl Pair {
    fn read(call: &OpenPair, files: &[File]) -> Result<Self, String> {
        let n_files = call.a.source.n_files();
        let of_b = files.get(n_files..).unwrap_or_default();
        let (a, drawn_a, sounds_a) = read_map(call, &call.a, files)?;
        let (b, drawn_b, sounds_b) = read_map(call, &call.b, of_b)?;
        let lag = pair_lag(&a, &b, shares_audio(call), call.heard);
        let song = SongPair::new(a, b, lag).map_err(|error| {
            let [a, b] = [&call.a.map.label, &call.b.map.label];
            format!("{a} and {b} cannot be compared: {error}; choose another difficulty")
        })?;
        let over_time = song.over_time_without_reach();
        let (drawn, sounds) = ([drawn_a, drawn_b], [sounds_a, sounds_b]);
        Ok(Self { song, over_time, drawn, sounds })
    }

    /// All that the page draws at first: what shifts reach takes longer than all of it in a long
    /// song, so that comes apart.
    #[allow(clippy::unnecessary_wraps, reason = "what is done with a pair may fail elsewhere")]
    pub(crate) fn opened(&self) -> Result<OpenedPair, String> {
        Ok(OpenedPair {
            song: self.over_time.clone(),
            strips: self.song.strips(),
            drawn: self.drawn.clone(),
            sounds: self.sounds.clone(),
        })
    }

    /// What whole-bar shifts reach on each window of [`Self::opened`].
    #[allow(clippy::unnecessary_wraps, reason = "what is done with a pair may fail elsewhere")]
    pub(crate) fn reaches(&self) -> Result<Vec<Option<ShiftReach>>, String> {
        Ok(self.song.reaches(&self.over_time))
    }

    /// Agreement on a stretch; `None` where nothing of it is compared.
    #[allow(clippy::unnecessary_wraps, reason = "what is done with a pair may fail elsewhere")]
    pub(crate) fn agreement(
        &self,
        from_ms: f64,
        to_ms: f64,
    ) -> Result<Option<StretchAgreement>, String> {
        let found = self.song.agreement(from_ms, to_ms);
        Ok((found.n_frames > 0).then_some(found))
    }

    /// The files of the command.
    pub(crate) fn files(&self, call: &WriteSong) -> Result<Vec<OutputFile>, String> {
        let WriteSong { pair: call, latents } = call;
        let text = |map: &PairMap| SongMapTexts {
            mapper: map.map.mapper.clone(),
            difficulty: map.map.version.clone(),
        };
        let texts = SongTexts {
            title: call.title.clone(),
            artist: call.artist.clone(),
            maps: [text(&call.a), text(&call.b)],
        };
        let latents = latents.as_ref().map(|(encoder, latents)| (encoder, latents));
        song_files(&texts, &self.song.over_time(), &self.song.strips(), latents)
            .map_err(|error| format!("the files cannot be written: {error}"))
    }
}

fn read_map(
    call: &OpenPair,
    map: &PairMap,
    files: &[File],
) -> Result<(SongMap, DrawnMap, Vec<TimedSound>), String> {
    let read = reading::map(call.mode, map, files)?;
    let drawn = drawn_map(&read);
    let sounds = sounds::of_map(&read.beatmap, &drawn);
    let song = SongMap::new(read)
        .map_err(|error| format!("{} cannot be compared: {error}", map.map.label))?;
    Ok((song, drawn, sounds))
}

/// Whether both maps are known to have one audio file: one of one set.
fn shares_audio(call: &OpenPair) -> bool {
    let (a, b) = (&call.a, &call.b);
    a.source == b.source && a.map.audio_idx.is_some() && a.map.audio_idx == b.map.audio_idx
}
