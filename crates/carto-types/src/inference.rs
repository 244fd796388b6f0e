//! What the pairs of many songs say together: means over songs with intervals, verdicts, and
//! the place of a dimension between floor and ceiling.
//!
//! A dimension is whatever pairs have one value of: a channel, a measure of it, a latent. What
//! is missing is `None`, and takes no part in any mean, count or correction.

use serde::{Deserialize, Serialize};

/// The smallest agreement beyond the grid that is of interest: a verdict needs the interval on
/// one side of it. Maps of different songs share phrases, so a bound of 0 cannot hold. It was
/// chosen by eye on real pairs.
pub const AGREEMENT_MARGIN: f64 = 0.10;

/// With fewer songs than this, a verdict is undetermined.
pub const FEWEST_SONGS: u32 = 10;

/// Two maps have like counts where `|ln(objects of A / objects of B)|` is below this: the
/// greater has at most 28 % more.
pub const LIKE_COUNTS_LOG_RATIO: f64 = 0.25;

/// A pair of like counts may be a copy where more than this share of the sparser map's onsets
/// is in the other map, to the millisecond. It was chosen by eye on real pairs.
pub const COPY_SHARE: f64 = 0.9;

/// The half width for which [`MeanOverSongs::songs_needed`] counts songs.
pub const WANTED_HALF_WIDTH: f64 = 0.05;

/// A standard error and the interval of 95 % that follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Standard error, clustered by song.
    pub se: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// A number with its interval; `interval` is `None` where there are too few songs for one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The number itself.
    pub value: f64,
    /// Its interval over songs.
    pub interval: Option<Interval>,
}

/// From which test the p-value of a mean is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MeanTest {
    /// All signs of the songs' values, counted one by one; up to 40 songs.
    #[serde(rename = "sign flip")]
    SignFlip,
    /// Student's t; above 40 songs.
    #[serde(rename = "t-test")]
    T,
}

impl MeanTest {
    /// The test in a table: `sign flip`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SignFlip => "sign flip",
            Self::T => "t-test",
        }
    }
}

/// A two-sided p-value of a mean over songs being 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MeanPValue {
    /// In `[0, 1]`.
    pub p: f64,
    /// The test that gave it.
    pub test: MeanTest,
}

/// The mean of a dimension, each song counting once, and beside it the mean in which each pair
/// counts once, as the study has it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct MeanOverSongs {
    /// Songs with a value.
    pub n_songs: u32,
    /// Pairs with a value.
    pub n_pairs: u32,
    /// Mean over songs of the mean over a song's pairs; `None` without a value.
    pub mean: Option<f64>,
    /// Its t interval; `None` with fewer than two songs.
    pub interval: Option<Interval>,
    /// Mean over pairs.
    pub pair_mean: Option<f64>,
    /// Its t interval, with errors clustered by song.
    pub pair_interval: Option<Interval>,
    /// `None` with fewer than two songs.
    pub p_value: Option<MeanPValue>,
    /// Songs after which the interval would reach 0.05 to either side, by the spread of these
    /// songs; `None` with fewer than two.
    pub songs_needed: Option<u32>,
}

/// What an interval says of a dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Verdict {
    /// The whole interval is above [`AGREEMENT_MARGIN`].
    #[serde(rename = "agree")]
    Agree,
    /// The whole interval is below [`AGREEMENT_MARGIN`].
    #[serde(rename = "no agreement")]
    NoAgreement,
    /// The interval holds [`AGREEMENT_MARGIN`], or there are fewer songs than
    /// [`FEWEST_SONGS`].
    #[serde(rename = "undetermined")]
    #[default]
    Undetermined,
}

impl Verdict {
    /// The verdict in words: `no agreement`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::NoAgreement => "no agreement",
            Self::Undetermined => "undetermined",
        }
    }
}

/// How the agreement of pairs changes with their counts of objects: a least-squares line over
/// pairs against `|ln(objects of A / objects of B)|`, with errors clustered by song.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CountsLine {
    /// Pairs with a value and a ratio of counts.
    pub n_pairs: u32,
    /// Their songs.
    pub n_songs: u32,
    /// Mean over pairs.
    pub mean: f64,
    /// Change for a ratio of e.
    pub slope: Estimate,
    /// What the line says of maps with equal counts.
    pub at_equal_counts: Estimate,
    /// What the line says of a map with twice the objects of the other.
    pub at_two_to_one: Estimate,
}

/// Three groups of pairs, or one number for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PairGroups<T> {
    /// Two mappers, one song.
    pub cross: T,
    /// What two maps share that have only a bar grid in common.
    pub floor: T,
    /// Two difficulties that one mapper made for one set.
    pub ceiling: T,
}

/// Whether a dimension has a place between floor and ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum PlacementClass {
    /// The room between them is surely above [`AGREEMENT_MARGIN`].
    #[serde(rename = "placed")]
    Placed,
    /// It is not: one mapper does not repeat it, so what two mappers do not share cannot be
    /// called style.
    #[serde(rename = "not reproducible")]
    NotReproducible,
    /// One of the groups has fewer songs than [`FEWEST_SONGS`].
    #[serde(rename = "undetermined")]
    #[default]
    Undetermined,
}

impl PlacementClass {
    /// The class in words: `not reproducible`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::NotReproducible => "not reproducible",
            Self::Undetermined => "undetermined",
        }
    }
}

/// The place of a dimension between floor and ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Placement {
    /// Songs with a value in each group.
    pub n_songs: PairGroups<u32>,
    /// Whether there is a place.
    pub class: PlacementClass,
    /// Means over songs of each group; `None` where one has fewer than two songs.
    pub means: Option<PairGroups<f64>>,
    /// Ceiling less floor.
    pub room: Option<Estimate>,
    /// The part of the room that two mappers of one song share: (cross - floor) / room. It may
    /// lie outside `[0, 1]`. Only where the class is placed.
    pub song_share: Option<Estimate>,
    /// The rest: (ceiling - cross) / room = 1 - song share, with the same standard error.
    pub mapper_share: Option<Estimate>,
}

/// How much one song carries of a mean over songs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SongInfluence {
    /// The caller's number of the song.
    pub song_idx: u32,
    /// Its pairs with a value.
    pub n_pairs: u32,
    /// Mean over its pairs.
    pub value: f64,
    /// The mean over all songs less the mean without this one: above 0 for a song that raises
    /// it.
    pub change: f64,
}

/// How often channels have one sign over the rows of a matrix, if each latent were a mix of the
/// nine channels with random weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExpectedSigns {
    /// Numbers of the channels, ascending.
    pub channels: Vec<u32>,
    /// Rows with one sign for all, as counted.
    pub same_count: u32,
    /// Rows in which all have a sign.
    pub valid_rows: u32,
    /// Rows with one sign for all that random weights give on average.
    pub expected: f64,
    /// Probability of at least `same_count` under random weights (binomial: rows are taken for
    /// independent).
    pub p_random_weights: f64,
}
