use std::fmt;

use carto_worker_port::read_pieces;
use gloo_net::http::Request;
use web_sys::Response;

use crate::jobs::MAX_BYTES;

/// Why there is no text.
#[derive(Debug)]
pub(crate) enum FetchError {
    /// No answer at all: no network, no such host, or it forbids it.
    Unreachable { url: String },
    /// An answer that is no file.
    Status { url: String, status: u16 },
    /// The connection broke.
    CutShort { url: String },
    /// More than a result can have.
    TooLarge { url: String },
    /// Bytes that are no text.
    NoText { url: String },
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
            Self::TooLarge { url } => write!(f, "{url} is larger than any result is"),
            Self::NoText { url } => write!(f, "{url} is no text: check the address"),
        }
    }
}

/// The text at an address, as long as it is no longer than a result can be.
pub(crate) async fn text(url: &str) -> Result<String, FetchError> {
    let of = || url.to_owned();
    let response = Request::get(url).send().await;
    let response = response.map_err(|_| FetchError::Unreachable { url: of() })?;
    if !response.ok() {
        return Err(FetchError::Status { url: of(), status: response.status() });
    }
    let bytes = body(&response.into(), url).await?;
    String::from_utf8(bytes).map_err(|_| FetchError::NoText { url: of() })
}

/// Piece by piece, so that an endless answer is given up in time.
async fn body(response: &Response, url: &str) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    let is_whole = read_pieces(response, |piece| {
        bytes.extend_from_slice(&piece);
        bytes.len() as u64 <= MAX_BYTES
    });
    match is_whole.await {
        true => Ok(bytes),
        false if bytes.len() as u64 > MAX_BYTES => {
            Err(FetchError::TooLarge { url: url.to_owned() })
        }
        false => Err(FetchError::CutShort { url: url.to_owned() }),
    }
}
