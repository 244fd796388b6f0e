//! What this program notes in the metadata of a safetensors file.

/// Version of what follows; files of others do not have it.
pub(super) const FORMAT: &str = "carto_encoder_format";
/// The version that is written and read.
pub(super) const FORMAT_VERSION: &str = "1";
/// Hyper-parameters: an `EncoderConfig` as JSON.
pub(super) const CONFIG: &str = "config";
/// Name of the file that the weights were first read from.
pub(super) const SOURCE_NAME: &str = "source_name";
/// sha256 of that file.
pub(super) const SOURCE_SHA256: &str = "source_sha256";
/// sha256 of the tensors as they stand here, after rounding to half precision
/// where they were rounded.
pub(super) const WEIGHTS_SHA256: &str = "weights_sha256";
/// What there is to say of the weights.
pub(super) const NOTE: &str = "note";
