use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that is handed on as bytes, and read only by who needs it: what the page passes from
/// one worker to another costs it neither time nor code.
pub struct Packed<T> {
    bytes: Vec<u8>,
    value: PhantomData<fn() -> T>,
}

impl<T: Serialize> Packed<T> {
    /// Packs a value; one that cannot be written, as no type here is, gives bytes of no value.
    #[must_use]
    pub fn of(value: &T) -> Self {
        Self { bytes: postcard::to_allocvec(value).unwrap_or_default(), value: PhantomData }
    }
}

impl<T: DeserializeOwned> Packed<T> {
    /// The value; `None` where the bytes are of no such value.
    #[must_use]
    pub fn value(&self) -> Option<T> {
        postcard::from_bytes(&self.bytes).ok()
    }
}

impl<T> Packed<T> {
    /// How many bytes it takes.
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        self.bytes.len()
    }
}

impl<T> Clone for Packed<T> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes.clone(), value: PhantomData }
    }
}

impl<T> PartialEq for Packed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<T> fmt::Debug for Packed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Packed({} bytes)", self.bytes.len())
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.bytes.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { bytes: Vec::deserialize(deserializer)?, value: PhantomData })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back_through_a_message_and_others_do_not() {
        let packed = Packed::of(&(3_u32, "a".to_owned(), Some(0.5_f64)));
        let message = postcard::to_allocvec(&packed).unwrap_or_default();
        let read: Packed<(u32, String, Option<f64>)> = postcard::from_bytes(&message).unwrap();
        assert_eq!(read, packed);
        assert_eq!(read.value(), Some((3, "a".to_owned(), Some(0.5))));
        let other: Packed<bool> = postcard::from_bytes(&message).unwrap();
        assert_eq!(other.value(), None);
    }
}
