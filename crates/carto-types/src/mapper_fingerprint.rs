//! The fingerprint of a mapper: in which dimensions their maps differ from those of other mappers
//! of the same songs, and by how much.
//!
//! A dimension is one number of a map: the mean level of a channel, SPACING, TURN, a feature, the
//! mean of a latent. What is missing is `None`, and takes no part in any mean or count.

use serde::{Deserialize, Serialize};

use crate::{EncoderFacts, Estimate, Issue, MeanOverSongs};

/// Two maps are compared where their star ratings are at most this far apart: farther apart,
/// difficulty would speak in the place of style.
pub const MOST_STARS_APART: f64 = 0.5;

/// Whether two maps with these star ratings are compared: both are rated, and they are at most
/// [`MOST_STARS_APART`] apart.
#[must_use]
pub fn are_of_like_stars(a: Option<f64>, b: Option<f64>) -> bool {
    // Ratings have five decimals, and their difference is rounded.
    const ROUNDING: f64 = 1e-9;
    a.zip(b).is_some_and(|(a, b)| (a - b).abs() <= MOST_STARS_APART + ROUNDING)
}

/// From this corrected p-value on, a difference may be one of many that chance gives.
pub const MOST_Q: f64 = 0.05;

/// The layout of [`MapperReport`] in `mapper.json`.
pub const MAPPER_FORMAT: &str = "carto-mapper/1";

/// What the numbers of maps are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DimensionGroup {
    /// The mean level of one of the nine channels while the map is active.
    #[serde(rename = "channel")]
    Channel,
    /// SPACING and TURN: from an object to the next.
    #[serde(rename = "movement")]
    Movement,
    /// One of the features that the classifier sees.
    #[serde(rename = "feature")]
    Feature,
    /// The mean of a latent over the map.
    #[serde(rename = "latent")]
    Latent,
}

impl DimensionGroup {
    /// Every group, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Channel, Self::Movement, Self::Feature, Self::Latent];

    /// The word in tables: `channel`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Movement => "movement",
            Self::Feature => "feature",
            Self::Latent => "latent",
        }
    }
}

/// All numbers of one map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapValues {
    /// Place as of [`SongPlan::map`](crate::SongPlan::map).
    pub map_idx: u32,
    /// Its mapper, in the surest spelling of the song; a group in one text.
    pub mapper: String,
    /// Whether the name is that of one person in every song: no group, and no name that the
    /// difficulty's name alone gives.
    pub is_known_person: bool,
    /// The difficulty's name.
    pub version: String,
    /// Stars without mods; `None` where it has no rating.
    pub star_rating: Option<f64>,
    /// Nine channels, SPACING, TURN and 44 features, in the order of `carto_mapper::dimensions`.
    pub values: Vec<Option<f64>>,
    /// The mean of each latent over the map; empty without an encoder.
    pub latents: Vec<Option<f64>>,
}

/// The maps of one song that stand for their mappers, with their numbers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SongMapValues {
    /// Place in the index.
    pub song_idx: u32,
    /// Title, as in the index.
    pub title: String,
    /// Artist, as in the index.
    pub artist: String,
    /// The maps that could be measured.
    pub maps: Vec<MapValues>,
    /// For each two mappers the two maps nearest in stars, by their [`MapValues::map_idx`].
    pub pairs: Vec<[u32; 2]>,
    /// Maps that could not be measured.
    pub issues: Vec<Issue>,
}

impl SongMapValues {
    /// The map at a place of the song's plan; `None` where it could not be measured.
    #[must_use]
    pub fn map(&self, map_idx: u32) -> Option<&MapValues> {
        self.maps.iter().find(|map| map.map_idx == map_idx)
    }
}

/// A mapper of a run who can have a fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapperCount {
    /// The name, in the commonest spelling.
    pub name: String,
    /// Songs in which a map of theirs is compared with one of another mapper of like stars.
    pub n_songs: u32,
    /// Their maps in these pairs.
    pub n_maps: u32,
}

/// In which direction a mapper differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum DifferenceVerdict {
    /// The mapper's maps have more of it.
    #[serde(rename = "higher")]
    Higher,
    /// The mapper's maps have less of it.
    #[serde(rename = "lower")]
    Lower,
    /// Neither can be said; [`DimensionDifference::why_undetermined`] says why.
    #[serde(rename = "undetermined")]
    #[default]
    Undetermined,
}

impl DifferenceVerdict {
    /// The verdict in words: `higher`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Undetermined => "undetermined",
        }
    }
}

/// Why the direction of a difference cannot be said; the first that holds, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WhyUndetermined {
    /// Fewer songs than [`FEWEST_SONGS`](crate::FEWEST_SONGS).
    #[serde(rename = "too few songs")]
    FewSongs,
    /// No pair of the mapper differs in it.
    #[serde(rename = "no difference")]
    NoDifference,
    /// The 95 % interval holds 0.
    #[serde(rename = "interval holds 0")]
    HoldsZero,
    /// The interval does not hold 0, but corrected for the number of dimensions the p-value is
    /// above [`MOST_Q`].
    #[serde(rename = "one of many tests")]
    OneOfMany,
    /// At equal stars the interval holds 0: the difference may be one of difficulty.
    #[serde(rename = "explained by stars")]
    Stars,
}

impl WhyUndetermined {
    /// The reason in words: `interval holds 0`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FewSongs => "too few songs",
            Self::NoDifference => "no difference",
            Self::HoldsZero => "interval holds 0",
            Self::OneOfMany => "one of many tests",
            Self::Stars => "explained by stars",
        }
    }
}

/// How many songs lie on which side of 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SongSigns {
    /// Songs in which the mapper has more.
    pub n_above: u32,
    /// Songs in which the mapper has less.
    pub n_below: u32,
    /// Songs without a difference.
    pub n_equal: u32,
}

/// How far apart in stars the maps of the pairs are.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct StarsApart {
    /// Pairs that are compared: at most [`MOST_STARS_APART`] apart.
    pub n_pairs: u32,
    /// Pairs that are left out since their maps are farther apart.
    pub n_too_far: u32,
    /// Pairs that are left out since a map has no rating.
    pub n_unrated: u32,
    /// Songs of the mapper of which no pair is compared.
    pub n_songs_left_out: u32,
    /// Mean distance in stars of the pairs that are compared.
    pub mean_apart: Option<f64>,
    /// Mean over these pairs of the mapper's stars less the other's.
    pub mean_difference: Option<f64>,
}

/// One dimension of a fingerprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DimensionDifference {
    /// What it is of.
    pub group: DimensionGroup,
    /// `ONSET` to `Y`, `SPACING`, `TURN`, the name of a feature, `z7` for a latent.
    pub name: String,
    /// The mapper's value less that of the other: over songs, and in the unit of the dimension.
    pub difference: MeanOverSongs,
    /// The songs' differences by sign.
    pub signs: SongSigns,
    /// The p-value, corrected for all dimensions of the fingerprint (Benjamini and Hochberg).
    pub q_value: Option<f64>,
    /// The mean difference without what the difference in stars explains; `None` for the star
    /// rating itself, and without pairs.
    pub at_equal_stars: Option<Estimate>,
    /// How far two mappers' maps of one song lie apart: the root of the mean square of the
    /// differences of all pairs of the run, each song counting once. `None` where none differ.
    pub spread: Option<f64>,
    /// The mean difference and its interval, divided by the spread.
    pub standardised: Option<Estimate>,
    /// Which way the mapper differs.
    pub verdict: DifferenceVerdict,
    /// Why that cannot be said; `None` where it can.
    pub why_undetermined: Option<WhyUndetermined>,
}

/// One of the two maps of an example.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExampleMap {
    /// Place as of [`SongPlan::map`](crate::SongPlan::map).
    pub map_idx: u32,
    /// Its mapper.
    pub mapper: String,
    /// The difficulty's name.
    pub version: String,
    /// Stars without mods.
    pub star_rating: Option<f64>,
    /// The value of the dimension.
    pub value: f64,
}

/// Two maps of one song that show a difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DifferenceExample {
    /// Place in the index.
    pub song_idx: u32,
    /// Title, as in the index.
    pub title: String,
    /// Artist, as in the index.
    pub artist: String,
    /// The mapper's map.
    pub own: ExampleMap,
    /// The map of another mapper.
    pub other: ExampleMap,
    /// The first value less the second.
    pub difference: f64,
    /// Where the bars begin in which the two differ most in this direction, ms on the time line
    /// of the mapper's map, the greatest difference first. Channels alone have such moments;
    /// empty where nobody looked for them, and for maps that are not aligned.
    pub moments_ms: Vec<f64>,
}

/// A dimension that sets a mapper apart, with examples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TypicalDimension {
    /// Place in [`MapperFingerprint::dimensions`].
    pub dimension_idx: u32,
    /// The pairs that show it most, one a song, the greatest difference first.
    pub examples: Vec<DifferenceExample>,
}

/// In what a mapper differs from the other mappers of the same songs, or from one of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapperFingerprint {
    /// The mapper, in the commonest spelling.
    pub mapper: String,
    /// The other mapper of a head-to-head; `None` for all others.
    pub against: Option<String>,
    /// Songs with a pair that is compared.
    pub n_songs: u32,
    /// Maps of the mapper in these pairs.
    pub n_maps: u32,
    /// Which pairs are compared, and how far apart they are in stars.
    pub stars: StarsApart,
    /// Every dimension: channels, movement, features, latents.
    pub dimensions: Vec<DimensionDifference>,
    /// The dimensions that set the mapper apart most, the greatest standardised difference first.
    pub typical: Vec<TypicalDimension>,
}

impl MapperFingerprint {
    /// A dimension by its name.
    #[must_use]
    pub fn dimension(&self, name: &str) -> Option<&DimensionDifference> {
        self.dimensions.iter().find(|dimension| dimension.name == name)
    }

    /// The typical dimensions with their examples.
    pub fn typical(&self) -> impl Iterator<Item = (&DimensionDifference, &[DifferenceExample])> {
        self.typical.iter().filter_map(|typical| {
            let dimension = self.dimensions.get(typical.dimension_idx as usize)?;
            Some((dimension, typical.examples.as_slice()))
        })
    }
}

/// What is saved of a mapper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapperReport {
    /// [`MAPPER_FORMAT`].
    pub format: String,
    /// The distance in stars up to which maps are compared: [`MOST_STARS_APART`].
    pub most_stars_apart: f64,
    /// The mapper against all others.
    pub fingerprint: MapperFingerprint,
    /// The mapper against one other; `None` where nobody is named.
    pub head_to_head: Option<MapperFingerprint>,
    /// What made the latents; `None` where there are none.
    #[serde(default)]
    pub encoder: Option<EncoderFacts>,
}

impl MapperReport {
    /// A report of the layout that this program writes, without latents.
    #[must_use]
    pub fn new(fingerprint: MapperFingerprint, head_to_head: Option<MapperFingerprint>) -> Self {
        let format = MAPPER_FORMAT.to_owned();
        Self {
            format,
            most_stars_apart: MOST_STARS_APART,
            fingerprint,
            head_to_head,
            encoder: None,
        }
    }
}
