//! Average pooling and linear interpolation over time.

use super::operation::Operation;

/// Averages of `stride` times.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pool {
    pub(super) stride: usize,
}

impl Operation<1> for Pool {
    fn n_times(self, n_times: usize) -> usize {
        n_times / self.stride
    }

    #[inline(always)]
    fn forward(self, [x]: [&[f32]; 1], output: &mut [f32]) {
        let share = 1.0 / self.stride as f32;
        for (output, x) in output.iter_mut().zip(x.chunks_exact(self.stride)) {
            *output = x.iter().sum::<f32>() * share;
        }
    }

    #[inline(always)]
    fn backward(self, _: [&[f32]; 1], grad: &[f32], [grad_x]: [&mut [f32]; 1]) {
        let share = 1.0 / self.stride as f32;
        for (grad_x, &grad) in grad_x.chunks_exact_mut(self.stride).zip(grad) {
            grad_x.fill(grad * share);
        }
    }
}

/// `stride` times for each of `n_times`, on the straight lines between the middles of the
/// old ones; before the first and behind the last it is constant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Upsample {
    pub(super) n_times: usize,
    pub(super) stride: usize,
}

impl Operation<1> for Upsample {
    fn n_times(self, n_times: usize) -> usize {
        n_times * self.stride
    }

    #[inline(always)]
    fn forward(self, [x]: [&[f32]; 1], output: &mut [f32]) {
        let Self { n_times, stride } = self;
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

    #[inline(always)]
    fn backward(self, _: [&[f32]; 1], grad: &[f32], [grad_x]: [&mut [f32]; 1]) {
        let Self { n_times, stride } = self;
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
pub(super) fn phases(stride: usize) -> impl Iterator<Item = (isize, f32)> {
    (0..stride).map(move |phase| {
        let offset = (phase as f32 + 0.5) / stride as f32 - 0.5;
        (if offset < 0.0 { -1 } else { 1 }, offset.abs())
    })
}

#[inline(always)]
fn neighbour(time: usize, shift: isize, n_times: usize) -> usize {
    time.saturating_add_signed(shift).min(n_times - 1)
}
