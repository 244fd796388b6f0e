use super::*;
use crate::fixtures::{synthesis, track};

fn chart(n_pairs: u32) -> LatentChart {
    LatentChart::new(Some(&track(n_pairs)), Some(&synthesis()))
}

/// The finding of three latents with these mean r's.
fn found(means: [f64; 3], n_pairs: u32) -> String {
    let mut track = track(n_pairs);
    for (dim, mean) in track.dims.iter_mut().zip(means) {
        dim.pearson_mean = mean;
    }
    LatentChart::new(Some(&track), None).finding(false)
}

#[test]
fn a_latent_says_all_its_figures() {
    let chart = chart(15);
    assert_eq!(
        chart.reading(1, "").unwrap(),
        "Latent 1. Mean r 0.45 over 15 pairs, spread ±0.17, cosine 0.90, 95% interval of mean r 0.35 to 0.55: perceptual. Rank 1 of 3. Most like X, r −0.89."
    );
    assert_eq!(chart.n_of(Some(AgreementClass::Perceptual)), 1);
    assert_eq!(chart.n_of(Some(AgreementClass::Stylistic)), 0);
    assert_eq!(chart.n_of(None), 2);
    assert_eq!(
        agreement_of(&track(15), 1),
        "Agreement between mappers: 0.45 ±0.17, rank 1 of 3, perceptual."
    );
    let dims: Vec<_> = chart.ranked().map(|row| row.dim).collect();
    assert_eq!(dims, [1, 0, 2]);
}

#[test]
fn one_pair_has_no_spread_and_no_class() {
    let chart = LatentChart::new(Some(&track(1)), None);
    assert_eq!(chart.rows[0].r.whisker(chart.axis), None);
    assert_eq!(
        chart.reading(0, "").unwrap(),
        "Latent 0. Mean r 0.13 over 1 pair, cosine 0.90: too few songs. Rank 2 of 3."
    );
    assert_eq!((chart.n_of(None), chart.n_of(Some(AgreementClass::Perceptual))), (3, 0));
    let line = agreement_of(&track(1), 0);
    assert_eq!(line, "Agreement between mappers: 0.13, rank 2 of 3, too few songs.");
}

#[test]
fn without_pairs_there_are_no_marks() {
    let chart = chart(0);
    assert!(chart.rows.is_empty());
    assert_eq!((chart.finding(false).as_str(), chart.ends()), ("Latents: no data yet", None));
    assert_eq!(agreement_of(&track(0), 0), "");
}

#[test]
fn what_is_no_number_has_no_mark() {
    let mut track = track(15);
    track.dims[0].pearson_mean = f64::NAN;
    let chart = LatentChart::new(Some(&track), None);
    let r = chart.rows[0].r;
    assert_eq!((r.share(chart.axis), r.whisker(chart.axis)), (None, None));
    assert_eq!(r.mean_text(), "none");
}

#[test]
fn headings_state_what_was_found() {
    assert_eq!(
        found([0.4, 0.1, 0.01], 90),
        "Mappers agree on 1 of 3 latents. They do not agree on 1."
    );
    assert_eq!(
        found([0.4, 0.5, 0.1], 90),
        "Mappers agree on 2 of 3 latents, and in part on the rest."
    );
    assert_eq!(
        found([0.0, 0.0, 0.1], 90),
        "Mappers clearly agree on no latent. They do not agree on 2 of 3."
    );
    assert_eq!(found([0.1; 3], 90), "Mappers agree in part on all 3 latents.");
    assert_eq!(found([0.4; 3], 90), "Mappers agree on all 3 latents.");
    assert_eq!(found([0.0; 3], 90), "Mappers agree on none of the 3 latents.");
    assert!(
        found([0.4; 3], 2).starts_with("Too few songs to say: 2 pairs of 2 songs, and an interval")
    );
    assert_eq!(
        found([0.6, 0.2, -0.2], 9),
        "Mappers agree on 1 of 3 latents, not on 1. For 1 latent, 9 songs are too few to say."
    );
    assert_eq!(
        chart(15).finding(true),
        "3 latents of an untrained encoder. A rehearsal, not a finding."
    );
}

#[test]
fn the_ends_of_the_ranking_are_named() {
    let [(first, most), (last, least)] = chart(15).ends().unwrap();
    assert_eq!((first, last), (1, 2));
    assert_eq!(most, "agrees most (0.45) and correlates most with X (r = −0.89).");
    assert_eq!(least, "agrees least (0.02) and correlates most with ONSET (r = 0.30).");
}

#[test]
fn the_kicker_counts_and_bands_say_what_stands_in_them() {
    assert_eq!(LatentChart::new(None, None).kicker(32), "Part B · 32 latents");
    assert_eq!(chart(15).kicker(3), "Part B · 3 latents · 15 pairs of 15 songs");
    let label = LatentChart::band_label(AgreementClass::Perceptual, 1);
    assert_eq!(label, "perceptual, above 0.30: 1");
    assert_eq!(LatentChart::band_label(AgreementClass::Mixed, 0), "mixed: none");
}

#[test]
fn latents_of_one_encoder_are_laid_over_by_number_and_of_two_by_rank() {
    let (places, other) = (Places::new(LatentOrder::Agreement, &[1, 0, 2], 3), track(9));
    let laid = |order, is_same| {
        let mut chart = chart(15);
        // Latent 2 agrees most there.
        let other = TrackB { ranking: vec![2, 1, 0], ..other.clone() };
        chart.lay_over(Some(&other), order, is_same, &places);
        chart.rows.iter().map(|row| row.other.map(|other| other.dim)).collect::<Vec<_>>()
    };
    assert_eq!(laid(LatentOrder::Number, true), [Some(0), Some(1), Some(2)]);
    assert_eq!(laid(LatentOrder::Agreement, false), [Some(1), Some(2), Some(0)]);
    assert_eq!(laid(LatentOrder::Number, false), [None; 3]);
    let mut chart = chart(15);
    chart.lay_over(Some(&other), LatentOrder::Number, true, &places);
    assert!(chart.reading(0, "published").unwrap().ends_with(" Published, latent 0: 0.13."));
}

#[test]
fn the_axis_grows_in_tenths() {
    let n_segments = |mean, std| {
        let mut track = track(9);
        (track.dims[0].pearson_mean, track.dims[0].pearson_std) = (mean, std);
        LatentChart::new(Some(&track), None).axis.n_segments()
    };
    assert_eq!(n_segments(0.4, 0.2), 9, "from 0.02 − 0.17 to 0.45 + 0.17");
    assert_eq!(n_segments(-0.1, 0.15), 10);
    assert_eq!(n_segments(0.0, 1.0), 20);
}
