//! The agreement figure, read back from its file.

#[cfg(test)]
#[allow(dead_code, reason = "each test file reads other parts of a picture")]
mod picture;

use carto_charts::{AgreementChart, Metric};
use carto_figures::{Figure, FigureError, svg};
use carto_types::{ChannelSummary, Mode, TrackA};
use picture::Picture;
use proptest::prelude::*;

const NAMES: [&str; 9] =
    ["ONSET", "COMBO", "SLIDE", "SUSTAIN", "WHISTLE", "FINISH", "CLAP", "X", "Y"];

/// Invented numbers, two of each class at least.
const MEANS: [f64; 9] = [0.713, 0.448, 0.25, 0.3, 0.1, 0.155, 0.361, 0.0171, -0.0042];
const SPREADS: [f64; 9] = [0.104, 0.2, 0.17, 0.18, 0.0, 0.21, 0.22, 0.07, 0.066];

fn channel(name: &str, mean: f64, spread: f64, n_pairs: u32) -> ChannelSummary {
    ChannelSummary {
        name: name.to_owned(),
        pearson_mean: mean,
        pearson_std: spread,
        mad_mean: 0.0,
        mad_std: 0.0,
        cosine_mean: 0.0,
        cosine_std: 0.0,
        n_pairs,
    }
}

/// - `rows`: name, mean and spread of each
fn chart_of(rows: &[(&str, f64, f64)], n_pairs: u32) -> AgreementChart {
    let channels = rows.iter().map(|(name, mean, std)| channel(name, *mean, *std, n_pairs));
    let track = TrackA {
        channels: channels.collect(),
        cosine_mean: 0.0,
        cosine_std: 0.0,
        songs_analyzed: if n_pairs == 1 { 1 } else { 40 },
        pairs_compared: n_pairs,
    };
    let chart = AgreementChart::new(Some(&track), None, Metric::Correlation, false);
    AgreementChart { mode: Some(Mode::Published), ..chart }
}

fn rows() -> [(&'static str, f64, f64); 9] {
    std::array::from_fn(|idx| (NAMES[idx], MEANS[idx], SPREADS[idx]))
}

fn figure() -> AgreementChart {
    chart_of(&rows(), 1234)
}

/// The figure with one row changed.
fn with_row(idx: usize, mean: f64, spread: f64) -> AgreementChart {
    let mut rows = rows();
    rows[idx] = (NAMES[idx], mean, spread);
    chart_of(&rows, 1234)
}

#[test]
fn every_row_has_one_diamond_at_its_mean() {
    let picture = Picture::drawn(&figure());
    assert_eq!(picture.diamonds.len(), 9);
    for ((x, y), (name, mean)) in picture.diamonds.iter().zip(NAMES.iter().zip(MEANS)) {
        assert!((x - picture.x_of(mean)).abs() < 0.5, "{name}: {x}");
        let text_top = picture.label(name).y;
        assert!((text_top..text_top + 13.0).contains(y), "{name} is not beside its diamond");
    }
}

#[test]
fn whiskers_reach_one_spread_to_both_sides_and_end_in_ticks() {
    let picture = Picture::drawn(&figure());
    assert_eq!((picture.whiskers.len(), picture.end_ticks.len()), (9, 18));
    for (idx, ((from, to), ticks)) in
        picture.whiskers.iter().zip(picture.end_ticks.chunks_exact(2)).enumerate()
    {
        let (low, high) = (MEANS[idx] - SPREADS[idx], MEANS[idx] + SPREADS[idx]);
        for (actual, expected) in
            [(from.0, low), (to.0, high), (ticks[0].0, low), (ticks[1].0, high)]
        {
            assert!((actual - picture.x_of(expected)).abs() < 0.5, "{}", NAMES[idx]);
        }
        assert!((from.1 - picture.diamonds[idx].1).abs() < 0.5);
    }
}

#[test]
fn bands_meet_at_the_class_bounds_and_are_named_within() {
    let picture = Picture::drawn(&figure());
    let ends = [-0.1, 0.1, 0.3, 0.9].map(|r| picture.x_of(r));
    let tints = ["#DBF1FB", "#E1F2E4", "#F7ECD2"];
    for (idx, (tint, word)) in tints.iter().zip(["stylistic", "mixed", "perceptual"]).enumerate() {
        let bands: Vec<_> = picture.blocks.iter().filter(|(fill, ..)| fill == tint).collect();
        let [(_, left, right)] = bands[..] else { panic!("{word} has one band") };
        assert!((left - ends[idx]).abs() < 0.5 && (right - ends[idx + 1]).abs() < 0.5, "{word}");
        let name_x = picture.label(word).x;
        assert!(*left < name_x && name_x < *right, "{word} is named in its band");
    }
}

#[test]
fn numbers_and_class_words_stand_in_the_row() {
    let picture = Picture::drawn(&figure());
    assert_eq!(
        picture.row("ONSET"),
        ["ONSET", "when anything is hit", "0.71", "± 0.10", "perceptual"]
    );
    // Both bounds belong to what lies between.
    assert_eq!(picture.row("SUSTAIN")[2..], ["0.30", "± 0.18", "mixed"]);
    assert_eq!(picture.row("WHISTLE")[2..], ["0.10", "± 0.00", "mixed"]);
    assert_eq!(picture.row("Y")[2..], ["0.00", "± 0.07", "stylistic"]);
}

#[test]
fn the_figure_explains_itself() {
    let picture = Picture::drawn(&figure());
    for text in [
        "Agreement between mappers, nine channels",
        "Diamond: mean Pearson r over 1,234 pairs of 40 songs, whisker ± 1 standard deviation \
         over pairs; published rules.",
        "Background: stylistic below r = 0.10, mixed from 0.10 to 0.30, perceptual above 0.30 \
         (the study’s thresholds).",
    ] {
        picture.label(text);
    }
    let families = ["Timing", "Sustain", "Hitsounds", "Space"].map(|name| picture.label(name).y);
    assert!(families.is_sorted());
}

#[test]
fn the_file_names_its_finding_and_all_numbers() {
    let file = svg(&figure()).unwrap();
    let document = roxmltree::Document::parse(&file).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let text_of = |name| {
        root.children()
            .find(|n| n.has_tag_name((root.tag_name().namespace().unwrap(), name)))
            .unwrap()
            .text()
            .unwrap()
    };
    assert_eq!(
        text_of("title"),
        "Agreement between mappers, nine channels: three perceptual, four mixed, two stylistic"
    );
    let description = text_of("desc");
    assert!(
        description.contains("Perceptual: ONSET 0.71 ± 0.10, COMBO 0.45 ± 0.20, CLAP 0.36 ± 0.22.")
    );
    assert!(description.contains("Stylistic: X 0.02 ± 0.07, Y 0.00 ± 0.07."));
}

#[test]
fn text_is_text_of_at_least_twelve_pixels() {
    let picture = Picture::drawn(&figure());
    assert_eq!(picture.width, 920.0);
    assert!(picture.labels.len() > 50);
    for label in &picture.labels {
        assert!(label.size_px >= 12.0, "{label:?}");
        assert_eq!(label.size_px.fract(), 0.0, "{label:?}");
    }
}

#[test]
fn a_row_without_a_value_has_a_word_and_no_marks() {
    for mean in [f64::NAN, f64::INFINITY, 1.5] {
        let picture = Picture::drawn(&with_row(1, mean, 0.2));
        assert_eq!((picture.diamonds.len(), picture.whiskers.len()), (8, 8));
        assert_eq!(picture.row("COMBO"), ["COMBO", "where a combo starts", "no value"]);
    }
}

#[test]
fn a_spread_that_cannot_be_is_a_word_beside_the_diamond() {
    let mut rows = rows();
    (rows[0].2, rows[1].2) = (f64::NAN, -0.1);
    let picture = Picture::drawn(&chart_of(&rows, 1234));
    assert_eq!((picture.diamonds.len(), picture.whiskers.len()), (9, 7));
    assert_eq!(picture.row("ONSET")[2..], ["0.71", "no value", "perceptual"]);
    assert_eq!(picture.row("COMBO")[2..], ["0.45", "no value", "perceptual"]);
}

#[test]
fn a_single_pair_has_no_spread() {
    let picture = Picture::drawn(&chart_of(&rows(), 1));
    assert_eq!((picture.diamonds.len(), picture.whiskers.len()), (9, 0));
    assert_eq!(picture.row("ONSET")[3], "one pair");
    picture.label("Diamond: mean Pearson r over 1 pair of 1 song; published rules.");
}

#[test]
fn the_axis_grows_with_the_data_but_not_beyond_a_correlation() {
    let grown = Picture::drawn(&with_row(7, -0.33, SPREADS[7]));
    grown.label("\u{2212}0.4");
    assert!((grown.diamonds[7].0 - grown.x_of(-0.33)).abs() < 0.5);

    // The whisker would end at -1.4: it stops with the axis, without a tick.
    let full = Picture::drawn(&with_row(7, -0.6, 0.8));
    assert!((full.whiskers[7].0.0 - full.x_of(-1.0)).abs() < 0.5);
    assert!((full.whiskers[7].1.0 - full.x_of(0.2)).abs() < 0.5);
    assert_eq!(full.end_ticks.len(), 17);
}

#[test]
fn names_that_are_markup_stay_names() {
    let mut rows = rows();
    rows[0].0 = "</desc><b>&\"'\u{0}";
    let picture = Picture::drawn(&chart_of(&rows, 1234));
    assert_eq!(picture.row("</desc><b>&\"'\u{fffd}")[1..], ["0.71", "± 0.10", "perceptual"]);
}

#[test]
fn no_rows_are_said_in_words() {
    let picture = Picture::drawn(&chart_of(&[], 1234));
    assert!(picture.diamonds.is_empty());
    picture.label("nothing to compare");
}

#[test]
fn the_same_numbers_give_the_same_bytes() {
    assert_eq!(svg(&figure()).unwrap(), svg(&figure()).unwrap());
}

#[test]
fn endless_rows_are_refused() {
    let rows = [rows()[0]; 65];
    assert!(matches!(
        svg(&chart_of(&rows, 1234)),
        Err(FigureError::TooManyRows { n_rows: 65, limit: 64 })
    ));
}

prop_compose! {
    fn any_row()(
        name in prop_oneof![proptest::sample::select(&NAMES[..]).prop_map(str::to_owned), any::<String>()],
        mean in prop_oneof![-1.0..=1.0, proptest::num::f64::ANY],
        spread in prop_oneof![0.0..=1.0, proptest::num::f64::ANY],
    ) -> (String, f64, f64) {
        (name, mean, spread)
    }
}

proptest! {
    #[test]
    fn any_numbers_give_a_figure_within_its_borders(
        rows in prop::collection::vec(any_row(), 0..=64),
        n_pairs in prop_oneof![0..3_u32, any::<u32>()],
    ) {
        let rows: Vec<_> = rows.iter().map(|(name, mean, std)| (&**name, *mean, *std)).collect();
        let figure = chart_of(&rows, n_pairs);
        let picture = Picture::of(&svg(&figure)?);

        let n_drawable = rows.iter().filter(|(_, mean, _)| mean.abs() <= 1.0).count();
        prop_assert_eq!(picture.diamonds.len(), if n_pairs == 0 { 0 } else { n_drawable });
        let (width, height) = figure.size();
        prop_assert_eq!((picture.width, picture.height), (f64::from(width), f64::from(height)));
        for &(x, y) in &picture.points {
            prop_assert!((0.0..=picture.width).contains(&x) && (0.0..=picture.height).contains(&y));
        }
    }
}
