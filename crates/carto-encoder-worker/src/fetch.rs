use std::fmt;
use std::ops::Range;

use carto_port::serve::read_pieces;
use gloo_net::http::Request;
use web_sys::Response;

/// What came of a request.
pub(crate) struct Fetched {
    /// 200 for all of a file, 206 for a part.
    pub(crate) status: u16,
    pub(crate) bytes: Vec<u8>,
    /// Whether the connection broke before the end.
    pub(crate) is_cut_short: bool,
}

/// Why nothing came.
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

/// Hears how many bytes are there, and how many there will be.
pub(crate) type OnBytes<'a> = &'a mut dyn FnMut(u64, Option<u64>);

/// A whole file.
pub(crate) async fn whole(url: &str, on_bytes: OnBytes<'_>) -> Result<Vec<u8>, FetchError> {
    let fetched = part(url, None, on_bytes).await?;
    if fetched.is_cut_short {
        return Err(FetchError::CutShort { url: url.to_owned(), n_bytes: fetched.bytes.len() });
    }
    Ok(fetched.bytes)
}

/// A part of a file, or all of it where the server knows no parts.
pub(crate) async fn part(
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

/// The body as far as it came; true if it broke off.
async fn read_body(
    response: &Response,
    n_total: Option<u64>,
    on_bytes: OnBytes<'_>,
) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    let is_whole = read_pieces(response, |piece| {
        bytes.extend_from_slice(&piece);
        on_bytes(bytes.len() as u64, n_total);
        true
    });
    let is_whole = is_whole.await;
    let is_short = n_total.is_some_and(|n_total| (bytes.len() as u64) < n_total);
    (bytes, !is_whole || is_short)
}
