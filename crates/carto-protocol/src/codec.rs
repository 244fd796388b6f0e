use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes that are not a message of this version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a message between page and worker cannot be read: {reason}")]
pub struct DecodeError {
    /// What the decoder says.
    pub reason: String,
}

/// One message as bytes.
///
/// # Errors
///
/// [`DecodeError`] if the message cannot be written, which no type here causes.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, DecodeError> {
    postcard::to_allocvec(message).map_err(|error| DecodeError { reason: error.to_string() })
}

/// One message from bytes.
///
/// # Errors
///
/// [`DecodeError`] for bytes that are no such message.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    postcard::from_bytes(bytes).map_err(|error| DecodeError { reason: error.to_string() })
}
