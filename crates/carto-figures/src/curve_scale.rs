//! The axes of training curves: steps, and values on a logarithmic scale.

/// More lines across would stand too close for their labels.
const MAX_LINES: i32 = 9;

/// Where steps and values stand, in natural pixels.
pub(crate) struct Scale {
    /// Left and right.
    span_px: (f64, f64),
    /// Bottom and top.
    rise_px: (f64, f64),
    last_step: f64,
    /// Exponents of ten at the bottom and at the top.
    decades: (i32, i32),
}

impl Scale {
    /// From step 0 to the last one, and over whole decades of all values.
    ///
    /// - `points`: steps and values of all curves
    pub(crate) fn of(
        points: impl Iterator<Item = (f64, f64)> + Clone,
        span_px: (f64, f64),
        rise_px: (f64, f64),
    ) -> Self {
        let last_step = points.clone().map(|point| point.0).filter(|step| step.is_finite());
        let last_step = last_step.fold(1.0, f64::max);
        let (mut low, mut high) = (i32::MAX, i32::MIN);
        for log in points.filter_map(|point| log10(point.1)) {
            (low, high) = (low.min(log.floor() as i32), high.max(log.ceil() as i32));
        }
        let decades = if low <= high { (low, high.max(low + 1)) } else { (-3, 0) };
        Self { span_px, rise_px, last_step, decades }
    }

    /// Where a point stands; `None` for steps before 0, and for what a logarithmic
    /// axis has no place for.
    pub(crate) fn place(&self, (step, value): (f64, f64)) -> Option<(f64, f64)> {
        // Written so that NaN has no place, too.
        if !(0.0..=self.last_step).contains(&step) {
            return None;
        }
        Some((self.x(step), self.y(log10(value)?)))
    }

    pub(crate) fn x(&self, step: f64) -> f64 {
        self.span_px.0 + step / self.last_step * (self.span_px.1 - self.span_px.0)
    }

    /// The height of a power of ten.
    pub(crate) fn y(&self, exponent: f64) -> f64 {
        let (low, high) = (f64::from(self.decades.0), f64::from(self.decades.1));
        let share = (exponent - low) / (high - low);
        self.rise_px.0 + share * (self.rise_px.1 - self.rise_px.0)
    }

    /// The powers of ten that have a line and a label.
    pub(crate) fn powers(&self) -> impl Iterator<Item = i32> {
        let (low, high) = self.decades;
        let distance = (high - low + MAX_LINES - 1) / MAX_LINES;
        (low..=high).step_by(usize::try_from(distance).unwrap_or(1).max(1))
    }

    /// Up to five round numbers of steps.
    pub(crate) fn steps(&self) -> Vec<f64> {
        let rough = self.last_step / 4.0;
        let power = libm::exp10(libm::log10(rough).floor());
        let distance = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * power)
            .find(|distance| *distance >= rough)
            .unwrap_or(rough)
            // There is no step between two.
            .max(1.0);
        let n = (self.last_step / distance).floor() as usize;
        (0..=n).map(|idx| idx as f64 * distance).collect()
    }
}

/// `None` for what is not a positive number.
fn log10(value: f64) -> Option<f64> {
    let log = libm::log10(value);
    log.is_finite().then_some(log)
}

/// Heights for names that want to stand at `wanted`, at least `distance` apart, in
/// their order and from `top` to `bottom`: names that meet form a heap, which stands
/// where its members want to on average.
pub(crate) fn spread(wanted: &[f64], distance: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let half = |n: usize| distance * (n as f64 - 1.0) / 2.0;
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut heaps: Vec<(f64, Vec<usize>)> = Vec::new();
    for idx in order {
        let mut heap = (wanted[idx], vec![idx]);
        while let Some((middle, members)) = heaps.last() {
            let gap = heap.0 - half(heap.1.len()) - (middle + half(members.len()));
            if gap >= distance {
                break;
            }
            let mut joined = members.clone();
            joined.extend(&heap.1);
            let mean = joined.iter().map(|&idx| wanted[idx]).sum::<f64>() / joined.len() as f64;
            let half = half(joined.len());
            heaps.pop();
            // Where there is no room for all, the lowest ones hang over.
            heap = (mean.min(bottom - half).max(top + half), joined);
        }
        heaps.push(heap);
    }
    let mut found = vec![0.0; wanted.len()];
    for (middle, members) in heaps {
        let first = middle - half(members.len());
        for (place, idx) in members.into_iter().enumerate() {
            found[idx] = first + distance * place as f64;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: (f64, f64) = (0.0, 200.0);

    #[test]
    fn names_keep_their_distance_and_their_order() {
        assert_eq!(spread(&[10.0, 100.0], 16.0, ROOM), [10.0, 100.0]);
        assert_eq!(spread(&[50.0, 50.0], 16.0, ROOM), [42.0, 58.0]);
        let found = spread(&[32.0, 30.0, 31.0, 60.0], 16.0, ROOM);
        assert!(found[1] < found[2] && found[2] < found[0] && found[0] < found[3]);
        for pair in [(1, 2), (2, 0), (0, 3)] {
            assert!(found[pair.1] - found[pair.0] >= 16.0 - 1e-9, "{found:?}");
        }
    }

    #[test]
    fn names_stay_where_there_is_room() {
        assert_eq!(spread(&[199.0, 200.0, 198.0], 16.0, ROOM), [184.0, 200.0, 168.0]);
        assert_eq!(spread(&[0.0, 1.0, 150.0], 16.0, ROOM), [0.0, 16.0, 150.0]);
    }

    fn scale(points: &[(f64, f64)]) -> Scale {
        Scale::of(points.iter().copied(), (0.0, 100.0), (200.0, 0.0))
    }

    #[test]
    fn a_scale_covers_whole_decades_and_round_steps() {
        let scale = scale(&[(0.0, 0.5), (12_000.0, 0.004)]);
        assert_eq!(scale.powers().collect::<Vec<_>>(), [-3, -2, -1, 0]);
        assert_eq!(scale.steps(), [0.0, 5000.0, 10_000.0]);
        assert_eq!(scale.place((6000.0, 1.0)), Some((50.0, 0.0)));
        for odd in [(0.0, 0.0), (0.0, -1.0), (0.0, f64::NAN), (f64::NAN, 1.0), (-1.0, 1.0)] {
            assert_eq!(scale.place(odd), None, "{odd:?}");
        }
    }

    #[test]
    fn the_longest_and_the_shortest_scale_have_room_for_their_labels() {
        let long = scale(&[(0.0, 1e-300), (1e9, 1e300)]);
        assert!(long.powers().count() <= 10 && long.steps().len() <= 5);
        assert_eq!(scale(&[(0.0, 0.1)]).steps(), [0.0, 1.0]);
        assert_eq!(scale(&[]).powers().collect::<Vec<_>>(), [-3, -2, -1, 0]);
    }
}
