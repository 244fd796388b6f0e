//! What the chart of the view draws: of each dimension a line, and on it the mapper, or both mappers
//! of a head-to-head against all others.

use std::sync::Arc;

use carto_charts::{MapperChart, MapperRow, TenthsAxis};
use carto_types::DimensionGroup;
use leptos::prelude::*;

use crate::state::Found;

/// Features, and latents, that have a line at first, beside those that set the mapper apart.
const N_FEATURES: usize = 6;

/// The groups of which not all have a line at first.
const LONG_GROUPS: [DimensionGroup; 2] = [DimensionGroup::Feature, DimensionGroup::Latent];

/// The chart, once there is one.
pub(crate) type ShownPlate = Memo<Option<Arc<Plate>>>;

/// One dimension.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// What is said of it: the mapper against all others, or against one.
    pub(crate) row: MapperRow,
    /// The mapper against all others, and in a head-to-head the other one against all others.
    pub(crate) lanes: Vec<Option<MapperRow>>,
}

/// The chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plate {
    /// Figures, table and words.
    pub(crate) chart: MapperChart,
    /// The axis of all lines.
    pub(crate) axis: TenthsAxis,
    /// Heading and lines of each group.
    pub(crate) groups: Vec<(&'static str, Vec<Line>)>,
    /// Names of the mappers, one for each lane.
    pub(crate) lanes: Vec<String>,
    /// Features and latents without a line.
    pub(crate) n_hidden: usize,
}

impl Plate {
    /// - `shows_all`: whether every feature and latent has a line
    pub(crate) fn new(found: &Found, shows_all: bool) -> Self {
        let chart = MapperChart::new(found.shown());
        let of_mapper = MapperChart::new(&found.report.fingerprint);
        let of_other = found.of_against.as_ref().map(MapperChart::new);
        let lanes: Vec<&MapperChart> = match (&found.report.head_to_head, &of_other) {
            (Some(_), Some(of_other)) => vec![&of_mapper, of_other],
            _ => vec![&of_mapper],
        };
        let in_lane = |chart: &MapperChart, name: &str| {
            chart.rows.iter().find(|row| row.name() == name).cloned()
        };
        let line = |row: &MapperRow| Line {
            lanes: lanes.iter().map(|chart| in_lane(chart, row.name())).collect(),
            row: row.clone(),
        };
        let kept = LONG_GROUPS.map(|group| kept_lines(&chart, group, shows_all)).concat();
        let is_kept = |row: &&MapperRow| {
            !LONG_GROUPS.contains(&row.found.group) || kept.contains(&row.name())
        };
        let groups: Vec<(&'static str, Vec<Line>)> = chart
            .groups()
            .map(|(heading, rows)| (heading, rows.iter().filter(is_kept).map(line).collect()))
            .filter(|(_, lines): &(_, Vec<Line>)| !lines.is_empty())
            .collect();
        let n_lines: usize = groups.iter().map(|(_, lines)| lines.len()).sum();
        let drawn: Vec<&MapperRow> = groups
            .iter()
            .flat_map(|(_, lines)| lines)
            .flat_map(|line| line.lanes.iter().flatten())
            .collect();
        Self {
            axis: axis(&drawn),
            lanes: lanes.iter().map(|lane| lane.mapper.clone()).collect(),
            n_hidden: chart.rows.len() - n_lines,
            groups,
            chart,
        }
    }

    /// All lines, from the top.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.groups.iter().flat_map(|(_, lines)| lines)
    }

    /// The line of a dimension.
    pub(crate) fn line(&self, name: &str) -> Option<&Line> {
        self.lines().find(|line| line.row.name() == name)
    }
}

/// Names of the dimensions of a group that have a line.
fn kept_lines(chart: &MapperChart, group: DimensionGroup, shows_all: bool) -> Vec<&str> {
    let is_of_group = |row: &&MapperRow| row.found.group == group;
    let mut rows: Vec<&MapperRow> = chart.rows.iter().filter(is_of_group).collect();
    let size = |row: &MapperRow| row.found.standardised.map_or(0.0, |it| it.value.abs());
    rows.sort_by(|a, b| {
        b.is_determined().cmp(&a.is_determined()).then(size(b).total_cmp(&size(a)))
    });
    let n_determined = rows.iter().filter(|row| row.is_determined()).count();
    let n_kept = if shows_all { rows.len() } else { n_determined.max(N_FEATURES) };
    rows.into_iter().take(n_kept).map(MapperRow::name).collect()
}

/// As wide as the marks need, and the same to both sides of 0 at least.
fn axis(rows: &[&MapperRow]) -> TenthsAxis {
    let ends = rows.iter().filter_map(|row| row.found.standardised).flat_map(|it| {
        let interval = it.interval.map_or([it.value; 2], |interval| [interval.low, interval.high]);
        [it.value, interval[0], interval[1]]
    });
    TenthsAxis::covering((-6, 6), (-12, 12), &ends.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use carto_types::{
        DifferenceVerdict, DimensionDifference, Estimate, Interval, MapperFingerprint,
        MapperReport, MeanOverSongs, SongSigns, StarsApart,
    };

    use super::*;

    fn fingerprint(mapper: &str, against: Option<&str>, shift: f64) -> MapperFingerprint {
        let dimension = |group, name: String, value: f64| {
            let interval = Some(Interval { se: 0.05, low: value - 0.1, high: value + 0.1 });
            DimensionDifference {
                group,
                name,
                difference: MeanOverSongs::default(),
                signs: SongSigns::default(),
                q_value: None,
                at_equal_stars: None,
                spread: Some(1.0),
                standardised: Some(Estimate { value, interval }),
                verdict: DifferenceVerdict::default(),
                why_undetermined: None,
            }
        };
        let mut dimensions =
            vec![dimension(DimensionGroup::Channel, "ONSET".to_owned(), 0.1 + shift)];
        dimensions.extend((0..9).map(|idx| {
            dimension(DimensionGroup::Feature, format!("f{idx}"), f64::from(idx) * 0.05)
        }));
        if let Some(last) = dimensions.last_mut() {
            last.verdict = DifferenceVerdict::Higher;
        }
        MapperFingerprint {
            mapper: mapper.to_owned(),
            against: against.map(str::to_owned),
            n_songs: 12,
            n_maps: 12,
            stars: StarsApart::default(),
            dimensions,
            typical: Vec::new(),
        }
    }

    fn found(has_other: bool) -> Found {
        let head_to_head = has_other.then(|| fingerprint("Ann", Some("Bea"), 0.2));
        Found {
            report: MapperReport::new(fingerprint("Ann", None, 0.0), head_to_head),
            of_against: has_other.then(|| fingerprint("Bea", None, -0.9)),
            others: Vec::new(),
            n_guest_maps: 0,
            n_songs: (12, 12),
        }
    }

    #[test]
    fn small_features_wait_until_they_are_asked_for() {
        let plate = Plate::new(&found(false), false);
        assert_eq!((plate.lines().count(), plate.n_hidden), (1 + 6, 3));
        assert!(plate.line("f8").is_some() && plate.line("f0").is_none());
        let plate = Plate::new(&found(false), true);
        assert_eq!((plate.lines().count(), plate.n_hidden), (10, 0));
    }

    #[test]
    fn latents_wait_as_features_do() {
        let mut found = found(false);
        let dimensions = &mut found.report.fingerprint.dimensions;
        let latents: Vec<_> = dimensions[1..].iter().cloned().enumerate().collect();
        dimensions.extend(latents.into_iter().map(|(idx, it)| DimensionDifference {
            group: DimensionGroup::Latent,
            name: format!("z{idx}"),
            ..it
        }));
        let plate = Plate::new(&found, false);
        assert_eq!((plate.lines().count(), plate.n_hidden), (1 + 6 + 6, 6));
        assert_eq!(Plate::new(&found, true).n_hidden, 0);
    }

    #[test]
    fn a_head_to_head_has_a_lane_for_each() {
        let plate = Plate::new(&found(true), false);
        assert_eq!(plate.lanes, ["Ann", "Bea"]);
        let line = plate.line("ONSET").unwrap();
        let value = |row: &MapperRow| row.found.standardised.unwrap().value;
        assert!((value(&line.row) - 0.3).abs() < 1e-12);
        let lanes: Vec<_> = line.lanes.iter().flatten().map(value).collect();
        assert!((lanes[0] - 0.1).abs() < 1e-12 && (lanes[1] + 0.8).abs() < 1e-12);
        assert!(plate.axis.holds(-0.9), "the axis reaches as far as the other's interval");
    }
}
