//! The figure of a training run.

use carto_figures::{Curve, CurvesFigure, FigureError, curves_svg};

fn figure(n_curves: usize) -> CurvesFigure {
    let curve = |idx: usize| Curve {
        name: format!("curve <{idx}>"),
        points: (0..50).map(|step| (f64::from(step) * 100.0, 0.5 / (f64::from(step) + 1.0))).collect(),
        is_held_out: idx == 0,
    };
    CurvesFigure { title: "A run".to_owned(), curves: (0..n_curves).map(curve).collect() }
}

#[test]
fn every_curve_is_named_once_in_the_picture_and_once_in_words() {
    let svg = curves_svg(&figure(3)).unwrap();
    for idx in 0..3 {
        assert_eq!(svg.matches(&format!("curve &lt;{idx}&gt;")).count(), 2, "{idx}");
    }
    assert!(svg.contains("<desc>curve &lt;0&gt;: 0.0100 at step 4900;"));
    assert_eq!(svg, curves_svg(&figure(3)).unwrap());
}

#[test]
fn numbers_that_have_no_place_are_left_out() {
    let mut odd = figure(1);
    odd.curves[0].points.extend([(f64::NAN, 1.0), (5000.0, 0.0), (5100.0, f64::NAN)]);
    curves_svg(&odd).unwrap();
    curves_svg(&figure(0)).unwrap();
    assert!(matches!(curves_svg(&figure(13)), Err(FigureError::TooManyRows { .. })));
}
