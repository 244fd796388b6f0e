//! A run's figures as they are saved, shared, opened again and compared.

use serde::{Deserialize, Serialize};

use crate::{
    AudioRelation, Backend, ChannelAgreement, DoubtCounts, EncoderFacts, HeldOut, Issue,
    LatentAgreement, MapStatus, Mode, OwnerRow, Ownership, PairEvidence, PairKind, RunEvidence,
    Synthesis, TrackA, TrackB,
};

/// What the layout of [`RunResult`] is called where difficulties have owners, or pairs were left
/// out.
pub const RESULT_FORMAT: &str = "carto-result/2";

/// What the layout is called without owners, star ratings and relations of audio: that of
/// version 0.1, which results by the published rules still have.
pub const FIRST_RESULT_FORMAT: &str = "carto-result/1";

/// All that the page shows of a run.
///
/// As JSON this is the result file; the same type carries the published figures
/// and what a link holds, which have no songs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunResult {
    /// [`RESULT_FORMAT`] or [`FIRST_RESULT_FORMAT`].
    pub format: String,
    /// What a person calls it; may be empty.
    pub name: String,
    /// Who made the figures.
    pub origin: ResultOrigin,
    /// What they were made with.
    pub parameters: RunParameters,
    /// What they were made from.
    pub counts: RunCounts,
    /// Agreement per channel.
    pub track_a: Option<TrackA>,
    /// Agreement per latent.
    pub track_b: Option<TrackB>,
    /// How latents correlate with channels.
    pub synthesis: Option<Synthesis>,
    /// Agreement per latent on songs that another encoder, trained without them,
    /// did not see.
    pub held_out: Option<HeldOut>,
    /// In the order of the index; empty where only sums are known.
    pub songs: Vec<ResultSong>,
    /// What was left out or is odd.
    pub issues: Vec<Issue>,
    /// What a person said of the owners of difficulties; not in the first layout.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<OwnerRow>,
    /// How much of the agreement is more than a shared grid; not in the first layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<RunEvidence>,
}

impl Default for RunResult {
    /// A result without any figure.
    fn default() -> Self {
        Self {
            format: FIRST_RESULT_FORMAT.to_owned(),
            name: String::new(),
            origin: ResultOrigin::default(),
            parameters: RunParameters::default(),
            counts: RunCounts::default(),
            track_a: None,
            track_b: None,
            synthesis: None,
            held_out: None,
            songs: Vec::new(),
            issues: Vec::new(),
            owners: Vec::new(),
            evidence: None,
        }
    }
}

impl RunResult {
    /// Why there is no evidence, in words; `None` where there is.
    #[must_use]
    pub fn why_no_evidence(&self) -> Option<&'static str> {
        let parameters = &self.parameters;
        if self.evidence.is_some() {
            None
        } else if parameters.step.is_some() {
            Some("no evidence: a link holds means only")
        } else if self.songs.is_empty() && parameters.mode.is_none() {
            Some("no evidence: the published files hold means only")
        } else {
            Some("no evidence: the run was made without it")
        }
    }
}

/// Who made the figures of a result.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultOrigin {
    /// Program and version: "osu! Latent Space Cartography 0.1.0".
    pub program: String,
    /// Where its source or data is.
    pub repository: Option<String>,
    /// Commit of that repository.
    pub commit: Option<String>,
    /// Day on which the figures were made or fetched, `2026-02-14`.
    pub date: Option<String>,
    /// Anything a reader must know.
    pub note: Option<String>,
}

impl ResultOrigin {
    /// Who made it and when: "osu-dreamer-cartography, 7ec522b, 2026-02-14".
    #[must_use]
    pub fn in_one_line(&self) -> String {
        let commit = self.commit.as_ref().map(|commit| commit.chars().take(7).collect());
        let parts = [Some(self.program.clone()), commit, self.date.clone()];
        let parts = parts.into_iter().flatten().filter(|part: &String| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    }
}

/// What a run was made with.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunParameters {
    /// The rules; `None` where another program made the figures.
    pub mode: Option<Mode>,
    /// The encoder; `None` without latents or where it is not known.
    pub encoder: Option<EncoderFacts>,
    /// What computed the latents.
    pub backend: Option<Backend>,
    /// The seed of sampled latents; `None` for the mean, and where [`Self::is_seed_unrecorded`].
    pub sample_seed: Option<u64>,
    /// Whether latents were drawn with a seed that is not recorded, as those of the study's own
    /// run were. Left out of a file where they were not; files of earlier versions lack it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_seed_unrecorded: bool,
    /// Whether a person stopped the run early.
    pub is_cancelled: bool,
    /// Step to which the figures were rounded for a link; `None` where they are
    /// whole.
    pub step: Option<f64>,
    /// The doubtful pairs that a person left out of the figures and of the songs; `None` where
    /// none were to be left out. Not in the first layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<DoubtCounts>,
}

/// What a run was made from; `None` where it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunCounts {
    /// Archives and single maps that were read.
    pub n_archives: Option<u32>,
    /// Maps in them.
    pub n_beatmaps: Option<u32>,
    /// Songs that two mappers or more have mapped.
    pub n_songs: Option<u32>,
    /// Maps that have a signal.
    pub n_encoded: Option<u32>,
}

/// One song of a result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultSong {
    /// Title, as in the song's first archive.
    pub title: String,
    /// Artist, as in the song's first archive.
    pub artist: String,
    /// The maps that stand for their mappers, in the order of the plan.
    pub maps: Vec<ResultMap>,
    /// Pairs with different creators, in order.
    pub pairs: Vec<ResultPair>,
    /// Pairs of the ceiling; not in the first layout.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ceiling: Vec<ResultCeilingPair>,
}

impl ResultSong {
    /// Names of its mappers, each once, sorted.
    #[must_use]
    pub fn mappers(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.maps.iter().map(|map| &*map.creator).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// One map that stands for its mapper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultMap {
    /// The mapper.
    pub creator: String,
    /// The difficulty's name.
    pub version: String,
    /// Encoded, or why not.
    pub status: MapStatus,
    /// Who made it and how that is known; not in the first layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Ownership>,
    /// Stars without mods, five decimals; not in the first layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub star_rating: Option<f64>,
    /// Its number on osu!'s site; not in the first layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beatmap_id: Option<u64>,
    /// Name of its audio file; not in the first layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_file: Option<String>,
    /// Frames of its own audio, where they were measured; not in the first layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_frames: Option<u32>,
}

/// Two maps of one song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultPair {
    /// Place of the first in the song's maps.
    pub a: u32,
    /// Place of the second in the song's maps.
    pub b: u32,
    /// In the order of the nine channels.
    pub channels: Vec<ChannelAgreement>,
    /// Mean cosine over every tenth column of the signals.
    pub full_cosine: f64,
    /// By number of the latent; `None` where one side has no latents.
    pub latents: Option<Vec<LatentAgreement>>,
    /// Mean cosine over about a hundred columns of the latents.
    pub latent_cosine: Option<f64>,
    /// How their audio relates; not in the first layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<AudioRelation>,
    /// Which two maps it is; not in the first layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<PairKind>,
    /// How much of the agreement is more than a shared grid; not in the first layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Box<PairEvidence>>,
}

/// Two difficulties that one mapper made for one set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultCeilingPair {
    /// The mapper.
    pub creator: String,
    /// The names of both difficulties.
    pub versions: [String; 2],
    /// How much they agree.
    pub evidence: PairEvidence,
}

/// What a result is sent as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLink {
    /// What follows the `#` of the page's address.
    pub fragment: String,
    /// Songs whose names it carries.
    pub n_named: u32,
    /// Songs whose names were to go with it and do not fit.
    pub n_left_out: u32,
}

/// What a person calls a result, for its file and its link.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ResultLabel {
    /// The name; empty for that which the result has.
    pub name: String,
    /// Day on which the figures were made, `2026-02-14`; it counts where the result says none.
    pub day: Option<String>,
}

impl ResultLabel {
    /// Puts name and day into a result.
    pub fn put_on(&self, result: &mut RunResult) {
        if !self.name.trim().is_empty() {
            self.name.trim().clone_into(&mut result.name);
        }
        if result.origin.date.is_none() {
            result.origin.date.clone_from(&self.day);
        }
    }
}

/// Characters of a result's name that go into the name of a file.
const MAX_STEM: usize = 40;

/// What of a result's name any system takes as the name of a file: letters of any alphabet and
/// digits, `forty-songs-of-spring`, `étude-歌`; `result` where nothing is left.
#[must_use]
pub fn file_stem(name: &str) -> String {
    // An accent may stand behind its letter as a character of its own.
    let is_mark = |letter| matches!(letter, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}');
    stem(name, |letter: char| letter.is_alphanumeric() || is_mark(letter))
}

/// The same of what any address takes too: letters of English alone.
#[must_use]
pub fn address_stem(name: &str) -> String {
    stem(name, |letter| letter.is_ascii_alphanumeric())
}

/// The letters of a name in lower case, at most 40, with hyphens for what is between them.
fn stem(name: &str, is_letter: impl Fn(char) -> bool) -> String {
    let mut plain = String::new();
    for letter in name.chars() {
        if is_letter(letter) {
            plain.extend(letter.to_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    let plain: String = plain.chars().take(MAX_STEM).collect();
    let plain = plain.trim_end_matches('-');
    if plain.is_empty() { "result".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_names_a_result_and_its_files() {
        let mut result = RunResult { name: "old".to_owned(), ..RunResult::default() };
        let label = |name: &str, day: &str| ResultLabel {
            name: name.to_owned(),
            day: Some(day.to_owned()),
        };
        label(" ", "2026-03-01").put_on(&mut result);
        assert_eq!((&*result.name, result.origin.date.as_deref()), ("old", Some("2026-03-01")));
        label(" Forty songs ", "2026-03-02").put_on(&mut result);
        let day = result.origin.date.as_deref();
        assert_eq!((&*result.name, day), ("Forty songs", Some("2026-03-01")));
        for (name, stem) in [
            ("14 songs, 2026-11-30", "14-songs-2026-11-30"),
            ("歌", "歌"),
            ("a--B!", "a-b"),
            ("Étude: Test/X", "étude-test-x"),
            ("?!", "result"),
        ] {
            assert_eq!(file_stem(name), stem);
        }
        assert_eq!(address_stem("Étude 歌 x"), "tude-x");
        assert_eq!(file_stem(&"ab ".repeat(30)).len(), MAX_STEM);
        assert_eq!(file_stem(&"歌".repeat(60)).chars().count(), MAX_STEM);
    }

    #[test]
    fn a_result_says_why_it_has_no_evidence() {
        let mut result = RunResult::default();
        let published = "no evidence: the published files hold means only";
        assert_eq!(result.why_no_evidence(), Some(published));
        result.parameters.step = Some(0.0005);
        assert!(result.why_no_evidence().unwrap_or_default().contains("link"));
        result.parameters.step = None;
        result.parameters.mode = Some(Mode::Osu);
        assert!(result.why_no_evidence().unwrap_or_default().contains("without it"));
        result.evidence = Some(RunEvidence::default());
        assert_eq!(result.why_no_evidence(), None);
    }

    #[test]
    fn a_mapper_of_two_maps_counts_once() {
        let map = |creator: &str| ResultMap {
            creator: creator.to_owned(),
            version: String::new(),
            status: MapStatus::Encoded,
            owner: None,
            star_rating: None,
            beatmap_id: None,
            audio_file: None,
            audio_frames: None,
        };
        let maps = vec![map("bea"), map("ann"), map("bea")];
        let (title, artist) = (String::new(), String::new());
        let song = ResultSong { title, artist, maps, pairs: Vec::new(), ceiling: Vec::new() };
        assert_eq!(song.mappers(), ["ann", "bea"]);
    }
}
