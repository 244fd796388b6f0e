//! How fast one core multiplies and adds when nothing else is in its way.

use std::hint::black_box;

use pulp::{Simd, WithSimd};

/// Accumulators: two at a time for six cycles, which is what a multiplication and the
/// addition that waits for it take where they are not fused and have two ports each.
/// With fewer the chain would be measured and not the ports; with more than 13 a
/// browser's registers run out.
const N_SUMS: usize = 12;

/// Multiplies and adds on registers only; gives the number of floating-point
/// operations done, two for each multiply-add.
#[derive(Debug, Clone, Copy)]
pub struct Peak {
    /// Multiply-adds of each accumulator.
    pub n_steps: usize,
}

impl WithSimd for Peak {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let factor = simd.splat_f32s(black_box(0.999));
        let summand = simd.splat_f32s(black_box(0.001));
        let mut sums = [simd.splat_f32s(black_box(1.0)); N_SUMS];
        for _ in 0..self.n_steps {
            for sum in &mut sums {
                *sum = simd.mul_add_e_f32s(*sum, factor, summand);
            }
        }
        for sum in sums {
            black_box(simd.reduce_sum_f32s(sum));
        }
        (2 * N_SUMS * self.n_steps * S::F32_LANES) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_two_operations_for_each_multiply_add() {
        let n_flops = pulp::Scalar.vectorize(Peak { n_steps: 3 });
        assert_eq!(n_flops, (2 * N_SUMS * 3) as f64);
    }
}
