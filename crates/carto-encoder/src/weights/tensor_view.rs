//! Numbers of a tensor out of the bytes of a file.

use half::{bf16, f16};

/// Types of number that a tensor of weights may be stored as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dtype {
    F16,
    Bf16,
    F32,
    F64,
}

/// Which byte of a number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ByteOrder {
    Little,
    Big,
}

impl Dtype {
    /// The type of a name in a safetensors header.
    pub(super) fn of_safetensors(name: &str) -> Option<Self> {
        match name {
            "F16" => Some(Self::F16),
            "BF16" => Some(Self::Bf16),
            "F32" => Some(Self::F32),
            "F64" => Some(Self::F64),
            _ => None,
        }
    }

    /// The type of the numbers in a storage of this class in module `torch`.
    pub(super) fn of_torch(class: &str) -> Option<Self> {
        match class {
            "HalfStorage" => Some(Self::F16),
            "BFloat16Storage" => Some(Self::Bf16),
            "FloatStorage" => Some(Self::F32),
            "DoubleStorage" => Some(Self::F64),
            _ => None,
        }
    }

    pub(super) fn size_bytes(self) -> usize {
        match self {
            Self::F16 | Self::Bf16 => 2,
            Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    /// All numbers in `bytes`; a rest that is no whole number is left out.
    ///
    /// A double too large for a float becomes an infinity, which the check for
    /// finite values then names.
    pub(super) fn decode(self, bytes: &[u8], order: ByteOrder) -> Vec<f32> {
        if (self, order) == (Self::F32, ByteOrder::Little) {
            // The usual case, and the one that is 30 MB long.
            return bytes.as_chunks().0.iter().map(|&word| f32::from_le_bytes(word)).collect();
        }
        bytes.chunks_exact(self.size_bytes()).map(|word| self.decode_one(word, order)).collect()
    }

    /// One number from as many bytes as it has.
    fn decode_one(self, bytes: &[u8], order: ByteOrder) -> f32 {
        let shift = |bits: u64, byte: &u8| bits << 8 | u64::from(*byte);
        let bits = match order {
            ByteOrder::Little => bytes.iter().rev().fold(0, shift),
            ByteOrder::Big => bytes.iter().fold(0, shift),
        };
        match self {
            Self::F16 => f16::from_bits(bits as u16).to_f32(),
            Self::Bf16 => bf16::from_bits(bits as u16).to_f32(),
            Self::F32 => f32::from_bits(bits as u32),
            Self::F64 => f64::from_bits(bits) as f32,
        }
    }
}

/// A tensor inside of a storage; counts and strides in numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TensorView {
    pub(super) dtype: Dtype,
    pub(super) offset: u64,
    pub(super) shape: Vec<u64>,
    pub(super) strides: Vec<u64>,
}

impl TensorView {
    /// One behind the last number it looks at; `None` beyond 64 bits.
    fn end(&self) -> Option<u64> {
        if self.shape.contains(&0) {
            return Some(self.offset);
        }
        let mut sides = self.shape.iter().zip(&self.strides);
        let last = sides.try_fold(self.offset, |last, (&size, &stride)| {
            last.checked_add((size - 1).checked_mul(stride)?)
        });
        last?.checked_add(1)
    }

    /// Whether the numbers lie one behind the other, row-major.
    fn is_contiguous(&self) -> bool {
        let mut expected = 1_u64;
        self.shape.iter().zip(&self.strides).rev().all(|(&size, &stride)| {
            let fits = size == 1 || stride == expected;
            expected = expected.saturating_mul(size);
            fits
        })
    }

    /// The numbers, row-major; `None` where it reaches beyond `storage`.
    ///
    /// The caller has held the shape against a limit.
    pub(super) fn gather(&self, storage: &[u8], order: ByteOrder) -> Option<Vec<f32>> {
        let n_bytes = self.dtype.size_bytes();
        let end = usize::try_from(self.end()?).ok()?.checked_mul(n_bytes)?;
        let start = usize::try_from(self.offset).ok()?.checked_mul(n_bytes)?;
        let span = storage.get(start..end)?;
        if self.is_contiguous() {
            return Some(self.dtype.decode(span, order));
        }
        let n_numbers = self.shape.iter().try_fold(1_u64, |n, &size| n.checked_mul(size))?;
        let number = |index: u64| {
            let start = self.place(index) as usize * n_bytes;
            Some(self.dtype.decode_one(span.get(start..start + n_bytes)?, order))
        };
        (0..n_numbers).map(number).collect()
    }

    /// Place of a number in the storage, from the offset on, by its row-major
    /// index.
    fn place(&self, index: u64) -> u64 {
        let sides = self.shape.iter().zip(&self.strides).rev();
        let step = |(index, place): (u64, u64), (&size, &stride): (&u64, &u64)| {
            (index / size, place + index % size * stride)
        };
        sides.fold((index, 0), step).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_read_in_both_byte_orders() {
        let cases: [(Dtype, Vec<u8>); 4] = [
            (Dtype::F16, f16::from_f32(-1.5).to_le_bytes().to_vec()),
            (Dtype::Bf16, bf16::from_f32(-1.5).to_le_bytes().to_vec()),
            (Dtype::F32, (-1.5_f32).to_le_bytes().to_vec()),
            (Dtype::F64, (-1.5_f64).to_le_bytes().to_vec()),
        ];
        for (dtype, mut bytes) in cases {
            assert_eq!(bytes.len(), dtype.size_bytes());
            assert_eq!(dtype.decode(&bytes, ByteOrder::Little), [-1.5], "{dtype:?}");
            bytes.reverse();
            assert_eq!(dtype.decode(&bytes, ByteOrder::Big), [-1.5], "{dtype:?}");
        }
    }

    fn view(offset: u64, shape: &[u64], strides: &[u64]) -> TensorView {
        let (shape, strides) = (shape.to_vec(), strides.to_vec());
        TensorView { dtype: Dtype::F32, offset, shape, strides }
    }

    fn storage(n: u8) -> Vec<u8> {
        (0..n).flat_map(|number| f32::from(number).to_le_bytes()).collect()
    }

    #[test]
    fn strides_and_offsets_are_honoured() {
        let gather = |view: TensorView| view.gather(&storage(12), ByteOrder::Little);
        assert_eq!(gather(view(2, &[2, 2], &[2, 1])), Some(vec![2.0, 3.0, 4.0, 5.0]));
        // Transposed, and every second number.
        assert_eq!(gather(view(0, &[2, 3], &[1, 2])), Some(vec![0.0, 2.0, 4.0, 1.0, 3.0, 5.0]));
        assert_eq!(gather(view(1, &[3], &[4])), Some(vec![1.0, 5.0, 9.0]));
        // One number seen thrice, as `expand` makes it.
        assert_eq!(gather(view(7, &[3], &[0])), Some(vec![7.0; 3]));
        // The stride of a side of 1 means nothing.
        assert_eq!(gather(view(10, &[2, 1], &[1, 99])), Some(vec![10.0, 11.0]));
        assert_eq!(gather(view(12, &[0, 2], &[2, 1])), Some(vec![]));
    }

    #[test]
    fn nothing_beyond_the_storage_is_looked_at() {
        let gather = |view: TensorView| view.gather(&storage(12), ByteOrder::Little);
        assert_eq!(gather(view(11, &[2], &[1])), None);
        assert_eq!(gather(view(13, &[0], &[1])), None);
        assert_eq!(gather(view(0, &[2], &[u64::MAX])), None);
        assert_eq!(gather(view(u64::MAX, &[1], &[1])), None);
        assert_eq!(gather(view(0, &[1 << 40, 1 << 40], &[1, 1 << 40])), None);
    }
}
