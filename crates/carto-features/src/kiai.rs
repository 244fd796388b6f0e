//! The times that the mapper marked as the song's climax.

use super::objects::TimingLine;

/// Kiai sections, both ends inside: sorted, apart from each other.
#[derive(Debug)]
pub(super) struct KiaiSections(Vec<(f64, f64)>);

impl KiaiSections {
    /// From a point that turns kiai on to the one that turns it off, in file
    /// order, or for ever.
    pub(super) fn of(points: &[TimingLine]) -> Self {
        let (mut sections, mut begin_ms) = (Vec::new(), None);
        for point in points {
            match (point.is_kiai, begin_ms) {
                (true, None) => begin_ms = Some(point.time_ms),
                (false, Some(begin)) => {
                    sections.push((begin, point.time_ms));
                    begin_ms = None;
                }
                _ => {}
            }
        }
        sections.extend(begin_ms.map(|begin| (begin, f64::INFINITY)));
        Self(merged(sections))
    }

    pub(super) fn contains(&self, time_ms: f64) -> bool {
        let n_begun = self.0.partition_point(|&(begin, _)| begin <= time_ms);
        n_begun.checked_sub(1).is_some_and(|latest| time_ms <= self.0[latest].1)
    }
}

/// Sections of the same times that do not touch, so that one look-up finds a
/// time. Points out of order may make sections that hold no time at all.
fn merged(mut sections: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    sections.retain(|&(begin, end)| begin <= end);
    sections.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut merged: Vec<(f64, f64)> = Vec::with_capacity(sections.len());
    for (begin, end) in sections {
        match merged.last_mut() {
            Some(latest) if begin <= latest.1 => latest.1 = latest.1.max(end),
            _ => merged.push((begin, end)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(points: &[(f64, bool)]) -> Vec<TimingLine> {
        let point = |&(time_ms, is_kiai)| TimingLine {
            time_ms,
            beat_length_ms: 500.0,
            is_uninherited: true,
            is_kiai,
        };
        points.iter().map(point).collect()
    }

    #[test]
    fn both_ends_are_inside_and_the_last_section_is_open() {
        let kiai = KiaiSections::of(&points(&[
            (0.0, false),
            (10.0, true),
            (15.0, true),
            (20.0, false),
            (40.0, true),
        ]));
        let inside = [9.9, 10.0, 20.0, 20.1, 39.9, 40.0, 1e9].map(|time| kiai.contains(time));
        assert_eq!(inside, [false, true, true, false, false, true, true]);
    }

    #[test]
    fn points_out_of_order_count_as_any_section_that_holds_the_time() {
        let disordered =
            [(50.0, true), (60.0, false), (10.0, true), (55.0, false), (9.0, true), (3.0, false)];
        let kiai = KiaiSections::of(&points(&disordered));
        let inside = [5.0, 9.0, 10.0, 57.0, 61.0].map(|time| kiai.contains(time));
        assert_eq!(inside, [false, false, true, true, false]);
        let kiai = KiaiSections::of(&points(&[(f64::NAN, true), (60.0, false)]));
        assert!(!kiai.contains(1.0));
    }
}
