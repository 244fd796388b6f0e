//! Two bars of an invented song, mapped by two invented people, as curves.
//!
//! A drawing for the explanation, not a computation: the channels of real maps
//! are computed in `carto-beatmap`, by the definitions that this follows.

/// Beats in the example.
pub(super) const N_BEATS: usize = 8;

/// At 150 beats a minute.
const BEAT_MS: f64 = 400.0;

/// Points of a curve: one for each 13 ms.
const N_POINTS: usize = 240;

/// An object of the example.
pub(super) struct Example {
    /// Beat at which it is hit.
    pub(super) beat: f64,
    /// Beat at which it ends; the same for a circle.
    pub(super) end: f64,
    /// Start, in osu!pixels.
    from: (f64, f64),
    /// End, in osu!pixels.
    to: (f64, f64),
    /// Number in its combo.
    pub(super) number: u32,
    /// Hitsound: none, whistle, finish or clap, as rows 4 to 6 of the signal.
    sound: Option<usize>,
}

const fn circle(beat: f64, at: (f64, f64), number: u32, sound: Option<usize>) -> Example {
    Example { beat, end: beat, from: at, to: at, number, sound }
}

const fn slider(
    (beat, end): (f64, f64),
    from: (f64, f64),
    to: (f64, f64),
    number: u32,
    sound: Option<usize>,
) -> Example {
    Example { beat, end, from, to, number, sound }
}

const WHISTLE: Option<usize> = Some(4);
const FINISH: Option<usize> = Some(5);
const CLAP: Option<usize> = Some(6);

/// The map of the first mapper.
pub(super) const MAP_A: [Example; 10] = [
    circle(0.0, (96.0, 250.0), 1, FINISH),
    circle(1.0, (190.0, 140.0), 2, None),
    circle(1.5, (250.0, 190.0), 3, None),
    slider((2.0, 3.0), (330.0, 250.0), (470.0, 170.0), 4, CLAP),
    circle(3.5, (420.0, 60.0), 5, None),
    circle(4.0, (280.0, 40.0), 1, WHISTLE),
    circle(5.0, (120.0, 90.0), 2, None),
    circle(5.5, (60.0, 200.0), 3, None),
    slider((6.0, 7.0), (160.0, 320.0), (330.0, 330.0), 4, CLAP),
    circle(7.5, (440.0, 280.0), 5, None),
];

/// The map of the second mapper: nearly the same beats, and another way across the screen.
pub(super) const MAP_B: [Example; 10] = [
    circle(0.0, (410.0, 80.0), 1, FINISH),
    circle(1.0, (300.0, 60.0), 2, WHISTLE),
    circle(2.0, (110.0, 110.0), 3, CLAP),
    slider((2.5, 3.5), (60.0, 190.0), (150.0, 300.0), 4, None),
    circle(4.0, (430.0, 330.0), 1, WHISTLE),
    circle(5.0, (330.0, 250.0), 2, None),
    circle(5.5, (250.0, 320.0), 3, None),
    circle(6.0, (110.0, 330.0), 4, CLAP),
    slider((6.5, 7.25), (70.0, 150.0), (190.0, 70.0), 5, None),
    circle(7.5, (260.0, 120.0), 6, None),
];

/// One channel of one map, as an area over a middle line.
///
/// - returns: an SVG path in a box 240 wide, its middle line at 20, reaching
///   up to 1 or, `hangs`, down to 39
pub(super) fn area(map: &[Example], channel_idx: usize, hangs: bool) -> String {
    let mut path = String::from("M0,20");
    for point_idx in 0..=N_POINTS {
        let beat = point_idx as f64 / N_POINTS as f64 * N_BEATS as f64;
        let height = (value(map, channel_idx, beat) * 19.0).round() as i32;
        let y = if hangs { 20 + height } else { 20 - height };
        path.push_str(&format!("L{point_idx},{y}"));
    }
    path.push_str("L240,20Z");
    path
}

/// From 0 to 1, drawn so that a hit is a peak: 1 - v of the definition.
fn value(map: &[Example], channel_idx: usize, beat: f64) -> f64 {
    match channel_idx {
        0 => peak(map, beat, |_| true),
        1 => peak(map, beat, |object| object.number == 1),
        2 => held(map, beat).unwrap_or(0.0),
        3 => held(map, beat).map_or(0.0, |_| 1.0),
        7 => cursor(map, beat).0 / 512.0,
        8 => cursor(map, beat).1 / 384.0,
        sound => peak(map, beat, |object| object.sound == Some(sound)),
    }
}

/// A peak of 1 at each event that falls with the logarithm of the time since, and is gone
/// after 2 s.
fn peak(map: &[Example], beat: f64, counts: impl Fn(&Example) -> bool) -> f64 {
    let latest = map.iter().rfind(|object| counts(object) && object.beat <= beat);
    let since_ms = latest.map_or(2048.0, |object| (beat - object.beat) * BEAT_MS);
    1.0 - ((since_ms + 16.0).log2().clamp(4.0, 11.0) - 4.0) / 7.0
}

/// Progress along the slider that is held at a beat, from 0 to 1; `None` between sliders.
fn held(map: &[Example], beat: f64) -> Option<f64> {
    let slider = map.iter().find(|object| object.beat <= beat && beat < object.end)?;
    Some((beat - slider.beat) / (slider.end - slider.beat))
}

/// Place of the cursor in osu!pixels: along sliders, and straight from the end of one object
/// to the start of the next.
fn cursor(map: &[Example], beat: f64) -> (f64, f64) {
    let Some(idx) = map.iter().rposition(|object| object.beat <= beat) else {
        return (256.0, 192.0);
    };
    let object = &map[idx];
    if beat < object.end {
        return between(object.from, object.to, (beat - object.beat) / (object.end - object.beat));
    }
    match map.get(idx + 1) {
        Some(next) => between(object.to, next.from, (beat - object.end) / (next.beat - object.end)),
        None => object.to,
    }
}

fn between(from: (f64, f64), to: (f64, f64), share: f64) -> (f64, f64) {
    (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_is_a_peak_that_fades() {
        assert_eq!(value(&MAP_A, 0, 1.0), 1.0);
        assert!(value(&MAP_A, 0, 1.2) < value(&MAP_A, 0, 1.1));
        assert_eq!(value(&MAP_A, 4, 0.5), 0.0); // No whistle yet.
    }

    #[test]
    fn sliders_rise_while_they_last() {
        assert_eq!(value(&MAP_A, 2, 2.5), 0.5);
        assert_eq!(value(&MAP_A, 3, 2.5), 1.0);
        assert_eq!(value(&MAP_A, 3, 3.0), 0.0);
    }

    #[test]
    fn the_maps_are_playable() {
        for map in [&MAP_A, &MAP_B] {
            assert!(map.windows(2).all(|pair| pair[0].end <= pair[1].beat));
            assert!(map.iter().all(|object| object.end <= N_BEATS as f64));
        }
    }

    #[test]
    fn curves_stay_in_their_half() {
        for channel_idx in 0..9 {
            let beats = (0..=80).map(|tenth| f64::from(tenth) / 10.0);
            assert!(
                beats
                    .map(|beat| value(&MAP_B, channel_idx, beat))
                    .all(|v| (0.0..=1.0).contains(&v))
            );
        }
        assert!(area(&MAP_A, 3, true).ends_with("L240,20L240,20Z"));
    }
}
