use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes that are not a message of this version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a message between page and worker cannot be read ({reason}): reload the page")]
pub struct CodecError {
    /// What the decoder says.
    pub reason: String,
}

/// A value as bytes.
///
/// # Errors
///
/// [`CodecError`] if the value cannot be written, which no type here causes.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, CodecError> {
    postcard::to_allocvec(value).map_err(|error| unreadable(&error))
}

/// A value from bytes.
///
/// # Errors
///
/// [`CodecError`] for bytes that are no such value.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CodecError> {
    postcard::from_bytes(bytes).map_err(|error| unreadable(&error))
}

/// A value from the begin of bytes, and the bytes behind it.
///
/// # Errors
///
/// [`CodecError`] for bytes that do not begin with such a value.
pub(crate) fn split<T: DeserializeOwned>(bytes: &[u8]) -> Result<(T, &[u8]), CodecError> {
    postcard::take_from_bytes(bytes).map_err(|error| unreadable(&error))
}

fn unreadable(error: &postcard::Error) -> CodecError {
    CodecError { reason: error.to_string() }
}
