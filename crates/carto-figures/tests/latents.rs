//! The three figures of latents, read back from their files.

#[cfg(test)]
#[allow(dead_code, reason = "each test file reads other parts of a picture")]
mod picture;

use carto_figures::{
    CosineFigure, FigureEncoder, FigureError, HeatmapFigure, LatentAgreementFigure,
    LatentAgreementRow, cosine_histogram_svg, heatmap_size, heatmap_svg, latent_agreement_size,
    latent_agreement_svg,
};
use picture::Picture;
use proptest::prelude::*;

const YOURS: &str = "#A71B6B";

fn encoder() -> FigureEncoder {
    FigureEncoder { name: "tiny.safetensors".to_owned(), is_untrained: false }
}

/// Invented: 32 latents from 0.5 down to 0.01.
fn agreement() -> LatentAgreementFigure {
    let row = |idx: u32| LatentAgreementRow {
        dim: (idx * 7 + 3) % 32,
        mean: 0.5 - 0.49 * f64::from(idx) / 31.0,
        spread: 0.05 + 0.1 * f64::from(idx % 3),
    };
    LatentAgreementFigure {
        rows: (0..32).map(row).collect(),
        stylistic_below: 0.05,
        perceptual_above: 0.3,
        n_pairs: 1234,
        n_songs: 12,
        encoder: encoder(),
        is_held_out: false,
    }
}

/// Three latents whose correlations are all different.
fn heatmap() -> HeatmapFigure {
    let r = |idx: u32| (f64::from(idx) - 13.0) / 13.5;
    HeatmapFigure {
        r: (0..27).map(r).collect(),
        order: vec![2, 0, 1],
        is_ranked: true,
        n_maps: 722,
        encoder: encoder(),
    }
}

fn cosine() -> CosineFigure {
    CosineFigure {
        cosines: vec![0.71, 0.71, 0.79, 0.65, 0.71],
        cosine_mean: 0.714,
        cosine_std: 0.0449,
        mean_r: 0.2661,
        n_songs: 2,
        encoder: encoder(),
    }
}

/// Where a figure must stand on a scale, from two of its labels.
fn on_scale(r: f64, (a, at_a): (f64, f64), (b, at_b): (f64, f64)) -> f64 {
    at_a + (r - a) / (b - a) * (at_b - at_a)
}

#[test]
fn latents_stand_from_the_left_at_the_height_of_their_mean() {
    let figure = agreement();
    let picture = Picture::of(&latent_agreement_svg(&figure).unwrap());
    assert_eq!(picture.diamonds.len(), 32);
    assert!(picture.diamonds.is_sorted_by(|a, b| a.0 < b.0), "in the order of the rows");
    // A label stands 4.6 px below the middle of its text; the differences are what counts.
    let (zero, six) = (picture.label("0.0").y, picture.label("0.6").y);
    let (first, last) = (picture.diamonds[0].1, picture.diamonds[31].1);
    let rise = on_scale(0.5, (0.0, zero), (0.6, six)) - on_scale(0.01, (0.0, zero), (0.6, six));
    assert!((first - last - rise).abs() < 0.5, "{first} {last} {rise}");
    for (row, &(x, _)) in figure.rows.iter().zip(&picture.diamonds) {
        assert!((picture.label(&row.dim.to_string()).x - x).abs() < 0.5, "{}", row.dim);
    }
}

#[test]
fn zones_name_their_bound_and_what_stands_in_them() {
    let picture = Picture::of(&latent_agreement_svg(&agreement()).unwrap());
    picture.label("perceptual, above 0.30: 13");
    picture.label("mixed: 16");
    picture.label("stylistic, below 0.05: 3");
    for tint in ["#DBF1FB", "#E1F2E4", "#F7ECD2"] {
        assert_eq!(picture.blocks.iter().filter(|(fill, ..)| fill == tint).count(), 1, "{tint}");
    }
    picture.label(
        "Diamond: mean Pearson r over 1,234 pairs of 12 songs, whisker ± 1 standard deviation over pairs.",
    );
    picture.label("Encoder: tiny.safetensors.");
}

#[test]
fn songs_that_were_held_out_are_named_in_the_heading() {
    let figure = LatentAgreementFigure { is_held_out: true, ..agreement() };
    let picture = Picture::of(&latent_agreement_svg(&figure).unwrap());
    picture.label("Agreement between mappers on held-out songs, 32 latents");
}

#[test]
fn an_untrained_encoder_is_named_in_every_figure() {
    let encoder = FigureEncoder { is_untrained: true, ..encoder() };
    let line = "Encoder: tiny.safetensors. Its weights are random: these latents mean nothing about music.";
    let svgs = [
        latent_agreement_svg(&LatentAgreementFigure { encoder: encoder.clone(), ..agreement() }),
        heatmap_svg(&HeatmapFigure { encoder: encoder.clone(), ..heatmap() }),
        cosine_histogram_svg(&CosineFigure { encoder, ..cosine() }),
    ];
    for svg in svgs {
        Picture::of(&svg.unwrap()).label(line);
    }
}

#[test]
fn cells_hold_their_value_in_the_order_given() {
    let figure = heatmap();
    let picture = Picture::of(&heatmap_svg(&figure).unwrap());
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
fn cells_wear_the_relief() {
    let mut figure = heatmap();
    figure.r = vec![0.0; 27];
    figure.r[4] = -1.0;
    figure.r[5] = 1.0;
    let picture = Picture::of(&heatmap_svg(&figure).unwrap());
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
    let mut figure = heatmap();
    figure.r[3] = f64::NAN;
    figure.r[4] = 1.5;
    let picture = Picture::of(&heatmap_svg(&figure).unwrap());
    assert_eq!(picture.labels.iter().filter(|label| label.text == "none").count(), 2);
}

#[test]
fn a_matrix_of_another_shape_is_refused() {
    let mut short = heatmap();
    short.r.pop();
    let mut twice = heatmap();
    twice.order = vec![0, 0, 1];
    for figure in [short, twice] {
        assert!(matches!(heatmap_svg(&figure), Err(FigureError::BadMatrix { .. })));
    }
    let many = HeatmapFigure { r: vec![0.0; 65 * 9], order: (0..65).collect(), ..heatmap() };
    assert!(matches!(heatmap_svg(&many), Err(FigureError::TooManyRows { n_rows: 65, .. })));
}

#[test]
fn bars_are_as_high_as_their_pairs_are_many() {
    let picture = Picture::of(&cosine_histogram_svg(&cosine()).unwrap());
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
    let picture = Picture::of(&cosine_histogram_svg(&cosine()).unwrap());
    picture.label("mean cosine 0.714 ± 0.045");
    picture.label("mean r 0.266");
    picture.label("Cosine also rewards what stays constant; r counts only what moves together.");
}

#[test]
fn pairs_without_a_cosine_are_counted() {
    let mut figure = cosine();
    figure.cosines.push(f64::NAN);
    let picture = Picture::of(&cosine_histogram_svg(&figure).unwrap());
    picture.label(
        "All latents of a column at once, 5 pairs of 2 songs, bins of 0.02. Left out without a cosine: 1 pair.",
    );
    figure.cosines.clear();
    Picture::of(&cosine_histogram_svg(&figure).unwrap()).label("nothing to compare");
}

#[test]
fn the_same_numbers_give_the_same_bytes() {
    assert_eq!(heatmap_svg(&heatmap()).unwrap(), heatmap_svg(&heatmap()).unwrap());
    assert_eq!(cosine_histogram_svg(&cosine()).unwrap(), cosine_histogram_svg(&cosine()).unwrap());
    let again = latent_agreement_svg(&agreement()).unwrap();
    assert_eq!(latent_agreement_svg(&agreement()).unwrap(), again);
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
        rows in prop::collection::vec((any::<u32>(), proptest::num::f64::ANY, proptest::num::f64::ANY), 0..=64),
        n_pairs: u32,
    ) {
        let rows = rows.into_iter().map(|(dim, mean, spread)| LatentAgreementRow { dim, mean, spread });
        let figure = LatentAgreementFigure { rows: rows.collect(), n_pairs, ..agreement() };
        let svg = latent_agreement_svg(&figure)?;
        check_text_and_borders(&svg);
        let picture = Picture::of(&svg);
        let (width, height) = latent_agreement_size(&figure);
        prop_assert_eq!((picture.width, picture.height), (f64::from(width), f64::from(height)));
    }

    #[test]
    fn any_matrix_gives_a_figure_within_its_borders(
        values in prop::collection::vec(prop_oneof![-1.0..=1.0, proptest::num::f64::ANY], 0..=18),
    ) {
        let n_latents = values.len() / 9;
        let r = values[..n_latents * 9].to_vec();
        let figure = HeatmapFigure { r, order: (0..n_latents as u32).collect(), ..heatmap() };
        check_text_and_borders(&heatmap_svg(&figure)?);
        prop_assert_eq!(heatmap_size(&figure).0, 754);
    }

    #[test]
    fn any_cosines_give_a_figure_within_its_borders(
        cosines in prop::collection::vec(prop_oneof![-1.0..=1.0, proptest::num::f64::ANY], 0..40),
        cosine_mean in prop_oneof![-1.0..=1.0, proptest::num::f64::ANY],
        mean_r in prop_oneof![-1.0..=1.0, proptest::num::f64::ANY],
    ) {
        let figure = CosineFigure { cosines, cosine_mean, mean_r, ..cosine() };
        check_text_and_borders(&cosine_histogram_svg(&figure)?);
    }
}
