//! The reliability diagram, read back from its file.

#[cfg(test)]
#[allow(dead_code, reason = "each test file reads other parts of a picture")]
mod picture;

use carto_figures::{FigureError, ReliabilityFigure, ReliabilityPoint, svg};
use picture::Picture;

fn figure(n_bins: usize) -> ReliabilityFigure {
    let bin = |idx: usize| {
        // Off the middle of a bin: a whole percent and a half would be a tie of the rounding.
        let share = (idx as f64 + 0.6) / n_bins as f64;
        ReliabilityPoint { n_maps: idx as u32 * 10, confidence: share, accuracy: share * share }
    };
    let bins = (0..n_bins).map(bin).collect();
    ReliabilityFigure { title: "A <classifier>".to_owned(), bins, calibration_error: 0.0213 }
}

#[test]
fn bins_are_said_in_words_and_empty_ones_are_not() {
    let file = svg(&figure(4)).unwrap();
    assert!(file.contains("<title>A &lt;classifier&gt;</title>"));
    let words = "<desc>40 % sure: 16 % right of 10; 65 % sure: 42 % right of 20; \
                 90 % sure: 81 % right of 30</desc>";
    assert!(file.contains(words), "{file}");
    assert_eq!(file.matches("<circle").count(), 3);
    assert_eq!(file, svg(&figure(4)).unwrap());
}

#[test]
fn both_axes_and_the_error_are_written_out() {
    let file = svg(&figure(4)).unwrap();
    assert!(file.contains("0.021"));
    let picture = Picture::of(&file);
    assert!(
        picture.label("how sure the first answer is").y
            > picture.label("60 maps, in bars by how sure").y
    );
}

#[test]
fn numbers_that_have_no_place_are_left_out() {
    let mut odd = figure(3);
    odd.bins[1].accuracy = f64::NAN;
    odd.bins[2].confidence = 7.0;
    odd.calibration_error = f64::NAN;
    assert!(svg(&odd).unwrap().contains("<desc>no maps</desc>"));
    svg(&figure(0)).unwrap();
    assert!(matches!(svg(&figure(101)), Err(FigureError::TooManyRows { .. })));
}
