use carto_types::{DifferenceVerdict, MapValues, MeanTest, WhyUndetermined};

use super::*;
use crate::test_songs::{SPACING, map, song};

/// Four songs of Ann, of which one has no map of like stars, and one song of others.
fn songs() -> Vec<SongMapValues> {
    vec![
        song(0, vec![map(0, "Ann", 3.0, 5.0), map(1, "Bea", 3.2, 3.0), map(2, "Cid", 2.8, 4.0)]),
        song(1, vec![map(0, "ann", 4.0, 6.0), map(1, "Bea", 4.5, 5.0)]),
        song(2, vec![map(0, "Bea", 4.0, 2.0), map(1, "Ann", 4.0, 2.5)]),
        song(3, vec![map(0, "Ann", 3.0, 9.0), map(1, "Bea", 5.0, 1.0)]),
        song(4, vec![map(0, "Bea", 3.0, 1.0), map(1, "Cid", 3.0, 4.0)]),
    ]
}

fn is_near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-6
}

/// Every expected number is worked out by hand from the values of [`songs`].
#[test]
fn the_numbers_of_a_small_set_are_those_worked_out_by_hand() {
    let found = fingerprint(&songs(), "ANN").unwrap();
    assert_eq!((found.mapper.as_str(), found.against.as_deref()), ("Ann", None));
    assert_eq!((found.n_songs, found.n_maps), (3, 3));
    let stars = found.stars;
    assert_eq!((stars.n_pairs, stars.n_too_far, stars.n_unrated), (4, 1, 0));
    assert_eq!(stars.n_songs_left_out, 1);
    assert!(is_near(stars.mean_apart.unwrap(), 0.225));
    assert!(is_near(stars.mean_difference.unwrap(), -0.125));

    let spacing = found.dimension("SPACING").unwrap();
    // Songs: (2 + 1) / 2, 1, 0.5.
    let mean = spacing.difference;
    assert_eq!((mean.n_songs, mean.n_pairs), (3, 4));
    assert!(is_near(mean.mean.unwrap(), 1.0) && is_near(mean.pair_mean.unwrap(), 1.125));
    // 1 -+ 4.302653 * 0.5 / sqrt(3).
    let interval = mean.interval.unwrap();
    assert!(is_near(interval.low, -0.242_069) && is_near(interval.high, 2.242_069));
    // Of eight choices of signs, two give a sum as far from 0.
    let p_value = mean.p_value.unwrap();
    assert_eq!((p_value.p, p_value.test, spacing.q_value), (0.25, MeanTest::SignFlip, Some(0.25)));
    assert_eq!((spacing.signs.n_above, spacing.signs.n_below, spacing.signs.n_equal), (3, 0, 0));
    // sqrt((2 + 1 + 0.25 + 9) / 4), over the four songs with a pair of like stars.
    assert!(is_near(spacing.spread.unwrap(), 1.75));
    let standardised = spacing.standardised.unwrap();
    assert!(is_near(standardised.value, 1.0 / 1.75));
    assert!(is_near(standardised.interval.unwrap().high, 2.242_069 / 1.75));
    // A star takes 0.7 / 0.33 away: songs 1.5, 1 - 0.35 / 0.33, 0.5.
    let at_equal_stars = spacing.at_equal_stars.unwrap();
    assert!(is_near(at_equal_stars.value, (3.0 - 0.35 / 0.33) / 3.0));
    assert_eq!(spacing.verdict, DifferenceVerdict::Undetermined);
    assert_eq!(spacing.why_undetermined, Some(WhyUndetermined::FewSongs));
    assert!(found.typical.is_empty());

    let turn = found.dimension("TURN").unwrap();
    assert_eq!((turn.difference.mean, turn.q_value, turn.spread), (None, None, None));
    assert_eq!((turn.standardised, turn.why_undetermined), (None, Some(WhyUndetermined::FewSongs)));
}

#[test]
fn head_to_head_is_over_the_songs_of_both_and_turns_its_sign() {
    let songs = songs();
    let ann = head_to_head(&songs, "ann", "bea").unwrap();
    assert_eq!((ann.against.as_deref(), ann.n_songs, ann.stars.n_pairs), (Some("Bea"), 3, 3));
    let of = |found: &MapperFingerprint| found.dimension("SPACING").unwrap().clone();
    let (ann, bea) = (of(&ann), of(&head_to_head(&songs, "Bea", "Ann").unwrap()));
    assert!(is_near(ann.difference.mean.unwrap(), (2.0 + 1.0 + 0.5) / 3.0));
    assert_eq!(bea.difference.mean, ann.difference.mean.map(|mean| -mean));
    assert_eq!((bea.signs.n_below, bea.spread), (ann.signs.n_above, ann.spread));
    assert_eq!(bea.at_equal_stars.map(|it| it.value), ann.at_equal_stars.map(|it| -it.value));
    assert_eq!(head_to_head(&songs, "Ann", "Dora"), None);
    assert_eq!(fingerprint(&songs, "Dora"), None);
}

/// Twelve songs in which Ann spaces wider, most in the last.
fn wide() -> Vec<SongMapValues> {
    let of_song = |idx: u32| {
        let value = 1.0 + 0.1 * f64::from(idx);
        song(idx, vec![map(0, "Ann", 4.0, value), map(1, "Bea", 4.1, 0.5), map(2, "Cid", 3.9, 0.4)])
    };
    (0..12).map(of_song).collect()
}

#[test]
fn what_sets_a_mapper_apart_is_typical_and_has_examples() {
    let found = fingerprint(&wide(), "Ann").unwrap();
    assert_eq!(found.dimension("SPACING").unwrap().verdict, DifferenceVerdict::Higher);
    let typical: Vec<_> = found.typical().collect();
    assert_eq!(typical.len(), 1);
    let (dimension, examples) = typical[0];
    assert_eq!(dimension.name, "SPACING");
    let shown: Vec<_> = examples.iter().map(|it| (it.song_idx, it.other.mapper.as_str())).collect();
    assert_eq!(shown, [(11, "Cid"), (10, "Cid"), (9, "Cid")], "one a song");
    assert!(is_near(examples[0].difference, 1.7) && is_near(examples[0].own.value, 2.1));
    let bea = fingerprint(&wide(), "Cid").unwrap();
    assert_eq!(bea.dimension("SPACING").unwrap().verdict, DifferenceVerdict::Lower);
}

/// Each song's second map has as much more as it has more stars, and a little that is chance.
#[test]
fn a_difference_that_stars_explain_is_undetermined() {
    let of_song = |idx: u32| {
        let stars = 4.0 + 0.1 * f64::from(idx % 5);
        let chance = if idx.is_multiple_of(2) { 0.02 } else { -0.02 };
        song(idx, vec![map(0, "Bea", 4.0, 0.0), map(1, "Ann", stars, 2.0 * (stars - 4.0) + chance)])
    };
    let songs: Vec<_> = (0..20).map(of_song).collect();
    let found = fingerprint(&songs, "Ann").unwrap();
    let spacing = found.dimension("SPACING").unwrap();
    assert!(spacing.difference.interval.unwrap().low > 0.1);
    assert!(spacing.at_equal_stars.unwrap().value.abs() < 0.02);
    assert_eq!(spacing.why_undetermined, Some(WhyUndetermined::Stars));
}

#[test]
fn groups_nicknames_and_unrated_maps_take_no_part_as_the_mapper() {
    let mut songs = songs();
    songs[0].maps[0].is_known_person = false;
    songs[1].maps[1].star_rating = None;
    let found = fingerprint(&songs, "Ann").unwrap();
    assert_eq!((found.n_songs, found.stars.n_unrated), (1, 1));
    // As one of the others an unknown person counts.
    let bea = fingerprint(&songs, "Bea").unwrap();
    assert!(bea.stars.n_pairs >= 4);
    let head: Option<MapperFingerprint> = head_to_head(&songs[..1], "Bea", "Ann");
    assert_eq!(head, None);
}

#[test]
fn latents_are_dimensions_where_there_are_some() {
    let with_latents =
        |map: MapValues, value: f64| MapValues { latents: vec![Some(value), None], ..map };
    let songs: Vec<_> = (0..10)
        .map(|idx| {
            let own = with_latents(map(0, "Ann", 4.0, 0.0), 1.0 + 0.01 * f64::from(idx));
            song(idx, vec![own, with_latents(map(1, "Bea", 4.0, 0.0), 0.0)])
        })
        .collect();
    let found = fingerprint(&songs, "Ann").unwrap();
    assert_eq!(found.dimensions.len(), crate::N_VALUES + 2);
    assert_eq!(found.dimension("z0").unwrap().verdict, DifferenceVerdict::Higher);
    assert_eq!(found.dimension("z1").unwrap().difference.mean, None);
    let spacing = &found.dimensions[SPACING];
    assert_eq!(spacing.why_undetermined, Some(WhyUndetermined::NoDifference));
    assert_eq!(spacing.q_value, None);
}
