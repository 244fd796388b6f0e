//! Average pooling and linear interpolation over time.

use pulp::{Simd, WithSimd};

/// Averages of `stride` times.
pub(crate) struct Pool<'a> {
    pub(crate) x: &'a [f32],
    pub(crate) stride: usize,
    pub(crate) output: &'a mut [f32],
}

impl WithSimd for Pool<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let share = 1.0 / self.stride as f32;
        for (output, x) in self.output.iter_mut().zip(self.x.chunks_exact(self.stride)) {
            *output = x.iter().sum::<f32>() * share;
        }
    }
}

/// The gradient of [`Pool`].
pub(crate) struct PoolBackward<'a> {
    pub(crate) grad: &'a [f32],
    pub(crate) stride: usize,
    pub(crate) grad_x: &'a mut [f32],
}

impl WithSimd for PoolBackward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let share = 1.0 / self.stride as f32;
        for (grad_x, &grad) in self.grad_x.chunks_exact_mut(self.stride).zip(self.grad) {
            grad_x.fill(grad * share);
        }
    }
}

/// `stride` times for each, on the straight lines between the middles of the old
/// ones; before the first and behind the last it is constant.
pub(crate) struct Upsample<'a> {
    pub(crate) x: &'a [f32],
    pub(crate) n_times: usize,
    pub(crate) stride: usize,
    pub(crate) output: &'a mut [f32],
}

impl WithSimd for Upsample<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { x, n_times, stride, output } = self;
        let series = x.chunks_exact(n_times).zip(output.chunks_exact_mut(n_times * stride));
        for (x, output) in series {
            for (phase, (shift, share)) in phases(stride).enumerate() {
                for (time, &here) in x.iter().enumerate() {
                    let there = x[neighbour(time, shift, n_times)];
                    output[time * stride + phase] = here + share * (there - here);
                }
            }
        }
    }
}

/// The gradient of [`Upsample`].
pub(crate) struct UpsampleBackward<'a> {
    pub(crate) grad: &'a [f32],
    pub(crate) n_times: usize,
    pub(crate) stride: usize,
    /// Zeros, to which is added.
    pub(crate) grad_x: &'a mut [f32],
}

impl WithSimd for UpsampleBackward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { grad, n_times, stride, grad_x } = self;
        let series = grad.chunks_exact(n_times * stride).zip(grad_x.chunks_exact_mut(n_times));
        for (grad, grad_x) in series {
            for (phase, (shift, share)) in phases(stride).enumerate() {
                for time in 0..n_times {
                    let grad = grad[time * stride + phase];
                    grad_x[time] += (1.0 - share) * grad;
                    grad_x[neighbour(time, shift, n_times)] += share * grad;
                }
            }
        }
    }
}

/// For each of the new times of an old one: which neighbour, and its share.
pub(crate) fn phases(stride: usize) -> impl Iterator<Item = (isize, f32)> {
    (0..stride).map(move |phase| {
        let offset = (phase as f32 + 0.5) / stride as f32 - 0.5;
        (if offset < 0.0 { -1 } else { 1 }, offset.abs())
    })
}

#[inline(always)]
fn neighbour(time: usize, shift: isize, n_times: usize) -> usize {
    time.saturating_add_signed(shift).min(n_times - 1)
}
