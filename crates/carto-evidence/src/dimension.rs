use carto_types::{DimensionEvidence, PairEvidence, PairGroups, PairKind, Placement};

use crate::counts::{CountedPair, counts_line, has_like_counts};
use crate::over_songs::{influences, mean_over_songs, untested_mean, verdict};
use crate::placement::placement;
use crate::sign_flip::benjamini_hochberg;
use crate::song_values::SongValues;

/// The most songs that [`DimensionEvidence::influences`] names.
const MOST_INFLUENCES: usize = 10;

/// One pair in one dimension.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DimensionPair {
    /// The number of the pair's song: the same in all kinds of pairs.
    pub song_idx: u32,
    /// Which two maps it is.
    pub kind: PairKind,
    /// `|ln(objects of A / objects of B)|`; `None` without objects.
    pub log_ratio: Option<f64>,
    /// The pair's value.
    pub value: Option<f64>,
    /// What a shared grid gives in its place: the mean value of map A with maps of other songs.
    /// It counts for [`PairKind::Cross`] alone.
    pub floor: Option<f64>,
}

impl DimensionPair {
    /// - `is_as_is`: whether the values are those at lag 0, and not those of the aligned maps
    pub(crate) fn new(
        (song_idx, kind): (u32, PairKind),
        evidence: &PairEvidence,
        is_as_is: bool,
        value: Option<f64>,
        floor: Option<f64>,
    ) -> Self {
        let span = if is_as_is { &evidence.as_is } else { &evidence.aligned };
        let log_ratio = span.as_ref().and_then(|span| span.log_ratio);
        Self { song_idx, kind, log_ratio, value, floor }
    }
}

/// One dimension of a table, with the values of its pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct Dimension {
    /// `ONSET` to `Y`, `SPACING`, the number of a latent.
    pub name: String,
    /// Whether it is copied within a set, as hit sounds are: then guest difficulties say nothing
    /// of it.
    pub is_copied_in_sets: bool,
    /// Pairs of all kinds.
    pub pairs: Vec<DimensionPair>,
}

/// What is to be found of the dimensions of one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TableRules {
    /// Values are in excess of what a grid gives, so that there are verdicts.
    pub has_verdicts: bool,
    /// Values have a floor, so that there is a place between floor and ceiling.
    pub has_floor: bool,
    /// Means are tested against 0. Between 34 and 40 songs a test takes some 50 ms.
    pub has_p_values: bool,
}

/// All that pairs say of the dimensions of one table, with p-values corrected for their number.
///
/// The mean is that of [`PairKind::Cross`]. For a place between floor and ceiling, pairs with
/// unlike counts of objects are left out, since agreement falls with them.
#[must_use]
pub fn evidence_of_table(rules: TableRules, dimensions: &[Dimension]) -> Vec<DimensionEvidence> {
    let of_one = |dimension: &Dimension| evidence_of_dimension(rules, dimension);
    let mut table: Vec<DimensionEvidence> = dimensions.iter().map(of_one).collect();
    let p_values: Vec<_> = table.iter().map(|found| found.mean.p_value.map(|p| p.p)).collect();
    for (found, q_value) in table.iter_mut().zip(benjamini_hochberg(&p_values)) {
        found.q_value = q_value;
    }
    table
}

/// One dimension, still without the correction for the others.
fn evidence_of_dimension(rules: TableRules, dimension: &Dimension) -> DimensionEvidence {
    let cross: Vec<&DimensionPair> = of_kind(dimension, PairKind::Cross).collect();
    let values = values_of(cross.iter().copied());
    let mean = match rules.has_p_values {
        true => mean_over_songs(&values),
        false => untested_mean(&values),
    };
    let counted = |pair: &&DimensionPair| CountedPair {
        song_idx: pair.song_idx,
        log_ratio: pair.log_ratio,
        value: pair.value,
    };
    let mut influences = if rules.has_verdicts { influences(&values) } else { Vec::new() };
    influences.truncate(MOST_INFLUENCES);
    let guests_say = rules.has_floor && !dimension.is_copied_in_sets;
    DimensionEvidence {
        name: dimension.name.clone(),
        q_value: None,
        verdict: rules.has_verdicts.then(|| verdict(mean.n_songs, mean.interval)),
        counts_line: counts_line(&cross.iter().map(counted).collect::<Vec<_>>()),
        placement: rules.has_floor.then(|| place_of(dimension, PairKind::Cross)),
        guest_placement: guests_say.then(|| place_of(dimension, PairKind::Guest)),
        influences,
        mean,
    }
}

/// Between floor and ceiling: pairs of two mappers of one kind.
fn place_of(dimension: &Dimension, two_mappers: PairKind) -> Placement {
    let alike =
        |kind| values_of(of_kind(dimension, kind).filter(|pair| has_like_counts(pair.log_ratio)));
    let floor = of_kind(dimension, PairKind::Cross).map(|pair| (pair.song_idx, pair.floor));
    placement(&PairGroups {
        cross: alike(two_mappers),
        floor: SongValues::of(floor),
        ceiling: alike(PairKind::SameMapper),
    })
}

fn of_kind(dimension: &Dimension, kind: PairKind) -> impl Iterator<Item = &DimensionPair> {
    dimension.pairs.iter().filter(move |pair| pair.kind == kind)
}

fn values_of<'a>(pairs: impl Iterator<Item = &'a DimensionPair>) -> SongValues {
    SongValues::of(pairs.map(|pair| (pair.song_idx, pair.value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use carto_types::PlacementClass;

    fn pair(song_idx: u32, kind: PairKind, value: f64) -> DimensionPair {
        let value = value + 0.01 * f64::from(song_idx % 3);
        DimensionPair { song_idx, kind, log_ratio: Some(0.1), value: Some(value), floor: Some(0.1) }
    }

    fn dimension(name: &str, is_copied_in_sets: bool) -> Dimension {
        let of_song = |song| {
            let kinds =
                [(PairKind::Cross, 0.4), (PairKind::Guest, 0.5), (PairKind::SameMapper, 0.7)];
            kinds.map(|(kind, value)| pair(song, kind, value))
        };
        let pairs = (0..12).flat_map(of_song).collect();
        Dimension { name: name.to_owned(), is_copied_in_sets, pairs }
    }

    #[test]
    fn a_table_has_what_its_rules_allow() {
        let dimensions = [dimension("ONSET", false), dimension("CLAP", true)];
        let rules = TableRules { has_verdicts: true, has_floor: true, has_p_values: true };
        let [onset, clap] = evidence_of_table(rules, &dimensions).try_into().unwrap();
        assert_eq!((onset.name.as_str(), onset.mean.n_pairs), ("ONSET", 12));
        assert_eq!(onset.influences.len(), 10);
        let guests = onset.guest_placement.unwrap();
        assert_eq!(guests.class, PlacementClass::Placed);
        assert!(guests.means.unwrap().cross > onset.placement.unwrap().means.unwrap().cross);
        assert_eq!(clap.guest_placement, None);
        assert!(clap.placement.is_some());
        // Two equal tests: the correction takes nothing away from either.
        assert_eq!(onset.q_value, onset.mean.p_value.map(|p| p.p));

        let plain = &evidence_of_table(TableRules::default(), &dimensions)[0];
        assert_eq!((plain.verdict, plain.placement, plain.guest_placement), (None, None, None));
        assert!(plain.influences.is_empty() && plain.mean.interval.is_some());
        assert_eq!((plain.mean.p_value, plain.q_value), (None, None));
        assert_eq!(plain.mean.interval, onset.mean.interval);
    }

    #[test]
    fn unlike_counts_take_no_part_in_places() {
        let mut onset = dimension("ONSET", false);
        onset.pairs.iter_mut().for_each(|pair| pair.log_ratio = Some(0.3));
        let rules = TableRules { has_verdicts: true, has_floor: true, has_p_values: false };
        let found = evidence_of_table(rules, &[onset]).remove(0);
        let songs = found.placement.unwrap().n_songs;
        assert_eq!(songs, PairGroups { cross: 0, floor: 12, ceiling: 0 });
        assert_eq!(found.mean.n_songs, 12);
    }
}
