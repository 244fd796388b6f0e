/// Activations `[time, channel]`: consecutive times of one stage, each with
/// room for whole registers.
#[derive(Debug, Default)]
pub(super) struct Rows {
    values: Vec<f32>,
    stride: usize,
}

impl Rows {
    /// Makes room for `n_rows` times; what was there before is lost, and what
    /// is read before it is written is zero or an earlier tile's.
    pub(super) fn reserve(&mut self, n_rows: usize, stride: usize) {
        self.stride = stride;
        self.values.resize(n_rows * stride, 0.0);
    }

    /// Distance between the first channels of two times.
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.stride..(row + 1) * self.stride]
    }

    pub(super) fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.stride..(row + 1) * self.stride]
    }

    /// From a row to the end.
    pub(super) fn tail(&self, row: usize) -> &[f32] {
        &self.values[row * self.stride..]
    }

    /// From a row to the end.
    pub(super) fn tail_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.stride..]
    }

    /// Moves the last rows of `n_rows` so that they start at row 0.
    pub(super) fn keep_from(&mut self, row: usize, n_rows: usize) {
        self.values.copy_within(row * self.stride..n_rows * self.stride, 0);
    }

    /// Bytes held.
    pub(super) fn n_bytes(&self) -> usize {
        self.values.len() * size_of::<f32>()
    }
}
