use super::*;
use crate::fixtures::evidence;
use carto_types::{EvidenceTable, EvidenceTableKind};

#[test]
fn every_channel_stands_between_its_floor_and_its_ceiling() {
    let chart = EvidenceChart::new(&evidence(12));
    assert_eq!((chart.channels.len(), chart.latents.len()), (9, 0));
    let [onset, _, slide, ..] = &chart.channels[..] else { panic!("nine channels") };
    assert_eq!((onset.figure.name(), slide.figure.name()), ("phi", "r on bars"));
    assert_eq!((onset.floor, onset.mean, onset.ceiling), (Some(0.0), Some(0.375), Some(0.625)));
    assert_eq!(onset.place_text(), "song share 0.75 (0.67 to 0.83)");
    let x = &chart.channels[7];
    assert_eq!((x.place_text(), x.verdict), ("not reproducible".to_owned(), Verdict::NoAgreement));
    assert_eq!(
        onset.reading(),
        "ONSET: agree. phi 0.38 (0.30 to 0.46) over 12 songs, floor 0.00, ceiling 0.63, song \
         share 0.75 (0.67 to 0.83)."
    );
    assert_eq!(slide.why_undetermined(), "the interval reaches across 0.10");
    assert_eq!(EvidenceChart::TABLE_HEADS.len(), onset.table_row().len() + 1);
}

#[test]
fn the_heading_counts_what_agrees_beyond_the_grid() {
    let chart = EvidenceChart::new(&evidence(12));
    assert_eq!(chart.kicker(), "Is it real? · 24 pairs of 12 songs");
    let found = "Five of nine channels agree beyond the grid. X and Y do not.";
    assert_eq!(chart.finding(true), found);
    assert_eq!(
        chart.finding(false),
        "So far: five of nine channels agree beyond the grid. X and Y do not."
    );
    assert_eq!(chart.left_out(), "1 of another tempo");
    let mut none = chart;
    none.channels.iter_mut().for_each(|row| row.verdict = Verdict::NoAgreement);
    assert_eq!(none.finding(true), "None of nine channels agrees beyond the grid.");
    none.channels[0].verdict = Verdict::Agree;
    none.channels[1..8].iter_mut().for_each(|row| row.verdict = Verdict::Undetermined);
    assert_eq!(none.finding(true), "One of nine channels agrees beyond the grid. Y does not.");
    none.channels[0].verdict = Verdict::Undetermined;
    assert_eq!(none.finding(true), "No channel surely agrees beyond the grid. Y does not.");
}

#[test]
fn few_songs_are_undetermined_and_say_how_few() {
    let chart = EvidenceChart::new(&evidence(4));
    assert_eq!(chart.finding(true), "Undetermined: 4 of the 10 songs that an interval needs.");
    assert_eq!(
        chart.finding(false),
        "Undetermined so far: 4 of the 10 songs that an interval needs."
    );
    assert_eq!(chart.channels[0].why_undetermined(), "4 of the 10 songs that a verdict needs");
    assert_eq!(chart.channels[0].place_text(), "ceiling from 4 songs");
    let empty = EvidenceChart::new(&RunEvidence::default());
    assert_eq!(empty.why_empty(), None, "pairs may come");
    let mut guests = RunEvidence::default();
    guests.set.counts.guest.n_aligned = 49;
    assert_eq!(
        EvidenceChart::new(&guests).finding(true),
        "No evidence: all 49 pairs are of two mappers in one set, who share its audio and timing, \
         and often its hit sounds. Verdicts need maps of one song from two sets."
    );
    assert!(EvidenceChart::new(&guests).finding(false).starts_with("Undetermined so far"));
    guests.set.counts.cross.n_unknown = 1;
    assert_eq!(EvidenceChart::new(&guests).why_empty(), None);
    assert_eq!(empty.channels.len(), 9, "rows have their places before the first song");
    assert_eq!((empty.channels[0].mean, empty.left_out()), (None, String::new()));
    assert_eq!(empty.axis, chart.axis, "nothing shifts when songs come");
    assert_eq!(empty.channels[0].why_undetermined(), "no song has a value");
    assert_eq!(empty.channels[0].place_text(), NO_VALUE);
    let mut no_ceiling = chart.channels[0].clone();
    no_ceiling.place.n_songs.ceiling = 0;
    assert_eq!(no_ceiling.place_text(), "no ceiling");
}

#[test]
fn latents_are_a_group_of_their_own() {
    let mut evidence = evidence(12);
    use EvidenceTableKind::{
        BarShiftExcess, BarsR, LatentBarShiftExcess, LatentBarsR, PermutedBarsExcess,
    };
    for (of_channels, kind) in [(BarsR, LatentBarsR), (PermutedBarsExcess, LatentBarShiftExcess)] {
        let slide = evidence.set.dimension(of_channels, "SLIDE").cloned().unwrap();
        let dimensions = vec![DimensionEvidence { name: "z7".into(), ..slide }];
        evidence.set.tables.push(EvidenceTable { kind, dimensions });
    }
    assert!(evidence.set.dimension(BarShiftExcess, "z7").is_none());
    let chart = EvidenceChart::new(&evidence);
    let names: Vec<_> = chart.latents.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["z7"]);
    assert_eq!(chart.latents[0].mean, chart.channels[2].mean);
    assert_eq!(chart.rows().count(), 10);
}

#[test]
fn a_floor_without_a_ceiling_is_that_of_the_shifts() {
    let mut evidence = evidence(12);
    for found in evidence.set.tables.iter_mut().flat_map(|table| &mut table.dimensions) {
        found.placement = found.placement.map(|place| Placement { means: None, ..place });
    }
    let chart = EvidenceChart::new(&evidence);
    // Shifts are counted in parts of 0.05: twice 0.025, once 0.275.
    let phi = chart.channels[0].floor.unwrap();
    assert!((phi - 0.325 / 3.0).abs() < 1e-12, "{phi}");
    assert_eq!((chart.channels[2].floor, chart.channels[2].ceiling), (Some(0.25), None));
}
