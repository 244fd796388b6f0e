use std::fmt;

use gloo_net::http::Request;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

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
        /// The status of HTTP.
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

/// Reads what a server answers piece by piece, until its end, or until `on_piece`
/// says that it wants no more by giving false.
///
/// Gives false where the connection broke before the end or no more was wanted.
pub async fn read_pieces(response: &Response, mut on_piece: impl FnMut(Vec<u8>) -> bool) -> bool {
    let Some(body) = response.body() else { return true };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let Ok(chunk) = JsFuture::from(reader.read()).await else { return false };
        let field = |name: &str| Reflect::get(&chunk, &JsValue::from_str(name)).ok();
        if field("done").is_none_or(|done| done.is_truthy()) {
            return true;
        }
        let value = field("value").and_then(|value| value.dyn_into::<Uint8Array>().ok());
        if value.is_some_and(|value| !on_piece(value.to_vec())) {
            let _ = reader.cancel();
            return false;
        }
    }
}
