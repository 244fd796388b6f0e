use half::{bf16, f16};

/// Numbers that a tensor of weights may be stored as.
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
    /// By its name in a safetensors header.
    pub(super) fn of_safetensors(name: &str) -> Option<Self> {
        match name {
            "F16" => Some(Self::F16),
            "BF16" => Some(Self::Bf16),
            "F32" => Some(Self::F32),
            "F64" => Some(Self::F64),
            _ => None,
        }
    }

    /// By the class of a storage in module `torch`.
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
    pub(super) fn decode_one(self, bytes: &[u8], order: ByteOrder) -> f32 {
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
}
