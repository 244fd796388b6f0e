//! The header of a safetensors file: a table of tensors as JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The entry that is no tensor.
const METADATA_KEY: &str = "__metadata__";

/// A table of tensors in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) tensors: Vec<(String, TensorInfo)>,
}

/// One tensor as the header describes it.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(super) struct TensorInfo {
    pub(super) dtype: String,
    pub(super) shape: Vec<u64>,
    /// From the end of the header: first byte, and one behind the last.
    pub(super) data_offsets: [u64; 2],
}

impl Serialize for Header {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.tensors.len() + 1))?;
        map.serialize_entry(METADATA_KEY, &self.metadata)?;
        for (key, info) in &self.tensors {
            map.serialize_entry(key, info)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(HeaderVisitor)
    }
}

struct HeaderVisitor;

impl<'de> Visitor<'de> for HeaderVisitor {
    type Value = Header;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a table of tensors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Header, A::Error> {
        let mut header = Header::default();
        let mut has_metadata = false;
        while let Some(key) = map.next_key::<String>()? {
            if key != METADATA_KEY {
                header.tensors.push((key, map.next_value()?));
            } else if has_metadata {
                return Err(A::Error::duplicate_field(METADATA_KEY));
            } else {
                has_metadata = true;
                header.metadata = map.next_value()?;
            }
        }
        Ok(header)
    }
}
