use std::ops::Range;

use super::GpuError;
use super::shapes::{largest_binding, padded};
use crate::folded::Matrix;

/// Some columns of a matrix.
#[derive(Debug, Clone)]
pub(super) struct Columns<'a> {
    pub(super) matrix: &'a Matrix,
    pub(super) columns: Range<usize>,
}

impl<'a> Columns<'a> {
    pub(super) fn all(matrix: &'a Matrix) -> Self {
        Self { matrix, columns: 0..matrix.n_out }
    }
}

/// Takes weights to the adapter.
#[derive(Debug)]
pub(super) struct Uploader<'a> {
    pub(super) device: &'a wgpu::Device,
    pub(super) queue: &'a wgpu::Queue,
    pub(super) has_half_weights: bool,
}

impl Uploader<'_> {
    /// Parts side by side, `[n_in, sum of the parts' padded columns]`; inputs
    /// beyond the matrix are zero too.
    ///
    /// # Errors
    ///
    /// [`GpuError::TooLarge`].
    pub(super) fn matrix(
        &self,
        n_in: usize,
        parts: &[Columns<'_>],
    ) -> Result<wgpu::Buffer, GpuError> {
        let values = pack(n_in, parts);
        if self.has_half_weights {
            let halves = values.iter().flat_map(|&value| half::f16::from_f32(value).to_le_bytes());
            self.buffer(&halves.collect::<Vec<u8>>())
        } else {
            self.singles(&values)
        }
    }

    /// Rows of taps for groups of `n_channels` channels, each padded.
    ///
    /// # Errors
    ///
    /// [`GpuError::TooLarge`].
    pub(super) fn taps(&self, taps: &[f32], n_channels: usize) -> Result<wgpu::Buffer, GpuError> {
        let mut values = Vec::new();
        for channels in taps.chunks_exact(n_channels.max(1)) {
            values.extend_from_slice(channels);
            values.resize(values.len().next_multiple_of(8), 0.0);
        }
        self.singles(&values)
    }

    fn singles(&self, values: &[f32]) -> Result<wgpu::Buffer, GpuError> {
        self.buffer(&values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>())
    }

    fn buffer(&self, bytes: &[u8]) -> Result<wgpu::Buffer, GpuError> {
        let (needed, limit) = (bytes.len() as u64, largest_binding(&self.device.limits()));
        if needed > limit {
            return Err(GpuError::TooLarge { what: "weights in one matrix", needed, limit });
        }
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("weights"),
            size: needed,
            usage: wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        self.queue.write_buffer(&buffer, 0, bytes);
        Ok(buffer)
    }
}

fn pack(n_in: usize, parts: &[Columns<'_>]) -> Vec<f32> {
    let width = parts.iter().map(|part| padded(part.columns.len())).sum();
    let mut values = vec![0.0; n_in * width];
    let mut first = 0;
    for part in parts {
        for (input, row) in values.chunks_exact_mut(width).take(part.matrix.n_in).enumerate() {
            let columns = &part.matrix.row(input)[part.columns.clone()];
            row[first..first + columns.len()].copy_from_slice(columns);
        }
        first += padded(part.columns.len());
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_side_by_side_with_zeros_behind_each() {
        let matrix = Matrix { n_in: 2, n_out: 3, values: vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0] };
        let parts = [0..1, 1..3].map(|columns| Columns { matrix: &matrix, columns });
        let packed = pack(3, &parts);
        assert_eq!(packed.len(), 3 * 16);
        assert_eq!(packed[..10], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 3.0]);
        assert_eq!((packed[16], packed[24], packed[25]), (4.0, 5.0, 6.0));
        assert_eq!(packed.iter().sum::<f32>(), 21.0);
    }
}
