use carto_types::{Interval, MeanOverSongs, SongSigns, WhyUndetermined};

use super::*;

fn dimension(group: DimensionGroup, name: &str, value: Option<f64>) -> DimensionDifference {
    let verdict = match value {
        Some(value) if value > 0.3 => DifferenceVerdict::Higher,
        Some(value) if value < -0.3 => DifferenceVerdict::Lower,
        _ => DifferenceVerdict::Undetermined,
    };
    let interval = |value: f64| Interval { se: 0.05, low: value - 0.1, high: value + 0.1 };
    let estimate = value.map(|value| Estimate { value, interval: Some(interval(value)) });
    let n_songs = if value.is_some() { 14 } else { 0 };
    let why = if value.is_some() { WhyUndetermined::HoldsZero } else { WhyUndetermined::FewSongs };
    DimensionDifference {
        group,
        name: name.to_owned(),
        difference: MeanOverSongs {
            n_songs,
            n_pairs: n_songs,
            mean: value,
            ..MeanOverSongs::default()
        },
        signs: SongSigns { n_above: 9, n_below: 4, n_equal: 1 },
        q_value: value.map(|_| 0.012),
        at_equal_stars: estimate,
        spread: value.map(|_| 1.0),
        standardised: estimate,
        verdict,
        why_undetermined: (verdict == DifferenceVerdict::Undetermined).then_some(why),
    }
}

fn chart(against: Option<&str>) -> MapperChart {
    MapperChart::new(&MapperFingerprint {
        mapper: "Ann".to_owned(),
        against: against.map(str::to_owned),
        n_songs: 14,
        n_maps: 15,
        stars: StarsApart {
            n_pairs: 20,
            n_too_far: 3,
            n_unrated: 1,
            n_songs_left_out: 1,
            mean_apart: Some(0.174),
            mean_difference: Some(0.05),
        },
        dimensions: vec![
            dimension(DimensionGroup::Channel, "ONSET", Some(-0.5)),
            dimension(DimensionGroup::Channel, "CLAP", None),
            dimension(DimensionGroup::Movement, "SPACING", Some(0.7)),
            dimension(DimensionGroup::Feature, "ar", Some(0.1)),
            dimension(DimensionGroup::Feature, "tag_alt", None),
            dimension(DimensionGroup::Feature, "cs", Some(0.2)),
        ],
        typical: Vec::new(),
    })
}

#[test]
fn features_stand_by_value_and_those_without_one_are_counted() {
    let chart = chart(None);
    let names: Vec<_> = chart.rows.iter().map(MapperRow::name).collect();
    assert_eq!(names, ["ONSET", "CLAP", "SPACING", "cs", "ar"]);
    let groups: Vec<_> = chart.groups().map(|(heading, rows)| (heading, rows.len())).collect();
    assert_eq!(groups, [("Channels", 2), ("Movement", 1), ("Features", 2)]);
    assert!(chart.caption()[4].contains("Not drawn: 1 dimension"));
    assert!(chart.rows[0].table_row().len() == MapperChart::TABLE_HEADS.len());
}

#[test]
fn marks_stand_around_0_in_the_middle_of_the_axis() {
    let chart = chart(None);
    // The widest reach is 0.8 up; the axis reaches 0.6 to either side at least.
    assert_eq!(chart.axis.n_segments(), 14);
    let spacing = &chart.rows[2];
    assert!((spacing.share(chart.axis).unwrap() - 1.3 / 1.4).abs() < 1e-12);
    let band = spacing.interval(chart.axis).unwrap();
    assert!((band.from - 1.2 / 1.4).abs() < 1e-12 && (band.to - 1.0).abs() < 1e-12);
    assert!(!band.is_cut_low && !band.is_cut_high);
    assert_eq!((chart.rows[1].share(chart.axis), chart.rows[1].interval(chart.axis)), (None, None));
}

#[test]
fn texts_say_the_direction_or_why_there_is_none() {
    let chart = chart(None);
    assert_eq!(chart.rows[0].verdict_text(), "denser onsets");
    assert_eq!(chart.rows[1].verdict_text(), "no song has a value");
    assert_eq!(chart.rows[3].verdict_text(), "interval holds 0");
    assert_eq!(
        (chart.rows[2].value_text(), chart.rows[1].value_text()),
        ("+0.70".into(), "–".into())
    );
    assert_eq!(
        chart.rows[0].reading(),
        "ONSET: denser onsets. −0.50 (−0.60 to −0.40) over 14 songs, 9 above, 4 below, 1 equal."
    );
    assert_eq!(chart.kicker(), "Mapper · 15 maps · 14 songs");
    assert_eq!(
        chart.finding(),
        "Apart in two of 5 dimensions: SPACING (wider spacing), ONSET (denser onsets)."
    );
    assert_eq!(
        chart.caption()[1],
        "20 pairs of maps at most 0.5 stars apart, 0.17 on average; left out: 3 farther apart, 1 \
         without a rating."
    );
    let text = chart.text();
    assert_eq!(text.heading, "Ann and the other mappers of 14 songs");
    assert!(text.description.contains("CLAP: undetermined, no song has a value."));
    assert_eq!(self::chart(Some("Bea")).text().heading, "Ann and Bea over 14 songs");
}
