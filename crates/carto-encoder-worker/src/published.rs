//! The published checkpoint's encoder: downloaded in ranges, and kept by the browser
//! between visits.
//!
//! Whatever goes wrong with the browser's cache costs a download, nothing else: a browser
//! may have no such cache, forbid it, or run out of room.

use carto_encoder::EncoderWeights;
use carto_encoder::weights::{
    Step, WeightsLimits, WeightsPlan, read_weights, sha256_hex, write_safetensors,
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Response, WorkerGlobalScope};

use crate::fetch::{self, FetchError, OnBytes, file_name};

/// Times a range is asked for again, from where it broke off.
const MAX_ATTEMPTS: u32 = 4;
/// Name of the browser's cache; it changes when what is kept changes.
const CACHE_NAME: &str = "carto-encoders-1";

/// The published checkpoint's encoder: from the browser's cache, else only the
/// encoder's ranges of the file, else all of it, held against its sha256.
///
/// # Errors
///
/// Words for a person that name the address.
pub(crate) async fn load(
    url: &str,
    sha256: &str,
    size_bytes: u64,
    on_bytes: OnBytes<'_>,
) -> Result<EncoderWeights, String> {
    let limits = WeightsLimits::default();
    let name = file_name(url);
    if let Some(bytes) = get_cached(url).await
        && let Ok(weights) = read_weights(std::io::Cursor::new(bytes), name, &limits)
    {
        return Ok(weights);
    }
    let weights = download(url, name, sha256, size_bytes, limits, on_bytes).await?;
    if let Ok(bytes) = write_safetensors(&weights, false) {
        put_cached(url, &bytes).await;
    }
    Ok(weights)
}

async fn download(
    url: &str,
    name: &str,
    sha256: &str,
    size_bytes: u64,
    limits: WeightsLimits,
    on_bytes: OnBytes<'_>,
) -> Result<EncoderWeights, String> {
    let mut plan = WeightsPlan::new(name, size_bytes, limits);
    let mut n_read = 0;
    loop {
        let ranges = match plan.step().map_err(|error| format!("{url}: {error}"))? {
            Step::Done(weights) => return Ok(*weights),
            Step::Need(ranges) => ranges,
        };
        let n_wanted: u64 = ranges.iter().map(|range| range.end - range.start).sum();
        let n_total = n_read + n_wanted;
        for range in ranges {
            let (mut start, mut n_attempts) = (range.start, 0);
            while start < range.end {
                let mut progress = |n_bytes, _| on_bytes(n_read + n_bytes, Some(n_total));
                let part = fetch::fetch_range(url, Some(start..range.end), &mut progress).await;
                let part = match part {
                    // A connection that broke before may break here too.
                    Err(FetchError::Unreachable { .. }) if start > range.start => None,
                    other => Some(other.map_err(|error| error.to_string())?),
                };
                n_attempts += 1;
                if let Some(part) = part {
                    if part.status == 200 {
                        let bytes = if part.is_cut_short {
                            fetch::fetch_all(url, on_bytes)
                                .await
                                .map_err(|error| error.to_string())?
                        } else {
                            part.bytes
                        };
                        return check_file(url, name, sha256, &limits, bytes);
                    }
                    let n_bytes = (part.bytes.len() as u64).min(range.end - start);
                    let bytes = part.bytes[..n_bytes as usize].to_vec();
                    plan.feed(start, bytes).map_err(|error| format!("{url}: {error}"))?;
                    n_read += n_bytes;
                    start += n_bytes;
                }
                if start < range.end && n_attempts >= MAX_ATTEMPTS {
                    let n_bytes = n_read as usize;
                    return Err(FetchError::CutShort { url: url.to_owned(), n_bytes }.to_string());
                }
            }
        }
    }
}

/// Reads a whole file, after its sha256 was compared.
fn check_file(
    url: &str,
    name: &str,
    sha256: &str,
    limits: &WeightsLimits,
    bytes: Vec<u8>,
) -> Result<EncoderWeights, String> {
    let found = sha256_hex(bytes.as_slice()).map_err(|error| error.to_string())?;
    if found != sha256 {
        return Err(format!(
            "{url} is not the published checkpoint (sha256 {found} instead of {sha256}): \
             download that one yourself and drop it here"
        ));
    }
    read_weights(std::io::Cursor::new(bytes), name, limits)
        .map_err(|error| format!("{url}: {error}"))
}

/// The bytes that were kept under an address.
async fn get_cached(url: &str) -> Option<Vec<u8>> {
    let found = JsFuture::from(open_cache().await?.match_with_str(url)).await.ok()?;
    let response: Response = found.dyn_into().ok()?;
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Keeps bytes under an address.
async fn put_cached(url: &str, bytes: &[u8]) {
    let body = Uint8Array::from(bytes);
    let response = Response::new_with_opt_js_u8_array(Some(&body));
    if let (Some(cache), Ok(response)) = (open_cache().await, response) {
        // Without room for it the next visit downloads it again.
        let _ = JsFuture::from(cache.put_with_str(url, &response)).await;
    }
}

async fn open_cache() -> Option<Cache> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let cache: JsValue = JsFuture::from(scope.caches().ok()?.open(CACHE_NAME)).await.ok()?;
    cache.dyn_into().ok()
}
