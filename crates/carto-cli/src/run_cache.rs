//! What of a run is kept for the next one: facts of sources, outcomes and latents of songs.

use std::path::Path;
use std::time::UNIX_EPOCH;
use std::{fs, io};

use anyhow::Result;
use carto_study::{
    CacheKey, FileStamp, are_facts_lasting, facts_key, is_outcome_lasting, outcome_key,
};
use carto_types::{ArchiveFacts, LatentSong, Mode, SongOutcome, SongPlan};

use crate::cache::Cache;
use crate::encoder::SharedEncoder;
use crate::inputs::Input;

/// The names of a run's sources in a cache; without a folder for one, nothing is kept.
pub(crate) struct RunCache {
    mode: Mode,
    cache: Option<Cache>,
    /// Of each source; `None` where its files cannot be looked at.
    sources: Vec<Option<CacheKey>>,
}

impl RunCache {
    /// - `folder`: where things are kept
    ///
    /// # Errors
    ///
    /// As [`Cache::open`].
    pub(crate) fn open(folder: Option<&Path>, inputs: &[Input], mode: Mode) -> Result<Self> {
        let cache = folder.map(Cache::open).transpose()?;
        let key = |input: &Input| source_key(input, mode).ok();
        let sources = match cache {
            Some(_) => inputs.iter().map(key).collect(),
            None => Vec::new(),
        };
        Ok(Self { mode, cache, sources })
    }

    /// The facts of a source: those that are kept, or what `scan` gives.
    ///
    /// - `input_idx`: its place among the run's inputs
    pub(crate) fn facts(
        &self,
        input_idx: usize,
        scan: impl FnOnce() -> ArchiveFacts,
    ) -> ArchiveFacts {
        self.kept_or(self.source(input_idx), are_facts_lasting, scan)
    }

    /// The outcome of a song: the one that is kept, or what `compare` gives.
    pub(crate) fn outcome(
        &self,
        song: &SongPlan,
        compare: impl FnOnce() -> SongOutcome,
    ) -> SongOutcome {
        let outcome = self.kept_or(self.song(song), is_outcome_lasting, compare);
        SongOutcome { song_idx: song.song_idx, ..outcome }
    }

    /// The latents of a song that are kept.
    pub(crate) fn latents(&self, song: &SongPlan, by: &LatentsBy<'_>) -> Option<LatentSong> {
        let kept: LatentSong = self.cache.as_ref()?.get(self.latents_key(song, by)?)?;
        Some(LatentSong { song_idx: song.song_idx, ..kept })
    }

    /// Keeps the latents of a song, unless a map of it came to nothing.
    pub(crate) fn keep_latents(&self, song: &SongPlan, by: &LatentsBy<'_>, latents: &LatentSong) {
        if let (Some(cache), Some(key)) = (&self.cache, self.latents_key(song, by))
            && latents.issues.is_empty()
        {
            cache.put(key, latents);
        }
    }

    /// Writes what is new.
    pub(crate) fn save(self) {
        if let Some(cache) = self.cache {
            cache.save();
        }
    }

    fn kept_or<T>(
        &self,
        key: Option<CacheKey>,
        is_lasting: impl FnOnce(&T) -> bool,
        make: impl FnOnce() -> T,
    ) -> T
    where
        T: serde::Serialize + serde::de::DeserializeOwned,
    {
        let (Some(cache), Some(key)) = (&self.cache, key) else { return make() };
        if let Some(kept) = cache.get(key) {
            return kept;
        }
        let made = make();
        if is_lasting(&made) {
            cache.put(key, &made);
        }
        made
    }

    fn source(&self, input_idx: usize) -> Option<CacheKey> {
        self.sources.get(input_idx).copied().flatten()
    }

    fn song(&self, song: &SongPlan) -> Option<CacheKey> {
        let sources: Option<Vec<CacheKey>> =
            song.archives.iter().map(|idx| self.source(*idx as usize)).collect();
        outcome_key(self.mode, song, &sources?)
    }

    fn latents_key(&self, song: &SongPlan, by: &LatentsBy<'_>) -> Option<CacheKey> {
        let LatentsBy { encoder, sample_seed, target_frames } = by;
        let sha256 = &encoder.facts.weights_sha256;
        // Processors differ in the last digits.
        let what = format!("{sha256} {:?} {sample_seed:?} {target_frames}", encoder.backend());
        Some(self.song(song)?.with("latents", what.as_bytes()))
    }
}

/// What latents depend on beside the song.
pub(crate) struct LatentsBy<'a> {
    pub(crate) encoder: &'a SharedEncoder,
    /// The seed of a draw; `None` for means.
    pub(crate) sample_seed: Option<u64>,
    /// The length that the song's maps share.
    pub(crate) target_frames: u32,
}

fn source_key(input: &Input, mode: Mode) -> io::Result<CacheKey> {
    let files = input.stamped().map(|(inner, path)| Ok((inner, stamp_of(path)?)));
    let files: Vec<(String, FileStamp)> = files.collect::<io::Result<_>>()?;
    let files = files.iter().map(|(inner, stamp)| (inner.as_str(), *stamp));
    Ok(facts_key(mode, &input.files.path, input.files.kind, files))
}

fn stamp_of(path: &Path) -> io::Result<FileStamp> {
    let metadata = fs::metadata(path)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH);
    // Before 1970 all times are alike, and sizes tell.
    let modified_ms = modified.map_or(0, |since| since.as_millis() as i64);
    Ok(FileStamp { size_bytes: metadata.len(), modified_ms })
}
