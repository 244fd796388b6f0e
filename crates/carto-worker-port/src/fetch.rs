use std::fmt;

use gloo_net::http::Request;

use crate::read_pieces;

/// Why there are no bytes.
#[derive(Debug)]
pub enum FetchError {
    /// No answer at all: no network, no such host, or it forbids it.
    Unreachable {
        /// What was asked for.
        url: String,
    },
    /// An answer that is no file.
    Status {
        /// What was asked for.
        url: String,
        /// Of HTTP.
        status: u16,
    },
    /// The connection broke.
    CutShort {
        /// What was asked for.
        url: String,
    },
    /// More than such a file has.
    TooLarge {
        /// What was asked for.
        url: String,
        /// What it should be.
        what: &'static str,
    },
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable { url } => write!(
                f,
                "{url} cannot be reached: check the connection, and whether its server lets other pages read it"
            ),
            Self::Status { url, status } => {
                write!(f, "{url} gives no file (status {status}): check the address")
            }
            Self::CutShort { url } => write!(f, "{url} broke off: try again"),
            Self::TooLarge { url, what } => write!(f, "{url} is larger than any {what} is"),
        }
    }
}

/// The bytes at an address, read piece by piece, so that an endless answer is given
/// up in time.
///
/// - `what`: what should be there, in one word
///
/// # Errors
///
/// [`FetchError`], [`FetchError::TooLarge`] for more than `max_bytes`.
pub async fn fetch(url: &str, what: &'static str, max_bytes: u64) -> Result<Vec<u8>, FetchError> {
    let of = || url.to_owned();
    let response = Request::get(url).send().await;
    let response = response.map_err(|_| FetchError::Unreachable { url: of() })?;
    if !response.ok() {
        return Err(FetchError::Status { url: of(), status: response.status() });
    }
    let mut bytes = Vec::new();
    let response = response.into();
    let is_whole = read_pieces(&response, |piece| {
        bytes.extend_from_slice(&piece);
        bytes.len() as u64 <= max_bytes
    });
    match is_whole.await {
        true => Ok(bytes),
        false if bytes.len() as u64 > max_bytes => Err(FetchError::TooLarge { url: of(), what }),
        false => Err(FetchError::CutShort { url: of() }),
    }
}
