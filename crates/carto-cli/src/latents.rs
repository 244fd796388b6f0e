//! The latents of all songs that were compared.

use std::sync::{Mutex, PoisonError};

use carto_encoder::{LatentMoments, SignalFrames};
use carto_features::Fault;
use carto_types::{
    BarPair, BarPairOutcome, Cause, EncoderFacts, LatentSong, MapLatents, MapRefusal, MapStatus,
    Mode, SongOutcome, SongPlan,
};
use indicatif::ProgressBar;
use rayon::prelude::*;

use crate::encoder::SharedEncoder;
use crate::inputs::Input;
use crate::run_cache::{LatentsBy, RunCache};
use crate::terminal;

/// How latents are made of the maps of a run.
pub(crate) struct Latents<'a> {
    pub(crate) encoder: &'a SharedEncoder,
    pub(crate) mode: Mode,
    /// The seed of a draw; `None` for means.
    pub(crate) sample_seed: Option<u64>,
    /// What earlier runs made.
    pub(crate) cache: &'a RunCache,
}

/// One song, as long as some of its maps are not done.
struct Pending<'a> {
    song: &'a SongPlan,
    outcome: &'a SongOutcome,
    target_frames: u32,
    /// Maps that were encoded.
    map_idxs: Vec<u32>,
    done: Mutex<Vec<(u32, Result<MapLatents, MapRefusal>)>>,
}

impl Latents<'_> {
    /// Computes and compares the latents of all maps that have a signal.
    ///
    /// Threads share maps and not songs, of which one may have most of the maps.
    /// Series are kept for the songs at hand only.
    ///
    /// - returns: songs in the order of the index
    pub(crate) fn of_all(
        &self,
        inputs: &[Input],
        songs: &[SongPlan],
        outcomes: &[SongOutcome],
    ) -> Vec<LatentSong> {
        let all = songs.iter().filter_map(|song| pending(song, outcomes));
        let (mut kept, mut left) = (Vec::new(), Vec::new());
        for song in all {
            match self.cache.latents(song.song, &self.by(&song)) {
                Some(latents) => kept.push(latents),
                None => left.push(song),
            }
        }
        let pending = left;
        let jobs: Vec<_> = pending
            .iter()
            .flat_map(|song| song.map_idxs.iter().map(move |&map_idx| (song, map_idx)))
            .collect();
        let n_frames = jobs.iter().map(|(song, _)| song.target_frames as usize).sum();
        let bar = terminal::progress_bar("latents, frames", n_frames);
        let finished = jobs.par_iter().with_max_len(1).filter_map(|&(song, map_idx)| {
            let latents = Fault::catch(|| self.of_map(inputs, song, map_idx, &bar));
            let latents = latents
                .unwrap_or_else(|fault| Err(MapRefusal::new(Cause::Fault, fault.to_string())));
            song.finish(map_idx, latents).map(|maps| (song, self.compare(song, maps)))
        });
        let mut songs: Vec<(&Pending<'_>, LatentSong)> = finished.collect();
        bar.finish_and_clear();
        self.compare_on_bars(inputs, &mut songs);
        for (song, latents) in &songs {
            self.cache.keep_latents(song.song, &self.by(song), latents);
        }
        kept.extend(songs.into_iter().map(|(_, latents)| latents));
        kept.sort_by_key(|song| song.song_idx);
        kept
    }

    /// Compares a song's latents; maps without stand in its issues.
    fn compare(
        &self,
        Pending { song, outcome, .. }: &Pending<'_>,
        mut maps: Vec<(u32, Result<MapLatents, MapRefusal>)>,
    ) -> LatentSong {
        maps.sort_by_key(|(map_idx, _)| *map_idx);
        let (mut latents, mut issues) = (Vec::new(), Vec::new());
        for (map_idx, map) in maps {
            match map {
                Ok(map) => latents.push(map),
                Err(refusal) => issues.push(refusal.issue(&song.maps[map_idx as usize].label)),
            }
        }
        let mut found = carto_study::compare_latents(song, self.mode, &latents);
        let frames_per_latent = self.encoder.facts.frames_per_latent;
        let pairs = &outcome.pairs;
        carto_study::compare_latents_as_is(&mut found, pairs, &latents, frames_per_latent);
        found.issues.splice(0..0, issues);
        found
    }

    /// Adds to songs what the latents of their pairs have in common on bars: the encoder reads both
    /// maps of each once more.
    fn compare_on_bars<'p>(&self, inputs: &[Input], songs: &mut [(&'p Pending<'p>, LatentSong)]) {
        let pairs = songs.iter().enumerate().flat_map(|(place, (song, _))| {
            let pairs = song.outcome.bar_pairs(song.song).into_iter();
            pairs.map(move |pair| (place, *song, pair))
        });
        let pairs: Vec<(usize, &'p Pending<'p>, BarPair)> = pairs.collect();
        if pairs.is_empty() {
            return;
        }
        let bar = terminal::progress_bar("latents on bars, pairs", pairs.len());
        let compare = |&(place, song, pair): &(usize, &'p Pending<'p>, BarPair)| {
            let found = Fault::catch(|| self.of_pair(inputs, song.song, pair));
            bar.inc(1);
            let found =
                found.unwrap_or_else(|fault| Err(MapRefusal::new(Cause::Fault, fault.to_string())));
            (place, pair, found)
        };
        let compared: Vec<_> = pairs.par_iter().with_max_len(1).map(compare).collect();
        bar.finish_and_clear();
        for (place, pair, found) in compared {
            let (song, latents) = &mut songs[place];
            match found {
                Ok(found) => latents.bar_pairs.extend(found),
                Err(refusal) => latents.issues.push(pair.issue(song.song, &refusal.message)),
            }
        }
    }

    fn of_pair(
        &self,
        inputs: &[Input],
        song: &SongPlan,
        pair: BarPair,
    ) -> Result<Option<BarPairOutcome>, MapRefusal> {
        let EncoderFacts { frames_per_latent, n_latent_dims, .. } = self.encoder.facts;
        let mut open = |slot: usize| inputs[song.archives[slot] as usize].source();
        let signals =
            carto_study::signals_on_bars(song, pair, self.mode, frames_per_latent, &mut open)?;
        let Some(signals) = signals else { return Ok(None) };
        let label = |map_idx: u32| song.map(map_idx).map_or("", |map| &map.label);
        let (label_a, label_b) = (label(pair.a), label(pair.b));
        let mu = |signal: &[f32], label: &str| {
            let frames = SignalFrames::new(signal).unwrap_or_default();
            // Other noise than that of the maps as they are.
            self.mu(&self.encoder.encode(frames, &|_| {}), &format!("{label} on bars of {label_a}"))
        };
        let [a, b] = signals.signals();
        let (mu_a, mu_b) = (mu(a, label_a), mu(b, label_b));
        Ok(carto_study::compare_bar_pair(pair, &signals, [&mu_a, &mu_b], n_latent_dims))
    }

    /// The latents of a signal: means, or a draw.
    ///
    /// - `label`: of what, which decides the noise of a draw
    fn mu(&self, moments: &LatentMoments, label: &str) -> Vec<f32> {
        match self.sample_seed {
            Some(seed) => moments.sample(seed, label),
            None => moments.mu().to_vec(),
        }
    }

    fn by(&self, song: &Pending<'_>) -> LatentsBy<'_> {
        let Self { encoder, sample_seed, .. } = *self;
        LatentsBy { encoder, sample_seed, target_frames: song.target_frames }
    }

    fn of_map(
        &self,
        inputs: &[Input],
        Pending { song, target_frames, .. }: &Pending<'_>,
        map_idx: u32,
        bar: &ProgressBar,
    ) -> Result<MapLatents, MapRefusal> {
        let EncoderFacts { frames_per_latent, n_latent_dims, .. } = self.encoder.facts;
        let mut open = |slot: usize| inputs[song.archives[slot] as usize].source();
        let signal =
            carto_study::signal_of_map(song, map_idx, self.mode, *target_frames, &mut open)?;
        let values: Vec<f32> = signal.values().iter().map(|&value| value as f32).collect();
        let frames = SignalFrames::new(&values).unwrap_or_default();
        let on_latents =
            |n_latents: usize| bar.inc(n_latents as u64 * u64::from(frames_per_latent));
        let moments = self.encoder.encode(frames, &on_latents);
        let mu = self.mu(&moments, &song.maps[map_idx as usize].label);
        Ok(carto_study::map_latents(map_idx, &signal, mu, frames_per_latent, n_latent_dims))
    }
}

/// `None` for a song of which no map was encoded.
fn pending<'a>(song: &'a SongPlan, outcomes: &'a [SongOutcome]) -> Option<Pending<'a>> {
    let outcome = outcomes.iter().find(|outcome| outcome.song_idx == song.song_idx)?;
    let is_encoded = |map_idx: &u32| {
        let map = outcome.maps.get(*map_idx as usize);
        map.is_some_and(|map| map.status == MapStatus::Encoded)
    };
    let map_idxs: Vec<_> = (0..song.maps.len() as u32).filter(is_encoded).collect();
    let target_frames = outcome.target_frames?;
    (!map_idxs.is_empty()).then(|| Pending {
        song,
        outcome,
        target_frames,
        map_idxs,
        done: Mutex::default(),
    })
}

impl Pending<'_> {
    /// Takes one map's latents; gives all of the song's back with the last.
    fn finish(
        &self,
        map_idx: u32,
        latents: Result<MapLatents, MapRefusal>,
    ) -> Option<Vec<(u32, Result<MapLatents, MapRefusal>)>> {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.push((map_idx, latents));
        (done.len() == self.map_idxs.len()).then(|| std::mem::take(&mut *done))
    }
}
