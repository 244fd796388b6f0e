//! The axis of a correlation, a cosine or a distance: whole tenths, drawn as a scale bar.

use crate::number::fixed;

/// A hair beyond a tenth is that tenth: sums of decimals are rarely exact.
const HAIR: f64 = 1e-9;

/// An axis from one tenth to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenthsAxis {
    from_tenth: i32,
    to_tenth: i32,
}

/// What the scale bar shows at a tenth.
#[derive(Debug, Clone, PartialEq)]
pub enum AxisPart {
    /// A label at every second tenth.
    Label {
        /// Place of the label, as a share of the axis.
        at: f64,
        /// The value, with one decimal.
        text: String,
    },
    /// A filled segment from every other tenth to the next.
    Segment {
        /// Lower end of the segment, as a share of the axis.
        from: f64,
        /// Upper end of the segment, as a share of the axis.
        to: f64,
    },
}

impl TenthsAxis {
    /// An axis that shows all of some values.
    ///
    /// - `least`: the ends that it has at least, in tenths
    /// - `most`: the ends that it has at most, where the measure ends
    /// - `values`: what it shows; what is not finite does not count
    #[must_use]
    pub fn covering(least: (i32, i32), most: (i32, i32), values: &[f64]) -> Self {
        let (mut from_tenth, mut to_tenth) = least;
        for value in values.iter().filter(|value| value.is_finite()) {
            from_tenth = from_tenth.min((value * 10.0 + HAIR).floor() as i32);
            to_tenth = to_tenth.max((value * 10.0 - HAIR).ceil() as i32);
        }
        Self { from_tenth: from_tenth.max(most.0), to_tenth: to_tenth.min(most.1) }
    }

    /// Segments of the scale bar, a tenth each.
    #[must_use]
    pub fn n_segments(self) -> i32 {
        self.to_tenth - self.from_tenth
    }

    /// Where a value stands, as a share of the axis in `[0, 1]`: at an end for what lies beyond.
    #[must_use]
    pub fn share(self, value: f64) -> f64 {
        let share = (value * 10.0 - f64::from(self.from_tenth)) / f64::from(self.n_segments());
        share.clamp(0.0, 1.0)
    }

    /// Whether a value lies on the axis, ends included.
    #[must_use]
    pub fn holds(self, value: f64) -> bool {
        let tenths = value * 10.0;
        tenths >= f64::from(self.from_tenth) && tenths <= f64::from(self.to_tenth)
    }

    /// Labels and filled segments of the scale bar, from the lower end.
    pub fn parts(self) -> impl Iterator<Item = AxisPart> {
        let share = move |tenth: i32| self.share(f64::from(tenth) / 10.0);
        (self.from_tenth..=self.to_tenth).filter_map(move |tenth| {
            let at = share(tenth);
            match tenth % 2 {
                0 => Some(AxisPart::Label { at, text: fixed(f64::from(tenth) / 10.0, 1) }),
                _ if tenth == self.to_tenth => None,
                _ => Some(AxisPart::Segment { from: at, to: share(tenth + 1) }),
            }
        })
    }

    /// The labels alone: place as a share of the axis, and text.
    pub fn labels(self) -> impl Iterator<Item = (f64, String)> {
        self.parts().filter_map(|part| match part {
            AxisPart::Label { at, text } => Some((at, text)),
            AxisPart::Segment { .. } => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const R: (i32, i32) = (-10, 10);

    fn ends(values: &[f64]) -> (i32, i32) {
        let axis = TenthsAxis::covering((-1, 9), R, values);
        (axis.from_tenth, axis.to_tenth)
    }

    #[test]
    fn an_axis_shows_at_least_what_is_usual() {
        assert_eq!(ends(&[]), (-1, 9));
        assert_eq!(ends(&[-0.1, 0.1 + 0.2, 0.9]), (-1, 9));
    }

    #[test]
    fn an_axis_grows_in_tenths_and_ends_where_its_measure_does() {
        assert_eq!(ends(&[-0.101]), (-2, 9));
        assert_eq!(ends(&[0.901, -0.55]), (-6, 10));
        assert_eq!(ends(&[1.3, -4.0, f64::NAN, f64::INFINITY]), (-10, 10));
        let distance = TenthsAxis::covering((0, 8), (0, 20), &[1.35, -0.2]);
        assert_eq!(distance, TenthsAxis { from_tenth: 0, to_tenth: 14 });
    }

    #[test]
    fn places_are_shares_of_the_axis() {
        let axis = TenthsAxis::covering((-1, 9), R, &[]);
        assert_eq!([0.0, 0.1, 0.3].map(|r| axis.share(r)), [0.1, 0.2, 0.4]);
        assert_eq!([2.0, -1.0].map(|r| axis.share(r)), [1.0, 0.0]);
        assert!(axis.holds(0.9) && axis.holds(-0.1) && !axis.holds(0.91));
        for tenth in -10..=10 {
            let r = f64::from(tenth) / 10.0;
            let to_one = TenthsAxis { from_tenth: tenth - 1, to_tenth: tenth };
            assert_eq!(to_one.share(r), 1.0, "ends are exact");
        }
    }

    #[test]
    fn every_second_tenth_has_a_label_and_every_other_one_a_segment() {
        let axis = TenthsAxis::covering((-1, 3), R, &[]);
        let labels: Vec<_> = axis.labels().map(|(_, text)| text).collect();
        assert_eq!(labels, ["0.0", "0.2"]);
        let parts: Vec<_> = axis.parts().collect();
        assert_eq!(parts.len(), 4, "the last tenth begins no segment");
        assert_eq!(parts[0], AxisPart::Segment { from: 0.0, to: 0.25 });
        assert_eq!(parts[1], AxisPart::Label { at: 0.25, text: "0.0".to_owned() });
        let all = TenthsAxis::covering(R, R, &[]);
        assert_eq!(all.labels().next(), Some((0.0, "−1.0".to_owned())));
    }
}
