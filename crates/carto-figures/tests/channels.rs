//! The companions of the agreement figure, read back from their files: cosine and
//! distance, the coupling of channels, songs.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[cfg(test)]
#[allow(dead_code, reason = "each test file reads other parts of a picture")]
mod picture;

use carto_charts::{AgreementChart, CouplingChart, Metric, SongRow, SongsChart};
use carto_figures::{Figure, FigureError, svg};
use carto_types::{ChannelMatrix, ChannelSummary, Mode, Synthesis, TrackA};
use picture::Picture;
use proptest::prelude::*;

const NAMES: [&str; 9] =
    ["ONSET", "COMBO", "SLIDE", "SUSTAIN", "WHISTLE", "FINISH", "CLAP", "X", "Y"];

/// Invented numbers.
const DISTANCES: [f64; 9] = [0.21, 0.35, 0.502, 0.61, 0.11, 0.05, 0.4, 0.33, 1.12];

/// - `rows`: name, mean of the measure, its spread and mean r of each
fn measure(metric: Metric, rows: &[(&str, f64, f64, f64)], n_pairs: u32) -> AgreementChart {
    let channel = |&(name, mean, std, pearson_mean): &(&str, f64, f64, f64)| ChannelSummary {
        name: name.to_owned(),
        pearson_mean,
        pearson_std: 0.1,
        mad_mean: mean,
        mad_std: std,
        cosine_mean: mean,
        cosine_std: std,
        n_pairs,
    };
    let track = TrackA {
        channels: rows.iter().map(channel).collect(),
        cosine_mean: 0.0,
        cosine_std: 0.0,
        songs_analyzed: 40,
        pairs_compared: n_pairs,
    };
    let chart = AgreementChart::new(Some(&track), None, metric, false);
    AgreementChart { mode: Some(Mode::Published), ..chart }
}

fn rows() -> [(&'static str, f64, f64, f64); 9] {
    std::array::from_fn(|idx| (NAMES[idx], DISTANCES[idx], 0.04, 0.7 - 0.1 * idx as f64))
}

fn distance() -> AgreementChart {
    measure(Metric::Distance, &rows(), 1234)
}

fn coupling_of(raw: &[f64], n_maps: u32) -> CouplingChart {
    CouplingChart::new(&Synthesis {
        n_latent_dims: 0,
        downsampled: ChannelMatrix::default(),
        upsampled: ChannelMatrix::default(),
        between_channels: ChannelMatrix::from_cells(raw).unwrap(),
        n_maps,
        mean_abs_downsampled: 0.0,
        mean_abs_upsampled: 0.0,
        pairs: Vec::new(),
        pairs_thresholded: Vec::new(),
        triples: Vec::new(),
        triples_thresholded: Vec::new(),
        sign_threshold: 0.05,
    })
}

fn coupling() -> CouplingChart {
    let r = |idx: usize| {
        let (a, b) = (idx / 9, idx % 9);
        if a == b { 1.0 } else { 0.05 * (a + b) as f64 - 0.3 }
    };
    coupling_of(&std::array::from_fn::<f64, 81, _>(r), 722)
}

fn songs(n_songs: u32) -> Vec<SongRow> {
    let song = |idx: u32| SongRow {
        title: format!("Song {idx}"),
        artist: "Kite Season".to_owned(),
        n_mappers: 2,
        n_pairs: idx + 1,
        // Neither ascending nor descending.
        r: [f64::from(idx * 7 % n_songs) / f64::from(n_songs); 9],
    };
    (0..n_songs).map(song).collect()
}

/// Both texts of the file that name it.
fn names(svg: &str) -> (String, String) {
    let document = roxmltree::Document::parse(svg).unwrap();
    let text_of = |name| {
        let node = document.descendants().find(|node| node.has_tag_name(name)).unwrap();
        node.text().unwrap().to_owned()
    };
    (text_of("title"), text_of("desc"))
}

#[test]
fn a_distance_stands_at_its_mean_on_a_scale_that_holds_it() {
    let picture = Picture::of(&svg(&distance()).unwrap());
    assert_eq!(picture.diamonds.len(), 9);
    for ((x, _), mean) in picture.diamonds.iter().zip(DISTANCES) {
        assert!((x - picture.x_of(mean)).abs() < 0.5, "{mean}: {x}");
    }
    for ((from, to), mean) in picture.whiskers.iter().zip(DISTANCES) {
        for (actual, expected) in [(from.0, mean - 0.04), (to.0, mean + 0.04)] {
            assert!((actual - picture.x_of(expected)).abs() < 0.5, "{mean}");
        }
    }
    picture.label("1.2");
    assert_eq!(picture.row("Y"), ["Y", "cursor, top to bottom", "1.12", "± 0.04", "\u{2212}0.10"]);
}

#[test]
fn a_cosine_keeps_to_its_range_and_one_pair_does_not_spread() {
    let picture = Picture::drawn(&measure(Metric::Cosine, &rows(), 1));
    // 1.12 is a distance but no cosine.
    assert_eq!((picture.diamonds.len(), picture.whiskers.len()), (8, 0));
    assert_eq!(picture.row("Y")[2..], ["no value"]);
    assert_eq!(picture.row("ONSET")[2..], ["0.21", "one pair", "0.70"]);
    Picture::drawn(&measure(Metric::Cosine, &[], 1)).label("nothing to compare");
    let many = measure(Metric::Cosine, &[rows()[0]; 65], 1);
    assert!(matches!(svg(&many), Err(FigureError::TooManyRows { n_rows: 65, .. })));
}

#[test]
fn measures_name_what_they_show() {
    let (title, description) = names(&svg(&distance()).unwrap());
    assert_eq!(title, "Distance between mappers, nine channels: FINISH 0.05 to Y 1.12");
    assert!(
        description.starts_with(
            "Diamond: mean absolute difference over 1,234 pairs of 40 songs, whisker ± 1 \
             standard deviation over pairs; published rules. Signals run from \u{2212}1 to 1: 0 \
             is identical, 2 is opposite. ONSET 0.21 ± 0.04, mean r 0.70; "
        ),
        "{description}"
    );
}

#[test]
fn coupling_has_a_cell_for_every_two_channels() {
    let file = svg(&coupling()).unwrap();
    let picture = Picture::of(&file);
    // A name in its row and over its column.
    for name in NAMES {
        assert_eq!(picture.labels.iter().filter(|label| label.text == name).count(), 2, "{name}");
    }
    let cells = |text: &str| picture.labels.iter().filter(|label| label.text == text).count();
    // On the diagonal; the key of the colours says 1, not 1.0.
    assert_eq!(cells("1.0"), 9);
    assert_eq!(cells(".45"), 2, "X with Y and Y with X");
    assert_eq!(cells("\u{2212}.25"), 2, "ONSET with COMBO and back");
    let (title, description) = names(&file);
    assert!(title.ends_with("closest are X and Y, r 0.45"), "{title}");
    assert!(description.ends_with(" X with Y .45."), "{description}");
    let short = coupling_of(&[0.0; 72], 722);
    assert!(matches!(svg(&short), Err(FigureError::BadCoupling { n_values: 72 })));
}

#[test]
fn songs_stand_by_timing_and_the_middle_of_many_is_left_out() {
    let picture = Picture::drawn(&SongsChart::new(songs(41)));
    let mut rows: Vec<_> =
        picture.labels.iter().filter(|label| label.text.starts_with("Song ")).collect();
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    let order: Vec<u32> =
        rows.iter().map(|row| row.text.split_once(' ').unwrap().1.parse().unwrap()).collect();
    let mut expected: Vec<u32> = (0..41).collect();
    expected.sort_by_key(|idx| std::cmp::Reverse(idx * 7 % 41));
    expected.remove(20);
    assert_eq!(order, expected);
    picture.label(
        "Drawn are the 20 highest and the 20 lowest of 41 songs. Songs stand by timing r, the \
         mean of ONSET and COMBO, highest first.",
    );
    let whole = Picture::drawn(&SongsChart::new(songs(40)));
    assert!(!whole.labels.iter().any(|label| label.text.starts_with("Drawn are")));
    Picture::drawn(&SongsChart::new(Vec::new())).label("nothing to compare");
}

#[test]
fn a_long_title_ends_in_dots_before_the_counts() {
    let mut songs = songs(3);
    songs[0].title = "A Title That Is Longer Than Any Column Could Ever Be".to_owned();
    let picture = Picture::drawn(&SongsChart::new(songs));
    picture.label("A Title That Is Longer Tha\u{2026}");
}

proptest! {
    #[test]
    fn whatever_the_numbers_all_stays_on_the_sheet(
        values in proptest::collection::vec(prop_oneof![-2.5..2.5, Just(f64::NAN), Just(f64::INFINITY)], 81),
        name in ".{0,60}",
        (n_pairs, n_songs) in (0..3_u32, 1..50_u32),
    ) {
        let rows = values.chunks(9).map(|chunk| (name.as_str(), chunk[0], chunk[1], chunk[2]));
        let metric = if n_pairs == 1 { Metric::Cosine } else { Metric::Distance };
        let figure = measure(metric, &rows.collect::<Vec<_>>(), n_pairs);
        let mut all = vec![(svg(&figure).unwrap(), figure.size())];
        let figure = coupling_of(&values, n_pairs);
        all.push((svg(&figure).unwrap(), figure.size()));
        let mut songs = songs(n_songs);
        for (song, r) in songs.iter_mut().zip(values.as_chunks().0.iter().cycle()) {
            (song.title, song.artist, song.r) = (name.clone(), name.clone(), *r);
        }
        let figure = SongsChart::new(songs);
        all.push((svg(&figure).unwrap(), figure.size()));
        for (file, (width, height)) in all {
            let picture = Picture::of(&file);
            prop_assert_eq!((picture.width, picture.height), (f64::from(width), f64::from(height)));
            for (x, y) in picture.points {
                prop_assert!((0.0..=picture.width).contains(&x), "x {}", x);
                prop_assert!((0.0..=picture.height).contains(&y), "y {}", y);
            }
        }
    }
}
