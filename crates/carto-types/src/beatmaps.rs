//! What the view of beatmaps knows of maps, labels and classifiers.
//!
//! Features stand in the order of `COLUMNS` of `carto-features`, `None` for what a map
//! does not have.

use serde::{Deserialize, Serialize};

use crate::Issue;

/// The osu!standard maps of one file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MapsRead {
    /// Of an archive by name; of two entries with one name the later. A map that
    /// cannot be read keeps its place.
    pub maps: Vec<ReadMap>,
    /// What could not be read, and what a map lacks.
    pub issues: Vec<Issue>,
    /// Maps of osu!taiko, osu!catch and osu!mania, which are left out.
    pub n_other_games: u32,
}

/// One map of a file, with its features.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadMap {
    /// The file's name below what was dropped, archive first, as the command names it.
    pub path: String,
    /// What the map says of itself; `None` where it cannot be read.
    pub facts: Option<MapTexts>,
    /// MD5 sums by which collections name it, as hex: of its bytes, and of its bytes with
    /// Windows' line ends where they differ.
    pub md5: Vec<String>,
    /// `[3][n_columns]`: features played as it is, with DT, with HR; empty where it cannot
    /// be read.
    pub numbers: Vec<Vec<Option<f64>>>,
    /// Share of its objects that begin while another lasts or begins, `[0, 1]`; 0 where it
    /// cannot be read.
    pub overlap_share: f64,
}

/// Texts by which a map names its song, its mapper and itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MapTexts {
    /// `BeatmapID`, else the file's name where that is a number.
    pub id: Option<u64>,
    /// `Title`, romanised.
    pub title: String,
    /// `Artist`, romanised.
    pub artist: String,
    /// `Creator`.
    pub creator: String,
    /// `Version`: the difficulty's name.
    pub version: String,
}

/// One collection of a person, whose name is a label of the maps in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelSource {
    /// As the person named it.
    pub name: String,
    /// MD5 sums of its maps, as hex; those without one are left out.
    pub md5: Vec<String>,
    /// Ids of its maps, where the file has them.
    pub ids: Vec<u64>,
}

/// A map with the labels that a person gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelledMap {
    /// `[n_columns]` features.
    pub row: Vec<Option<f64>>,
    /// At least one; the first is the one that is learnt, the others count as right too.
    pub labels: Vec<String>,
    /// `Title`: maps of one song stay on one side of a split.
    pub title: String,
    /// `Artist`, which names the song together with the title.
    pub artist: String,
}

/// What a classifier says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelFacts {
    /// The labels that it tells apart, ascending.
    pub labels: Vec<String>,
    /// Maps that it was trained on.
    pub n_maps: u32,
    /// Songs of those maps.
    pub n_songs: u32,
    /// Share of first labels that were right on songs it had not seen, where that was
    /// measured.
    pub cross_validated_top_1: Option<f64>,
    /// What else its file says.
    pub note: Option<String>,
}

/// What one feature of a map does to the probability of its first label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Influence {
    /// Name of the feature.
    pub column: String,
    /// The map's value.
    pub value: Option<f64>,
    /// Median of the maps that the classifier was trained on.
    pub median: f64,
    /// First and third quartile of those among them that have the map's first label; `None`
    /// where the classifier's file does not say.
    pub typical: Option<(f64, f64)>,
    /// Probability of the first label less that with the median in place of the value, in
    /// `[-1, 1]`.
    pub change: f64,
}

/// A classifier that was trained on a person's labels, and how it scored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrainedModel {
    /// The classifier's file.
    pub bytes: Vec<u8>,
    /// What the file says of itself.
    pub facts: ModelFacts,
    /// Score of each fold of the cross-validation.
    pub folds: Vec<FoldScore>,
    /// Accuracy of always naming the most frequent label.
    pub majority: f64,
}

impl TrainedModel {
    /// Maps that were held out in turn, and those of them whose first label was right.
    #[must_use]
    pub fn score(&self) -> FoldScore {
        let sum = |of: fn(&FoldScore) -> u32| self.folds.iter().map(of).sum();
        FoldScore { n_maps: sum(|fold| fold.n_maps), n_right: sum(|fold| fold.n_right) }
    }

    /// Whether it predicts labels better than always naming the most frequent one, and by more
    /// than chance gives: the lower bound of a one-sided 95% interval of its accuracy (Wilson)
    /// lies above.
    ///
    /// # Source
    ///
    /// E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    /// Journal of the American Statistical Association 22, 1927.
    #[must_use]
    pub fn is_better_than_guessing(&self) -> bool {
        /// The 95% quantile of the standard normal distribution.
        const Z: f64 = 1.644_853_626_951_472_7;
        let FoldScore { n_maps, n_right } = self.score();
        if n_maps == 0 {
            return false;
        }
        let n = f64::from(n_maps);
        let share = f64::from(n_right) / n;
        let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let lowest = (share + Z * Z / (2.0 * n) - spread) / (1.0 + Z * Z / n);
        lowest > self.majority
    }
}

/// Score of one fold: songs that the classifier was trained without.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoldScore {
    /// Maps in the fold.
    pub n_maps: u32,
    /// Maps of the fold whose first label was right.
    pub n_right: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_classifier_must_beat_the_most_frequent_label_by_more_than_chance() {
        let is_better = |n_maps, n_right, majority| {
            let facts = ModelFacts {
                labels: Vec::new(),
                n_maps,
                n_songs: n_maps,
                cross_validated_top_1: None,
                note: None,
            };
            // In two folds, which count together.
            let half = FoldScore { n_maps: n_maps / 2, n_right: n_right / 2 };
            let rest = FoldScore { n_maps: n_maps - half.n_maps, n_right: n_right - half.n_right };
            let folds = vec![half, rest];
            TrainedModel { bytes: Vec::new(), facts, folds, majority }.is_better_than_guessing()
        };
        assert!(is_better(32, 30, 0.5));
        assert!(!is_better(32, 16, 0.5) && !is_better(32, 10, 0.5) && !is_better(0, 0, 0.5));
        // 19 of 32 are chance once in six times, 21 once in eighteen, 22 once in forty.
        assert!(!is_better(32, 19, 0.5) && is_better(32, 22, 0.5));
        assert!(is_better(320, 190, 0.5), "the same share of ten times as many");
    }
}
