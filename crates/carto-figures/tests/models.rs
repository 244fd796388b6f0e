//! Pictures against the models that the page draws from, too: every label and every place.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

#[cfg(test)]
#[allow(dead_code, reason = "each test file reads other parts of a picture")]
mod picture;

use carto_charts::number::{cell, fixed};
use carto_charts::{
    AgreementChart, CHANNELS, Cell, CosineChart, CouplingChart, HeatmapChart, LatentChart, Metric,
    TenthsAxis, cell_text, value,
};
use carto_figures::Figure;
use carto_types::{
    AgreementClass, ChannelMatrix, ChannelSummary, LatentSummary, Synthesis, TrackA, TrackB,
};
use picture::Picture;
use proptest::prelude::*;

const N_LATENTS: u32 = 4;

/// How far rounding to a twelfth of a pixel carries a place, and two labels the scale.
const NEAR_PX: f64 = 0.3;

/// Heading and caption stand in the picture as the model writes them.
fn check_texts(figure: &impl Figure, picture: &Picture) {
    let text = figure.text();
    picture.label(&text.heading);
    text.caption.iter().for_each(|line| {
        picture.label(line);
    });
}

/// Where a share of the axis stands, from its first and its last label.
///
/// - `coordinate`: an x, or a y of an upright axis
fn on_axis(
    axis: TenthsAxis,
    picture: &Picture,
    coordinate: fn(&picture::Label) -> f64,
) -> impl Fn(f64) -> f64 {
    let labels: Vec<_> = axis.labels().collect();
    let place = |(share, text): &(f64, String)| {
        let label = picture.labels.iter().find(|label| &label.text == text);
        (*share, coordinate(label.unwrap_or_else(|| panic!("no label {text}"))))
    };
    let (first, last) = (place(&labels[0]), place(&labels[labels.len() - 1]));
    for label in &labels {
        let (share, at) = place(label);
        let expected = first.1 + (share - first.0) / (last.0 - first.0) * (last.1 - first.1);
        assert!((at - expected).abs() < NEAR_PX, "label {}", label.1);
    }
    move |share| first.1 + (share - first.0) / (last.0 - first.0) * (last.1 - first.1)
}

fn check_agreement(chart: &AgreementChart) {
    let picture = Picture::drawn(chart);
    check_texts(chart, &picture);
    let at = on_axis(chart.axis, &picture, |label| label.x);
    assert_eq!(picture.diamonds.len(), chart.rows.len());
    for (row, (diamond, whisker)) in
        chart.rows.iter().zip(picture.diamonds.iter().zip(&picture.whiskers))
    {
        let share = row.shown.share(chart.axis).unwrap();
        assert!((diamond.0 - at(share)).abs() < NEAR_PX, "{}", row.name);
        let model = row.shown.whisker(chart.axis).unwrap();
        for (x, share) in [(whisker.0.0, model.from), (whisker.1.0, model.to)] {
            assert!((x - at(share)).abs() < NEAR_PX, "{}", row.name);
        }
        let mean = row.shown.mean_text();
        let spread = row.shown.spread_text().replace('±', "± ");
        let last = match chart.metric {
            Metric::Correlation => row.r.class_text(AgreementChart::BOUNDS).to_owned(),
            Metric::Cosine | Metric::Distance => row.companion.mean_text(),
        };
        assert_eq!(picture.row(&row.name)[2..], [mean, spread, last], "{}", row.name);
    }
}

fn check_latents(chart: &LatentChart) {
    let picture = Picture::drawn(chart);
    check_texts(chart, &picture);
    // Labels stand below the middle of their text: differences are what counts.
    let at = on_axis(chart.axis, &picture, |label| label.y);
    let rows: Vec<_> = chart.ranked().collect();
    assert_eq!(picture.diamonds.len(), rows.len());
    let offset = picture.diamonds[0].1 - at(rows[0].r.share(chart.axis).unwrap());
    for (row, &(x, y)) in rows.iter().zip(&picture.diamonds) {
        let share = row.r.share(chart.axis).unwrap();
        assert!((y - at(share) - offset).abs() < 2.0 * NEAR_PX, "latent {}", row.dim);
        let column: Vec<_> = picture.labels.iter().filter(|l| (l.x - x).abs() < 0.1).collect();
        let texts: Vec<_> = column.iter().map(|label| label.text.as_str()).collect();
        let (mean, std) = (cell(row.r.mean.unwrap()), cell(row.r.std.unwrap()));
        assert_eq!(texts, [&row.dim.to_string(), &mean, &std]);
    }
}

fn check_cosines(chart: &CosineChart) {
    let picture = Picture::drawn(chart);
    check_texts(chart, &picture);
    let at = on_axis(chart.axis, &picture, |label| label.x);
    let bars: Vec<_> = picture.rects.iter().filter(|(fill, ..)| fill == "#A71B6B").collect();
    assert_eq!(bars.len(), chart.bars().count());
    let full = bars.iter().map(|(_, from, to)| to.1 - from.1).fold(0.0, f64::max);
    for (bar, (_, from, to)) in chart.bars().zip(bars) {
        // A pixel of the bar is the gap beside it.
        assert!(
            (from.0 - at(bar.from) - 1.0).abs() < NEAR_PX && (to.0 - at(bar.to)).abs() < NEAR_PX
        );
        assert!((to.1 - from.1 - bar.height(full)).abs() < NEAR_PX);
    }
    for mean in chart.means() {
        let std = mean.std.map_or_else(String::new, |std| format!(" ± {std}"));
        let label = picture.label(&format!("{} {}{std}", mean.name, mean.value));
        assert!(((label.x - at(mean.at)).abs() - 8.0).abs() < NEAR_PX, "{}", mean.name);
    }
}

/// The cells of a row under the names of their channels.
fn check_cells(picture: &Picture, name: &str, matrix: &[f64], dim: usize) {
    // The key and the heads stand above: the last of the name is the row's.
    let y = picture.labels.iter().rfind(|label| label.text == name).unwrap().y;
    for (channel, labels) in CHANNELS.iter().enumerate() {
        let x = picture.label(labels.name).x;
        let is_there = |l: &&picture::Label| (l.x - x).abs() < 0.1 && (l.y - y).abs() < 2.0;
        let texts: Vec<_> = picture.labels.iter().filter(is_there).map(|l| &l.text).collect();
        assert_eq!(texts, [&cell_text(value(matrix, Cell { dim, channel }))], "{name}");
    }
}

fn track_a(values: &[f64]) -> TrackA {
    let channel = |(labels, v): (&carto_charts::ChannelLabels, &[f64])| ChannelSummary {
        name: labels.name.to_owned(),
        pearson_mean: v[0],
        pearson_std: v[1].abs(),
        mad_mean: v[2].abs(),
        mad_std: v[3].abs(),
        cosine_mean: v[4],
        cosine_std: v[5].abs(),
        n_pairs: 9,
    };
    TrackA {
        channels: CHANNELS.iter().zip(values.chunks(6)).map(channel).collect(),
        cosine_mean: values[0],
        cosine_std: values[1].abs(),
        songs_analyzed: 3,
        pairs_compared: 9,
    }
}

fn track_b(values: &[f64]) -> TrackB {
    let latent = |(dim, v): (u32, &[f64])| LatentSummary {
        dim,
        pearson_mean: v[0],
        pearson_std: v[1].abs(),
        cosine_mean: v[2],
        cosine_std: 0.1,
        between_var_mean: 0.01,
        n_pairs: 9,
        class: AgreementClass::Mixed,
    };
    TrackB {
        dims: (0..N_LATENTS).zip(values.chunks(3)).map(latent).collect(),
        ranking: vec![2, 0, 3, 1],
        cosine_mean: values[13],
        cosine_std: values[14].abs(),
        cosines: values[..12].to_vec(),
        songs_analyzed: 3,
        pairs_compared: 12,
    }
}

fn synthesis(values: &[f64]) -> Synthesis {
    Synthesis {
        n_latent_dims: N_LATENTS,
        downsampled: ChannelMatrix::from_cells(&values[..36]).unwrap(),
        upsampled: ChannelMatrix::default(),
        between_channels: ChannelMatrix::from_cells(values).unwrap(),
        n_maps: 8,
        mean_abs_downsampled: 0.0,
        mean_abs_upsampled: 0.0,
        pairs: Vec::new(),
        pairs_thresholded: Vec::new(),
        triples: Vec::new(),
        triples_thresholded: Vec::new(),
        sign_threshold: 0.05,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_picture_has_the_labels_and_places_of_its_model(
        values in prop::collection::vec(-1.0..1.0_f64, 81),
    ) {
        let (track_a, track_b) = (track_a(&values), track_b(&values));
        for metric in Metric::ALL {
            // As a picture has it, and as the page does.
            for is_live in [false, true] {
                check_agreement(&AgreementChart::new(Some(&track_a), None, metric, is_live));
            }
        }
        check_latents(&LatentChart::new(Some(&track_b), None));
        check_cosines(&CosineChart::new(&track_b));
        let synthesis = synthesis(&values);
        let chart = HeatmapChart::new(&synthesis, Some(&track_b), String::new());
        let picture = Picture::drawn(&chart);
        for dim in 0..N_LATENTS {
            check_cells(&picture, &dim.to_string(), &chart.r, dim as usize);
        }
        let chart = CouplingChart::new(&synthesis);
        let picture = Picture::drawn(&chart);
        check_texts(&chart, &picture);
        for (dim, labels) in CHANNELS.iter().enumerate() {
            check_cells(&picture, labels.name, &chart.r, dim);
        }
    }
}

#[test]
fn page_and_picture_round_alike() {
    let mut values = vec![0.25; 81];
    (values[0], values[1]) = (0.585, 0.215);
    let chart = AgreementChart::new(Some(&track_a(&values)), None, Metric::Correlation, false);
    let reading = chart.reading(0, "").unwrap();
    assert!(reading.contains("Mean r 0.59 over 9 pairs, spread ±0.22"), "{reading}");
    assert_eq!(Picture::drawn(&chart).row("ONSET")[2..4], ["0.59", "± 0.22"]);
    assert_eq!(fixed(0.585, 2), "0.59");
}
