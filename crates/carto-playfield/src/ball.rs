//! Where the ball of a slider is, and where it turns round next.

use carto_types::{DrawnObject, DrawnSlider};

/// The slide in which the ball is at a time, from 0, and the share of the path from its head that
/// the ball has reached, in `[0, 1]`. Before the slider starts both are 0.
pub(crate) fn ball_at(object: &DrawnObject, slider: &DrawnSlider, time_ms: f64) -> (u32, f32) {
    let passed_ms = (time_ms - object.start_ms).max(0.0);
    let last = slider.slides.saturating_sub(1);
    let n_slides = if slider.slide_ms > 0.0 { passed_ms / slider.slide_ms } else { 0.0 };
    // The cast takes what is beyond its range to the ends of it.
    let slide = (n_slides as u32).min(last);
    let of_slide = (n_slides - f64::from(slide)).clamp(0.0, 1.0) as f32;
    (slide, if slide.is_multiple_of(2) { of_slide } else { 1.0 - of_slide })
}

/// Whether an arrow stands at the head and at the tail, in this order: where the ball turns round
/// at the end of this slide or of the next one. Before the slider starts its head is covered.
pub(crate) fn arrows(slider: &DrawnSlider, slide: u32, has_started: bool) -> [bool; 2] {
    let turns_after = |slide: u32| slide.saturating_add(1) < slider.slides;
    // The ball is at the tail after an even slide.
    let (after_even, after_odd) =
        if slide.is_multiple_of(2) { (slide, slide + 1) } else { (slide.saturating_add(1), slide) };
    [has_started && turns_after(after_odd), turns_after(after_even)]
}

/// The point at a share of the length of a chain of straight pieces; `share` in `[0, 1]`. The
/// origin for a chain without points.
pub(crate) fn along(path: &[[f32; 2]], share: f32) -> [f32; 2] {
    let lengths = || path.windows(2).map(length);
    let mut left = share * lengths().sum::<f32>();
    for (piece, length) in path.windows(2).zip(lengths()) {
        let &[from, to] = piece else { continue };
        if left <= length && length > 0.0 {
            let part = left / length;
            return [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
        }
        left -= length;
    }
    path.last().copied().unwrap_or_default()
}

fn length(piece: &[[f32; 2]]) -> f32 {
    let &[from, to] = piece else { return 0.0 };
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    (dx * dx + dy * dy).sqrt()
}

#[cfg(test)]
mod tests {
    use carto_types::DrawnKind;

    use super::*;

    fn slider(slides: u32, slide_ms: f64) -> DrawnSlider {
        let path = vec![[0.0, 0.0], [100.0, 0.0]];
        DrawnSlider { slides, slide_ms, path, end: [0.0, 0.0], ticks: Vec::new() }
    }

    fn object(slider: DrawnSlider) -> DrawnObject {
        DrawnObject {
            start_ms: 1000.0,
            end_ms: 1000.0 + f64::from(slider.slides) * slider.slide_ms,
            position: [0.0, 0.0],
            stack_height: 0,
            stack_offset: 0.0,
            combo_number: 0,
            combo_index: 1,
            colour_index: 1,
            kind: DrawnKind::Slider(slider),
        }
    }

    #[test]
    fn the_ball_goes_there_and_back() {
        let slider = slider(3, 200.0);
        let object = object(slider.clone());
        let at = |time_ms: f64| ball_at(&object, &slider, time_ms);
        assert_eq!(at(0.0), (0, 0.0));
        assert_eq!(at(1050.0), (0, 0.25));
        assert_eq!(at(1250.0), (1, 0.75));
        assert_eq!(at(1550.0), (2, 0.75));
        assert_eq!(at(9999.0), (2, 1.0));
        let (object, slider) = (object.clone(), DrawnSlider { slide_ms: 0.0, ..slider });
        assert_eq!(ball_at(&object, &slider, 5000.0), (0, 0.0), "a slider without a duration");
    }

    #[test]
    fn arrows_stand_where_the_ball_turns_next() {
        let arrows = |slides, slide, has_started| arrows(&slider(slides, 1.0), slide, has_started);
        assert_eq!(arrows(1, 0, true), [false, false]);
        assert_eq!(arrows(2, 0, true), [false, true]);
        assert_eq!(arrows(3, 0, false), [false, true]);
        assert_eq!(arrows(3, 0, true), [true, true]);
        assert_eq!(arrows(3, 1, true), [true, false]);
        assert_eq!(arrows(3, 2, true), [false, false]);
        assert_eq!(arrows(u32::MAX, u32::MAX - 1, true), [false, false]);
    }

    #[test]
    fn a_share_of_a_chain_is_measured_by_length() {
        let path = [[0.0, 0.0], [0.0, 0.0], [30.0, 0.0], [30.0, 10.0]];
        assert_eq!(along(&path, 0.0), [0.0, 0.0]);
        assert_eq!(along(&path, 0.5), [20.0, 0.0]);
        assert_eq!(along(&path, 1.0), [30.0, 10.0]);
        assert_eq!(along(&[[5.0, 6.0]], 0.7), [5.0, 6.0]);
        assert_eq!(along(&[], 0.7), [0.0, 0.0]);
    }
}
