/// A matrix of the folded form, input by output: row `i` holds what input `i`
/// gives to every output.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Number of inputs.
    pub n_in: usize,
    /// Number of outputs.
    pub n_out: usize,
    /// The numbers, `[n_in, n_out]`, row by row.
    pub values: Vec<f32>,
}

impl Matrix {
    /// A matrix of zeros.
    #[must_use]
    pub fn zeros(n_in: usize, n_out: usize) -> Self {
        Self { n_in, n_out, values: vec![0.0; n_in * n_out] }
    }

    /// What one input gives to every output.
    #[must_use]
    pub fn row(&self, input: usize) -> &[f32] {
        &self.values[input * self.n_out..(input + 1) * self.n_out]
    }
}

/// A linear map in double precision, while it is being folded: `[out, in]`, as
/// checkpoints store the weights of pointwise convolutions.
#[derive(Debug, Clone)]
pub(super) struct Linear {
    pub(super) n_out: usize,
    pub(super) n_in: usize,
    pub(super) weights: Vec<f64>,
}

impl Linear {
    /// First `self`, then `next`, as one map.
    pub(super) fn then(&self, next: &Self) -> Self {
        let mut weights = vec![0.0; next.n_out * self.n_in];
        for (out, sums) in weights.chunks_exact_mut(self.n_in.max(1)).enumerate() {
            for middle in 0..self.n_out {
                let factor = next.weights[out * next.n_in + middle];
                let row = &self.weights[middle * self.n_in..(middle + 1) * self.n_in];
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += factor * weight;
                }
            }
        }
        Self { n_out: next.n_out, n_in: self.n_in, weights }
    }

    pub(super) fn scaled(mut self, factor: f64) -> Self {
        for weight in &mut self.weights {
            *weight *= factor;
        }
        self
    }

    /// Several maps of one input, their outputs one after the other.
    pub(super) fn side_by_side(maps: &[&Self]) -> Matrix {
        let n_in = maps.first().map_or(0, |map| map.n_in);
        let n_out = maps.iter().map(|map| map.n_out).sum();
        let mut matrix = Matrix::zeros(n_in, n_out);
        let mut first = 0;
        for map in maps {
            for out in 0..map.n_out {
                for input in 0..n_in {
                    matrix.values[input * n_out + first + out] =
                        map.weights[out * n_in + input] as f32;
                }
            }
            first += map.n_out;
        }
        matrix
    }

    pub(super) fn to_matrix(&self) -> Matrix {
        Self::side_by_side(&[self])
    }
}
