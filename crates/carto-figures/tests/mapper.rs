//! The figure of a mapper, read back from its file.

#[cfg(test)]
#[allow(dead_code, reason = "each test file reads other parts of a picture")]
mod picture;

use carto_charts::MapperChart;
use carto_figures::{Figure, FigureError, svg};
use carto_types::{
    DifferenceVerdict, DimensionDifference, DimensionGroup, Estimate, Interval, MapperFingerprint,
    MeanOverSongs, SongSigns, StarsApart, WhyUndetermined,
};
use picture::Picture;

/// - `value`: standardised; a direction where it is known to two decimals
fn dimension(group: DimensionGroup, name: &str, value: Option<f64>) -> DimensionDifference {
    let is_sure = value.is_some_and(|value| value.abs() > 0.25);
    let interval = |value: f64| Interval { se: 0.1, low: value - 0.2, high: value + 0.2 };
    let verdict = match value {
        Some(value) if is_sure && value > 0.0 => DifferenceVerdict::Higher,
        Some(_) if is_sure => DifferenceVerdict::Lower,
        _ => DifferenceVerdict::Undetermined,
    };
    DimensionDifference {
        group,
        name: name.to_owned(),
        difference: MeanOverSongs {
            n_songs: 20,
            n_pairs: 20,
            mean: value,
            ..MeanOverSongs::default()
        },
        signs: SongSigns::default(),
        q_value: None,
        at_equal_stars: None,
        spread: value.map(|_| 1.0),
        standardised: value.map(|value| Estimate { value, interval: Some(interval(value)) }),
        verdict,
        why_undetermined: (!is_sure).then_some(WhyUndetermined::HoldsZero),
    }
}

fn chart(dimensions: Vec<DimensionDifference>) -> MapperChart {
    MapperChart::new(&MapperFingerprint {
        mapper: "Ann".to_owned(),
        against: None,
        n_songs: 20,
        n_maps: 20,
        stars: StarsApart::default(),
        dimensions,
        typical: Vec::new(),
    })
}

fn figure() -> MapperChart {
    chart(vec![
        dimension(DimensionGroup::Channel, "ONSET", Some(-0.4)),
        dimension(DimensionGroup::Channel, "CLAP", None),
        dimension(DimensionGroup::Movement, "SPACING", Some(0.5)),
        dimension(DimensionGroup::Feature, "ar", Some(0.1)),
        dimension(DimensionGroup::Feature, "cs", Some(1.4)),
    ])
}

#[test]
fn what_is_determined_has_a_filled_diamond_at_its_value() {
    let picture = Picture::drawn(&figure());
    // Features stand by value. What lies beyond the axis stands at its end.
    let expected = [-0.4, 0.5, 1.2];
    assert_eq!(picture.diamonds.len(), expected.len());
    for ((x, y), (value, name)) in
        picture.diamonds.iter().zip(expected.into_iter().zip(["ONSET", "SPACING", "cs"]))
    {
        assert!((x - picture.x_of(value)).abs() < 0.5, "{name}: {x}");
        let top = picture.label(name).y;
        assert!((top..top + 13.0).contains(y), "{name} is not beside its diamond");
    }
    assert_eq!(picture.label("interval holds 0").text, "interval holds 0");
    assert_eq!(picture.label("denser onsets").text, "denser onsets");
    assert_eq!(picture.label("no value").text, "no value");
}

#[test]
fn bands_reach_over_the_interval() {
    let picture = Picture::drawn(&figure());
    let bands: Vec<_> = picture.blocks.iter().filter(|(fill, ..)| fill == "#D798BC").collect();
    assert_eq!(bands.len(), 4);
    for ((_, left, right), (low, high)) in
        bands.iter().zip([(-0.6, -0.2), (0.3, 0.7), (1.2, 1.2), (-0.1, 0.3)])
    {
        assert!((left - picture.x_of(low)).abs() < 0.5, "{left} for {low}");
        assert!((right - picture.x_of(high)).abs() < 0.5, "{right} for {high}");
    }
}

#[test]
fn nothing_reaches_beyond_the_picture_and_too_many_rows_are_refused() {
    let picture = Picture::drawn(&figure());
    for (x, y) in &picture.points {
        assert!((0.0..=picture.width).contains(x) && (0.0..=picture.height).contains(y), "{x} {y}");
    }
    let many = |n: usize| {
        let latent = |idx: usize| dimension(DimensionGroup::Latent, &format!("z{idx}"), Some(0.1));
        chart((0..n).map(latent).collect())
    };
    assert!(svg(&many(96)).is_ok());
    assert!(matches!(svg(&many(97)), Err(FigureError::TooManyRows { n_rows: 97, limit: 96 })));
    let none = chart(Vec::new());
    assert!(svg(&none).is_ok() && none.size().1 > 100);
}
