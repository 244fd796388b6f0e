use std::fmt;

use gloo_net::http::Request;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

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
    let Some(body) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let chunk = JsFuture::from(reader.read()).await;
        let chunk = chunk.map_err(|_| FetchError::CutShort { url: url.to_owned() })?;
        let field = |name: &str| Reflect::get(&chunk, &JsValue::from_str(name)).ok();
        if field("done").is_none_or(|done| done.is_truthy()) {
            return Ok(bytes);
        }
        if let Some(value) = field("value").and_then(|value| value.dyn_into::<Uint8Array>().ok()) {
            bytes.extend_from_slice(&value.to_vec());
        }
        if bytes.len() as u64 > MAX_BYTES {
            let _ = reader.cancel();
            return Err(FetchError::TooLarge { url: url.to_owned() });
        }
    }
}
