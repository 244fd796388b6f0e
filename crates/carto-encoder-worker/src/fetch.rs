use std::fmt;
use std::ops::Range;

use carto_port::serve::read_pieces;
use gloo_net::http::Request;
use web_sys::Response;

/// The answer to a request: a file, or a part of one.
pub(crate) struct Fetched {
    /// 200 for all of a file, 206 for a part.
    pub(crate) status: u16,
    pub(crate) bytes: Vec<u8>,
    /// Whether the connection broke before the end.
    pub(crate) is_cut_short: bool,
}

/// Why a request gave no file.
#[derive(Debug)]
pub(crate) enum FetchError {
    /// No answer at all: no network, no such host, or it forbids it.
    Unreachable { url: String },
    /// An answer that is no file.
    Status { url: String, status: u16 },
    /// The connection broke.
    CutShort { url: String, n_bytes: usize },
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable { url } => {
                write!(f, "{url} cannot be reached: check the connection and try again")
            }
            Self::Status { url, status } => {
                write!(f, "{url} gives no file (status {status}): choose another source")
            }
            Self::CutShort { url, n_bytes } => {
                write!(f, "{url} broke off after {n_bytes} bytes: try again")
            }
        }
    }
}

/// Hears how many bytes have come, and how many there will be.
pub(crate) type OnBytes<'a> = &'a mut dyn FnMut(u64, Option<u64>);

/// Fetches a whole file.
pub(crate) async fn fetch_all(url: &str, on_bytes: OnBytes<'_>) -> Result<Vec<u8>, FetchError> {
    let fetched = fetch_range(url, None, on_bytes).await?;
    if fetched.is_cut_short {
        return Err(FetchError::CutShort { url: url.to_owned(), n_bytes: fetched.bytes.len() });
    }
    Ok(fetched.bytes)
}

/// Fetches a part of a file, or all of it where the server knows no ranges.
pub(crate) async fn fetch_range(
    url: &str,
    range: Option<Range<u64>>,
    on_bytes: OnBytes<'_>,
) -> Result<Fetched, FetchError> {
    let mut request = Request::get(url);
    if let Some(range) = &range {
        request = request.header("Range", &format!("bytes={}-{}", range.start, range.end - 1));
    }
    let unreachable = |_| FetchError::Unreachable { url: url.to_owned() };
    let response = request.send().await.map_err(unreachable)?;
    let status = response.status();
    if status != 200 && status != 206 {
        return Err(FetchError::Status { url: url.to_owned(), status });
    }
    let n_total = response.headers().get("Content-Length").and_then(|len| len.parse().ok());
    let response: Response = response.into();
    let (bytes, is_cut_short) = read_body(&response, n_total, on_bytes).await;
    Ok(Fetched { status, bytes, is_cut_short })
}

/// The body as far as it came, and whether it broke off.
async fn read_body(
    response: &Response,
    n_total: Option<u64>,
    on_bytes: OnBytes<'_>,
) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    let is_complete = read_pieces(response, |piece| {
        bytes.extend_from_slice(&piece);
        on_bytes(bytes.len() as u64, n_total);
        true
    });
    let is_complete = is_complete.await;
    let is_short = n_total.is_some_and(|n_total| (bytes.len() as u64) < n_total);
    (bytes, !is_complete || is_short)
}

/// The last part of an address.
pub(crate) fn file_name(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}
