use super::CurvesFigure;

/// Where steps and values stand, in natural pixels.
pub(super) struct Scale {
    /// Left and right.
    span_px: (f64, f64),
    /// Bottom and top.
    rise_px: (f64, f64),
    last_step: f64,
    /// Exponents of ten at the bottom and at the top.
    decades: (f64, f64),
}

impl Scale {
    /// From step 0 to the last one, and over whole decades of all values.
    pub(super) fn of(figure: &CurvesFigure, span_px: (f64, f64), rise_px: (f64, f64)) -> Self {
        let points = || figure.curves.iter().flat_map(|curve| curve.points.iter().copied());
        let last_step = points().map(|point| point.0).filter(|step| step.is_finite());
        let last_step = last_step.fold(1.0, f64::max);
        let logs = points().map(|point| point.1.log10()).filter(|log| log.is_finite());
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for log in logs {
            (low, high) = (low.min(log.floor()), high.max(log.ceil()));
        }
        let decades = match low <= high {
            true => (low, high.max(low + 1.0)),
            false => (-3.0, 0.0),
        };
        Self { span_px, rise_px, last_step, decades }
    }

    pub(super) fn x(&self, step: f64) -> f64 {
        self.span_px.0 + step / self.last_step * (self.span_px.1 - self.span_px.0)
    }

    /// `None` for what a logarithmic axis has no place for.
    pub(super) fn y(&self, value: f64) -> Option<f64> {
        let log = value.log10();
        let share = (log - self.decades.0) / (self.decades.1 - self.decades.0);
        log.is_finite().then(|| self.rise_px.0 + share * (self.rise_px.1 - self.rise_px.0))
    }

    /// The powers of ten on the axis.
    pub(super) fn powers(&self) -> impl Iterator<Item = i32> {
        self.decades.0 as i32..=self.decades.1 as i32
    }

    /// Four or five round numbers of steps.
    pub(super) fn steps(&self) -> Vec<f64> {
        let rough = self.last_step / 4.0;
        let power = 10_f64.powf(rough.log10().floor());
        let distance = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * power)
            .find(|distance| *distance >= rough)
            .unwrap_or(rough);
        let n = (self.last_step / distance).floor() as usize;
        (0..=n).map(|idx| idx as f64 * distance).collect()
    }
}

/// Heights for names that want to stand at `wanted`, at least `distance` apart and
/// in their order: each is pushed down by those above, then all of a heap up again
/// by half of what that took.
pub(super) fn spread(wanted: &[f64], distance: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut heaps: Vec<(f64, Vec<usize>)> = Vec::new();
    for idx in order {
        let mut heap = (wanted[idx], vec![idx]);
        while let Some((middle, members)) = heaps.last() {
            let half = |n: usize| distance * (n as f64 - 1.0) / 2.0;
            let gap = heap.0 - half(heap.1.len()) - (middle + half(members.len()));
            if gap >= distance {
                break;
            }
            let mut joined = members.clone();
            joined.extend(&heap.1);
            let mean = joined.iter().map(|&idx| wanted[idx]).sum::<f64>() / joined.len() as f64;
            heaps.pop();
            heap = (mean, joined);
        }
        heaps.push(heap);
    }
    let mut found = vec![0.0; wanted.len()];
    for (middle, members) in heaps {
        let first = middle - distance * (members.len() as f64 - 1.0) / 2.0;
        for (place, idx) in members.into_iter().enumerate() {
            found[idx] = first + distance * place as f64;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curves::Curve;

    #[test]
    fn names_keep_their_distance_and_their_order() {
        assert_eq!(spread(&[10.0, 100.0], 16.0), [10.0, 100.0]);
        assert_eq!(spread(&[50.0, 50.0], 16.0), [42.0, 58.0]);
        let found = spread(&[12.0, 10.0, 11.0, 40.0], 16.0);
        assert!(found[1] < found[2] && found[2] < found[0] && found[0] < found[3]);
        for pair in [(1, 2), (2, 0), (0, 3)] {
            assert!(found[pair.1] - found[pair.0] >= 16.0 - 1e-9, "{found:?}");
        }
    }

    #[test]
    fn a_scale_covers_whole_decades_and_round_steps() {
        let points = vec![(0.0, 0.5), (12_000.0, 0.004)];
        let curve = Curve { name: String::new(), points, is_held_out: false };
        let figure = CurvesFigure { title: String::new(), curves: vec![curve] };
        let scale = Scale::of(&figure, (0.0, 100.0), (200.0, 0.0));
        assert_eq!(scale.powers().collect::<Vec<_>>(), [-3, -2, -1, 0]);
        assert_eq!(scale.steps(), [0.0, 5000.0, 10_000.0]);
        assert_eq!(scale.x(6000.0), 50.0);
        assert_eq!(scale.y(1.0), Some(0.0));
        assert_eq!(scale.y(0.0), None);
        assert_eq!(scale.y(f64::NAN), None);
    }
}
