//! The three figures of latents, read back from their files.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[cfg(test)]
#[allow(dead_code, reason = "each test file reads other parts of a picture")]
mod picture;

use carto_charts::{CosineChart, HeatmapChart, LatentChart};
use carto_figures::{Figure, FigureError, svg};
use carto_types::{
    AgreementClass, ChannelMatrix, HeldOut, HeldOutDim, LatentSummary, Synthesis, TrackB,
};
use picture::Picture;
use proptest::prelude::*;

const YOURS: &str = "#A71B6B";

const ENCODER: &str = "Encoder: tiny.safetensors.";

/// - `rows`: number, mean and spread of each latent, from the left; numbers as they are placed
fn agreement_of(rows: &[(u32, f64, f64)], n_pairs: u32) -> LatentChart {
    let dim = |&(dim, pearson_mean, pearson_std): &(u32, f64, f64)| LatentSummary {
        dim,
        pearson_mean,
        pearson_std,
        cosine_mean: 0.0,
        cosine_std: 0.0,
        between_var_mean: 0.0,
        n_pairs,
        class: AgreementClass::Mixed,
    };
    let mut dims: Vec<_> = rows.iter().map(dim).collect();
    dims.sort_by_key(|latent| latent.dim);
    let track = TrackB { dims, ranking: rows.iter().map(|row| row.0).collect(), ..track(n_pairs) };
    LatentChart { encoder: ENCODER.to_owned(), ..LatentChart::new(Some(&track), None) }
}

/// Invented: 32 latents from 0.5 down to 0.01.
fn rows() -> Vec<(u32, f64, f64)> {
    let row = |idx: u32| {
        let mean = 0.5 - 0.49 * f64::from(idx) / 31.0;
        ((idx * 7 + 3) % 32, mean, 0.05 + 0.1 * f64::from(idx % 3))
    };
    (0..32).map(row).collect()
}

fn agreement() -> LatentChart {
    agreement_of(&rows(), 1234)
}

/// A run without latents.
fn track(n_pairs: u32) -> TrackB {
    TrackB {
        dims: Vec::new(),
        ranking: Vec::new(),
        cosine_mean: 0.714,
        cosine_std: 0.0449,
        cosines: Vec::new(),
        songs_analyzed: 40,
        pairs_compared: n_pairs,
    }
}

/// - `order`: numbers of the latents in the order to draw
fn heatmap_of(down: &[f64], order: &[u32]) -> HeatmapChart {
    let synthesis = Synthesis {
        n_latent_dims: order.len() as u32,
        downsampled: ChannelMatrix::from_cells(down).unwrap(),
        upsampled: ChannelMatrix::default(),
        between_channels: ChannelMatrix::default(),
        n_maps: 722,
        mean_abs_downsampled: 0.0,
        mean_abs_upsampled: 0.0,
        pairs: Vec::new(),
        pairs_thresholded: Vec::new(),
        triples: Vec::new(),
        triples_thresholded: Vec::new(),
        sign_threshold: 0.05,
    };
    let track = TrackB { ranking: order.to_vec(), ..track(1) };
    HeatmapChart::new(&synthesis, Some(&track), ENCODER.to_owned())
}

/// Correlations of three latents, all different.
fn matrix() -> Vec<f64> {
    (0..27).map(|idx| (f64::from(idx) - 13.0) / 13.5).collect()
}

fn heatmap() -> HeatmapChart {
    heatmap_of(&matrix(), &[2, 0, 1])
}

fn cosine_of(cosines: &[f64], cosine_mean: f64, mean_r: f64) -> CosineChart {
    let dim = LatentSummary {
        dim: 0,
        pearson_mean: mean_r,
        pearson_std: 0.1,
        cosine_mean: 0.0,
        cosine_std: 0.0,
        between_var_mean: 0.0,
        n_pairs: 5,
        class: AgreementClass::Mixed,
    };
    let cosines = cosines.to_vec();
    let track = TrackB { dims: vec![dim], cosines, cosine_mean, songs_analyzed: 2, ..track(5) };
    let mut chart = CosineChart::new(&track);
    chart.encoder = ENCODER.to_owned();
    chart
}

const COSINES: [f64; 5] = [0.71, 0.71, 0.79, 0.65, 0.71];

fn cosine() -> CosineChart {
    cosine_of(&COSINES, 0.714, 0.2661)
}

/// Where a figure must stand on a scale, from two of its labels.
fn on_scale(r: f64, (a, at_a): (f64, f64), (b, at_b): (f64, f64)) -> f64 {
    at_a + (r - a) / (b - a) * (at_b - at_a)
}

#[test]
fn latents_stand_from_the_left_at_the_height_of_their_mean() {
    let picture = Picture::drawn(&agreement());
    assert_eq!(picture.diamonds.len(), 32);
    assert!(picture.diamonds.is_sorted_by(|a, b| a.0 < b.0), "in the order of the rows");
    // A label stands 4.6 px below the middle of its text; the differences are what counts.
    let (zero, six) = (picture.label("0.0").y, picture.label("0.6").y);
    let (first, last) = (picture.diamonds[0].1, picture.diamonds[31].1);
    let rise = on_scale(0.5, (0.0, zero), (0.6, six)) - on_scale(0.01, (0.0, zero), (0.6, six));
    assert!((first - last - rise).abs() < 0.5, "{first} {last} {rise}");
    for ((dim, ..), &(x, _)) in rows().iter().zip(&picture.diamonds) {
        assert!((picture.label(&dim.to_string()).x - x).abs() < 0.5, "{dim}");
    }
}

#[test]
fn bands_name_their_bound_and_what_stands_in_them() {
    let picture = Picture::drawn(&agreement());
    picture.label("perceptual, above 0.30: 13");
    picture.label("mixed: 16");
    picture.label("stylistic, below 0.05: 3");
    for tint in ["#DBF1FB", "#E1F2E4", "#F7ECD2"] {
        assert_eq!(picture.blocks.iter().filter(|(fill, ..)| fill == tint).count(), 1, "{tint}");
    }
    picture.label(
        "Diamond: mean Pearson r over 1,234 pairs of 40 songs, whisker ± 1 standard deviation over pairs.",
    );
    picture.label("Encoder: tiny.safetensors.");
}

#[test]
fn songs_that_were_held_out_are_named_in_the_heading() {
    let dim = |dim| HeldOutDim { dim, pearson_mean: 0.2, pearson_std: 0.1, n_pairs: 9 };
    let figure = LatentChart::of_held_out(&HeldOut {
        description: String::new(),
        checkpoint: "held-out.ckpt".to_owned(),
        dims: (0..32).map(dim).collect(),
        ranking: (0..32).collect(),
        cosine_mean: 0.8,
        cosine_std: 0.1,
        n_songs: 3,
        n_pairs: 9,
    });
    let picture = Picture::drawn(&figure);
    picture.label("Agreement between mappers on held-out songs, 32 latents");
    picture.label("Encoder: held-out.ckpt.");
}

#[test]
fn the_encoder_is_named_in_every_figure() {
    Picture::drawn(&agreement()).label(ENCODER);
    Picture::drawn(&heatmap()).label(ENCODER);
    Picture::drawn(&cosine()).label(ENCODER);
}

#[test]
fn cells_hold_their_value_in_the_order_given() {
    let picture = Picture::drawn(&heatmap());
    // The key above has the same figures.
    let last = |text: &str| picture.labels.iter().rfind(|label| label.text == text).unwrap().y;
    let tops = ["2", "0", "1"].map(last);
    assert!(tops.is_sorted());
    // Latent 0 and ONSET, the first value; latent 2 and Y, the last.
    let cell = |text: &str| picture.label(text);
    // The sizes of a number and of a value differ by a pixel.
    assert!((cell("−.96").y - tops[1]).abs() < 1.5);
    assert!((cell("−.96").x - picture.label("ONSET").x).abs() < 0.5);
    assert!((cell(".96").y - tops[0]).abs() < 1.5);
    assert!((cell(".96").x - picture.label("Y").x).abs() < 0.5);
}

#[test]
fn cells_have_the_colour_of_their_value() {
    let mut r = vec![0.0; 27];
    (r[4], r[5]) = (-1.0, 1.0);
    let picture = Picture::drawn(&heatmap_of(&r, &[2, 0, 1]));
    let under = |text: &str| {
        let label = picture.label(text);
        let holds = |from: f64, at: f64, to: f64| from < at && at < to;
        let rect = picture.rects.iter().rev().find(|(_, from, to)| {
            holds(from.0, label.x, to.0) && holds(from.1, label.y + 9.0, to.1)
        });
        rect.map(|(fill, ..)| fill.as_str())
    };
    assert_eq!(under("−1.0"), Some("#004981"));
    assert_eq!(under("1.0"), Some("#6C3801"));
    assert_eq!(under(".00"), Some("#F9FCFC"));
}

#[test]
fn a_value_that_is_no_correlation_is_a_word() {
    let mut r = matrix();
    (r[3], r[4]) = (f64::NAN, 1.5);
    let picture = Picture::drawn(&heatmap_of(&r, &[2, 0, 1]));
    assert_eq!(picture.labels.iter().filter(|label| label.text == "none").count(), 2);
}

#[test]
fn a_matrix_of_another_shape_is_refused() {
    let short = heatmap_of(&matrix()[..18], &[2, 0, 1]);
    let twice = heatmap_of(&matrix(), &[0, 0, 1]);
    for figure in [short, twice] {
        assert!(matches!(svg(&figure), Err(FigureError::BadMatrix { .. })));
    }
    let many = heatmap_of(&[0.0; 65 * 9], &(0..65).collect::<Vec<_>>());
    assert!(matches!(svg(&many), Err(FigureError::TooManyRows { n_rows: 65, .. })));
}

#[test]
fn bars_are_as_high_as_their_pairs_are_many() {
    let picture = Picture::drawn(&cosine());
    let bars: Vec<_> = picture.rects.iter().filter(|(fill, ..)| fill == YOURS).collect();
    let heights: Vec<_> = bars.iter().map(|(_, from, to)| to.1 - from.1).collect();
    assert_eq!(bars.len(), 3);
    assert!((heights[1] - 3.0 * heights[0]).abs() < 0.5 && (heights[0] - heights[2]).abs() < 0.1);
    let at = |r| on_scale(r, (0.0, picture.label("0.0").x), (1.0, picture.label("1.0").x));
    // A pixel of the bar is the gap beside it.
    assert!((bars[1].1.0 - at(0.70) - 1.0).abs() < 0.5, "{}", bars[1].1.0);
    assert!((bars[1].2.0 - at(0.72)).abs() < 0.5);
    picture.label("3 pairs");
}

#[test]
fn cosine_never_stands_without_correlation() {
    let picture = Picture::drawn(&cosine());
    picture.label("mean cosine 0.714 ± 0.045");
    picture.label("mean r 0.266");
    picture.label("Cosine also rewards what stays constant; r counts only what moves together.");
}

#[test]
fn pairs_without_a_cosine_are_counted() {
    let cosines = [&COSINES[..], &[f64::NAN]].concat();
    let picture = Picture::drawn(&cosine_of(&cosines, 0.714, 0.2661));
    picture.label(
        "All latents of a column at once, 5 pairs of 2 songs, bins of 0.02. Left out without a cosine: 1 pair.",
    );
    Picture::drawn(&cosine_of(&[], 0.714, 0.2661)).label("nothing to compare");
}

#[test]
fn the_same_numbers_give_the_same_bytes() {
    assert_eq!(svg(&heatmap()).unwrap(), svg(&heatmap()).unwrap());
    assert_eq!(svg(&cosine()).unwrap(), svg(&cosine()).unwrap());
    assert_eq!(svg(&agreement()).unwrap(), svg(&agreement()).unwrap());
}

fn check_text_and_borders(svg: &str) {
    let picture = Picture::of(svg);
    for label in &picture.labels {
        assert!(label.size_px >= 12.0, "{label:?}");
    }
    for &(x, y) in &picture.points {
        assert!((0.0..=picture.width).contains(&x) && (0.0..=picture.height).contains(&y));
    }
}

proptest! {
    #[test]
    fn any_latents_give_a_figure_within_its_borders(
        rows in prop::collection::vec((proptest::num::f64::ANY, proptest::num::f64::ANY), 0..=64),
        n_pairs: u32,
    ) {
        let rows = rows.into_iter().enumerate().map(|(dim, (mean, std))| (dim as u32, mean, std));
        let figure = agreement_of(&rows.collect::<Vec<_>>(), n_pairs);
        let file = svg(&figure)?;
        check_text_and_borders(&file);
        let picture = Picture::of(&file);
        let (width, height) = figure.size();
        prop_assert_eq!((picture.width, picture.height), (f64::from(width), f64::from(height)));
    }

    #[test]
    fn any_matrix_gives_a_figure_within_its_borders(
        values in prop::collection::vec(prop_oneof![-1.0..=1.0, proptest::num::f64::ANY], 0..=18),
    ) {
        let n_latents = values.len() / 9;
        let r = values[..n_latents * 9].to_vec();
        let figure = heatmap_of(&r, &(0..n_latents as u32).collect::<Vec<_>>());
        check_text_and_borders(&svg(&figure)?);
        prop_assert_eq!(figure.size().0, 754);
    }

    #[test]
    fn any_cosines_give_a_figure_within_its_borders(
        cosines in prop::collection::vec(prop_oneof![-1.0..=1.0, proptest::num::f64::ANY], 0..40),
        cosine_mean in prop_oneof![-1.0..=1.0, proptest::num::f64::ANY],
        mean_r in prop_oneof![-1.0..=1.0, proptest::num::f64::ANY],
    ) {
        check_text_and_borders(&svg(&cosine_of(&cosines, cosine_mean, mean_r))?);
    }
}
