//! Long rows of single precision as bytes where they travel: they are copied then, and not written
//! and read number by number.

use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserializer, Serializer};

/// Writes four bytes for each value, the lowest first.
pub(crate) fn serialize<S: Serializer>(values: &[f32], serializer: S) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    serializer.serialize_bytes(&bytes)
}

/// Reads what [`serialize`] writes.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<f32>, D::Error> {
    deserializer.deserialize_bytes(Bytes)
}

struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = Vec<f32>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("four bytes for each value")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        match bytes.as_chunks::<4>() {
            (values, []) => Ok(values.iter().map(|value| f32::from_le_bytes(*value)).collect()),
            _ => Err(E::invalid_length(bytes.len(), &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        // Formats without bytes of their own write them as numbers.
        let mut bytes = Vec::new();
        while let Some(byte) = seq.next_element::<u8>()? {
            bytes.push(byte);
        }
        self.visit_bytes(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Row(#[serde(with = "super")] Vec<f32>);

    #[test]
    fn values_travel_bit_by_bit() {
        let values = vec![0.1, -0.0, f32::NAN, f32::INFINITY];
        let bytes = postcard::to_allocvec(&Row(values.clone())).unwrap();
        assert_eq!(bytes.len(), 1 + 4 * values.len());
        let Row(back) = postcard::from_bytes(&bytes).unwrap();
        let bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&back), bits(&values));
    }

    #[test]
    fn half_a_value_is_none() {
        assert!(postcard::from_bytes::<Row>(&[3, 1, 2, 3]).is_err());
    }
}
