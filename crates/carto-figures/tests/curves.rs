//! The figure of a training run, read back from its file.

#[cfg(test)]
#[allow(dead_code, reason = "each test file reads other parts of a picture")]
mod picture;

use carto_figures::{Curve, CurvesFigure, Figure, FigureError, svg};
use picture::Picture;
use proptest::prelude::*;

fn figure(n_curves: usize) -> CurvesFigure {
    let point = |step: i32| (f64::from(step) * 100.0, 0.5 / (f64::from(step) + 1.0));
    let curve = |idx: usize| Curve {
        name: format!("curve <{idx}>"),
        points: (0..50).map(point).collect(),
        is_held_out: idx == 0,
    };
    CurvesFigure { title: "A run".to_owned(), curves: (0..n_curves).map(curve).collect() }
}

#[test]
fn every_curve_is_named_once_in_the_picture_and_once_in_words() {
    let file = svg(&figure(3)).unwrap();
    for idx in 0..3 {
        assert_eq!(file.matches(&format!("curve &lt;{idx}&gt;")).count(), 2, "{idx}");
    }
    assert!(file.contains("<desc>curve &lt;0&gt;: 0.0100 at step 4900;"));
    assert_eq!(file, svg(&figure(3)).unwrap());
}

#[test]
fn numbers_that_have_no_place_are_left_out() {
    let mut odd = figure(1);
    odd.curves[0].points.extend([(f64::NAN, 1.0), (5000.0, 0.0), (5100.0, f64::NAN)]);
    svg(&odd).unwrap();
    svg(&figure(0)).unwrap();
    assert!(matches!(svg(&figure(13)), Err(FigureError::TooManyRows { .. })));
}

#[test]
fn a_curve_is_named_at_the_height_of_its_end() {
    let curve = |name: &str, last: f64| Curve {
        name: name.to_owned(),
        points: vec![(0.0, 1.0), (1000.0, last)],
        is_held_out: false,
    };
    let curves = vec![curve("low", 0.001), curve("middle", 0.1)];
    let file = svg(&CurvesFigure { title: "A run".to_owned(), curves }).unwrap();
    let picture = Picture::of(&file);
    for (name, power) in [("low", "0.001"), ("middle", "0.1")] {
        let (name, power) = (picture.label(name), picture.label(power));
        assert!((name.y - power.y).abs() < 0.5, "{name:?} {power:?}");
        assert!(name.x > picture.label("1,000").x, "behind the last step");
    }
}

proptest! {
    #[test]
    fn any_numbers_give_a_figure_within_its_borders(
        curves in prop::collection::vec(
            prop::collection::vec((proptest::num::f64::ANY, proptest::num::f64::ANY), 0..6), 0..=12,
        ),
        last in prop::option::of(0.001..1.0_f64),
    ) {
        // Where all end at one point, their names need the most room.
        let curve = |mut points: Vec<(f64, f64)>| {
            points.extend(last.map(|value| (500.0, value)));
            Curve { name: "name".to_owned(), points, is_held_out: false }
        };
        let figure = CurvesFigure {
            title: "A run".to_owned(),
            curves: curves.iter().cloned().map(curve).collect(),
        };
        let picture = Picture::of(&svg(&figure)?);
        let (width, height) = figure.size();
        prop_assert_eq!((picture.width, picture.height), (f64::from(width), f64::from(height)));
        for &(x, y) in &picture.points {
            prop_assert!((0.0..=picture.width).contains(&x) && (0.0..=picture.height).contains(&y));
        }
        let names: Vec<f64> =
            picture.labels.iter().filter(|label| label.text == "name").map(|label| label.y).collect();
        for (idx, a) in names.iter().enumerate() {
            prop_assert!(names[idx + 1..].iter().all(|b| (a - b).abs() > 17.0), "{:?}", names);
        }
    }
}
