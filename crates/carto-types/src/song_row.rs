//! The rows of the table of songs: of a run, of a result file and of a link.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    AudioRelation, MapFacts, MapOutcome, MapRefusal, OwnerEvidence, Ownership, PairAgreement,
    PairDoubt, PairLag, PairOutcome, PlannedMap, ResultMap, ResultPair, SignalChannel, SongPlan,
    frames_ms,
};

/// One song of the table, with all that its row says when it is opened.
///
/// Rows are copied whenever the table is sorted: what may be long is shared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SongRow {
    /// Place in the index of the run, or in the songs of the result.
    pub song_idx: u32,
    /// Title, as in the song's first archive.
    pub title: String,
    /// Artist, as in the song's first archive.
    pub artist: String,
    /// Its mappers: hosts of its sets or owners of its difficulties, as the rules have it.
    pub mappers: Arc<[SongMapper]>,
    /// Names of its difficulties, one a line: of all in its archives, of a result file those that
    /// stand for their mappers.
    pub difficulties: Arc<str>,
    /// The maps that stand for their mappers; none where the song is not compared.
    pub maps: Arc<[SongMap]>,
    /// The pairs that were compared; none until they are, and none in a link.
    pub pairs: Arc<[SongPair]>,
    /// Pairs compared and not left out; `None` until they are, and where that is not known.
    pub n_pairs: Option<usize>,
    /// Pairs whose maps do not have one audio file.
    pub other_audio: OtherAudio,
    /// Mean r of each channel over its pairs; `None` without a pair.
    pub r: Option<[f64; SignalChannel::COUNT]>,
    /// How far.
    pub status: SongStatus,
}

impl SongRow {
    /// Whether it was compared, and all its pairs were left out as doubtful.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        self.status == SongStatus::Done && self.n_pairs == Some(0)
    }

    /// Whether its title, artist, one of its mappers or one of its difficulties has these words.
    ///
    /// - `words`: in lower case
    #[must_use]
    pub fn has(&self, words: &str) -> bool {
        let mappers = self.mappers.iter().map(|mapper| &*mapper.name);
        let texts = [&*self.title, &*self.artist, &*self.difficulties].into_iter().chain(mappers);
        texts.into_iter().any(|text| text.to_lowercase().contains(words))
    }
}

/// A mapper of a song.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SongMapper {
    /// The name; the names of a group in one text.
    pub name: String,
    /// The strongest evidence for any of the difficulties; [`OwnerEvidence::Host`] where one
    /// is the host's; `None` under the published rules, which know hosts alone.
    pub evidence: Option<OwnerEvidence>,
}

/// A map that stands for its mapper in a song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SongMap {
    /// Whose map.
    pub mapper: String,
    /// Name of the difficulty.
    pub version: String,
    /// Who made it and how that is known; `None` under the published rules.
    pub owner: Option<Ownership>,
    /// Its number on osu!'s site; `None` where it was never uploaded or is not known.
    pub beatmap_id: Option<u64>,
    /// Stars without mods; `None` where it has no rating, and under the published rules.
    pub star_rating: Option<f64>,
    /// Name of its audio file, where it has one.
    pub audio_file: Option<String>,
    /// Frames of its own audio; `None` until they are measured, and where they cannot be.
    pub audio_frames: Option<u32>,
    /// Why it takes no part, where it does not.
    pub refusal: Option<MapRefusal>,
}

impl SongMap {
    /// A map of a plan, before it is compared.
    ///
    /// - `facts`: of its `.osu`, where they are known
    #[must_use]
    pub fn planned(map: &PlannedMap, facts: Option<&MapFacts>) -> Self {
        Self {
            mapper: map.creator.clone(),
            version: map.version.clone(),
            owner: map.owner.clone(),
            beatmap_id: facts.and_then(MapFacts::beatmap_number),
            star_rating: map.star_rating,
            audio_file: facts.and_then(MapFacts::audio_file).map(str::to_owned),
            audio_frames: None,
            refusal: map.refusal.clone(),
        }
    }

    /// The same map, after the attempt.
    #[must_use]
    pub fn tried(&self, outcome: &MapOutcome) -> Self {
        let refusal = outcome.status.refusal().cloned();
        Self { audio_frames: outcome.audio_frames, refusal, ..self.clone() }
    }

    /// Length of its audio in milliseconds.
    #[must_use]
    pub fn audio_ms(&self) -> Option<f64> {
        self.audio_frames.map(frames_ms)
    }
}

impl From<&ResultMap> for SongMap {
    fn from(map: &ResultMap) -> Self {
        Self {
            mapper: map.creator.clone(),
            version: map.version.clone(),
            owner: map.owner.clone(),
            beatmap_id: map.beatmap_id,
            star_rating: map.star_rating,
            audio_file: map.audio_file.clone(),
            audio_frames: map.audio_frames,
            refusal: map.status.refusal().cloned(),
        }
    }
}

impl SongMapper {
    /// The name, and behind it how it is known where no difficulty is the host's:
    /// `Bea (name and tags)`.
    #[must_use]
    pub fn text(&self) -> String {
        match self.evidence {
            Some(evidence) if evidence != OwnerEvidence::Host => {
                format!("{} ({})", self.name, evidence.name())
            }
            _ => self.name.clone(),
        }
    }

    /// The mappers of these maps, by name.
    #[must_use]
    pub fn of_maps(maps: &[SongMap]) -> Vec<Self> {
        let mut mappers: Vec<Self> = Vec::new();
        for map in maps {
            let evidence = map.owner.as_ref().map(|owner| owner.evidence);
            match mappers.iter_mut().find(|known| known.name == map.mapper) {
                Some(known) => {
                    let both = known.evidence.zip(evidence).map(|(a, b)| a.or_stronger(b));
                    known.evidence = both.or(known.evidence).or(evidence);
                }
                None => mappers.push(Self { name: map.mapper.clone(), evidence }),
            }
        }
        mappers.sort_by(|a, b| a.name.cmp(&b.name));
        mappers
    }
}

/// Two maps of a song that were compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SongPair {
    /// Place of the first in the row's maps.
    pub a: u32,
    /// Place of the second in the row's maps.
    pub b: u32,
    /// How their audio relates; `None` where that is not known.
    pub audio: Option<AudioRelation>,
    /// Why it is no plain comparison of two mappers, where it is not.
    pub doubt: Option<PairDoubt>,
    /// How much they agree.
    pub agreement: PairAgreement,
    /// By how much their times lie apart; `None` without evidence.
    pub lag: Option<PairLag>,
}

impl SongPair {
    /// A pair of a plan, compared.
    #[must_use]
    pub fn compared(plan: &SongPlan, pair: &PairOutcome) -> Self {
        let &PairOutcome { a, b, audio, agreement, .. } = pair;
        let (doubt, lag) = (plan.doubt(pair), pair.lag.clone());
        Self { a, b, audio: Some(audio), doubt, agreement, lag }
    }
}

impl SongPair {
    /// Whether its audio is not the same since a map has none that can be measured: whether the
    /// lengths differ is not known then.
    ///
    /// - `maps`: those of its song
    #[must_use]
    pub fn has_unknown_length(&self, maps: &[SongMap]) -> bool {
        let is_unknown =
            |idx: u32| maps.get(idx as usize).is_some_and(|map| map.audio_frames.is_none());
        self.audio == Some(AudioRelation::Other) && (is_unknown(self.a) || is_unknown(self.b))
    }
}

impl From<&ResultPair> for SongPair {
    /// Channels that a result lacks, which the check of a file lets none, agree in nothing.
    fn from(pair: &ResultPair) -> Self {
        let channel = |idx: usize| pair.channels.get(idx).copied().unwrap_or_default();
        let agreement =
            PairAgreement { channels: std::array::from_fn(channel), full_cosine: pair.full_cosine };
        let doubt = pair.audio.filter(|audio| *audio == AudioRelation::Other);
        let doubt = doubt.map(|_| PairDoubt::OtherAudio);
        let lag = pair.evidence.as_deref().map(PairLag::from);
        Self { a: pair.a, b: pair.b, audio: pair.audio, doubt, agreement, lag }
    }
}

/// Pairs of a song whose maps do not have one audio file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct OtherAudio {
    /// All of them.
    pub n_pairs: usize,
    /// Those whose files differ in length too; `None` until that is measured.
    pub n_other_length: Option<usize>,
    /// Those of which a map has no audio that can be measured.
    pub n_unknown_length: usize,
}

impl OtherAudio {
    /// Of pairs that were compared; pairs of which it is not known count as one file's.
    ///
    /// - `maps`: those that the pairs are of
    #[must_use]
    pub fn of_pairs(maps: &[SongMap], pairs: &[SongPair]) -> Self {
        let n_unknown_length = pairs.iter().filter(|pair| pair.has_unknown_length(maps)).count();
        let n_other = pairs.iter().filter(|pair| pair.audio == Some(AudioRelation::Other)).count();
        let relations = || pairs.iter().filter_map(|pair| pair.audio);
        let is_other = |audio: &AudioRelation| *audio != AudioRelation::SameFile;
        Self {
            n_pairs: relations().filter(is_other).count(),
            n_other_length: Some(n_other - n_unknown_length),
            n_unknown_length,
        }
    }
}

/// How far a song is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SongStatus {
    /// In the queue.
    Waiting,
    /// Maps behind us, and all of them.
    Comparing {
        /// Encoded or refused.
        n_done: usize,
        /// All of the plan.
        n_total: usize,
    },
    /// Compared.
    Done,
    /// Finished without two maps to compare.
    NoPairs,
    /// Of a link, which carries names alone.
    NameOnly,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ChannelAgreement;

    fn map(mapper: &str, evidence: OwnerEvidence) -> SongMap {
        SongMap {
            mapper: mapper.to_owned(),
            version: "Hard".to_owned(),
            owner: Some(Ownership { names: vec![mapper.to_owned()], evidence }),
            beatmap_id: None,
            star_rating: None,
            audio_file: None,
            audio_frames: Some(16_384),
            refusal: None,
        }
    }

    #[test]
    fn a_mapper_counts_once_with_the_strongest_evidence() {
        use OwnerEvidence::{Host, Name, Tags};
        let maps = [map("bea", Name), map("ann", Tags), map("bea", Tags), map("ann", Host)];
        let mapper =
            |name: &str, evidence| SongMapper { name: name.to_owned(), evidence: Some(evidence) };
        assert_eq!(SongMapper::of_maps(&maps), [mapper("ann", Host), mapper("bea", Tags)]);
        assert_eq!(maps[0].audio_ms(), Some(98_000.0));
    }

    #[test]
    fn a_song_is_found_by_its_mappers_and_difficulties_too() {
        let maps = [map("Bea", OwnerEvidence::Host)];
        let row = SongRow {
            song_idx: 0,
            title: "Tide".to_owned(),
            artist: "Kite Season".to_owned(),
            mappers: SongMapper::of_maps(&maps).into(),
            difficulties: "Hard\nDora's Extra".into(),
            maps: maps.into(),
            pairs: Arc::default(),
            n_pairs: None,
            other_audio: OtherAudio::default(),
            r: None,
            status: SongStatus::Waiting,
        };
        for words in ["tide", "season", "bea", "extra", "hard"] {
            assert!(row.has(words), "{words}");
        }
        assert!(!row.has("cid"));
    }

    #[test]
    fn pairs_of_other_audio_are_counted_where_it_is_known() {
        let agreement = PairAgreement {
            channels: [ChannelAgreement::default(); SignalChannel::COUNT],
            full_cosine: 0.0,
        };
        let pair = |audio| SongPair { a: 0, b: 1, audio, doubt: None, agreement, lag: None };
        let pairs = [
            pair(Some(AudioRelation::SameFile)),
            pair(Some(AudioRelation::SameLength)),
            pair(Some(AudioRelation::Other)),
            pair(None),
        ];
        let mut maps = [map("ann", OwnerEvidence::Host), map("bea", OwnerEvidence::Host)];
        let found = OtherAudio::of_pairs(&maps, &pairs);
        let lengths = (found.n_other_length, found.n_unknown_length);
        assert_eq!((found.n_pairs, lengths), (2, (Some(1), 0)));
        maps[1].audio_frames = None;
        let found = OtherAudio::of_pairs(&maps, &pairs);
        assert_eq!((found.n_other_length, found.n_unknown_length), (Some(0), 1));
    }
}
