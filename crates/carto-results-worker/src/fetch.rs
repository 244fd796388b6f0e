use crate::jobs::MAX_BYTES;

/// The text at an address, as long as it is no longer than a result can be.
///
/// # Errors
///
/// Words for the page that name the address.
pub(crate) async fn text(url: &str) -> Result<String, String> {
    let bytes = carto_worker_port::fetch(url, "result", MAX_BYTES).await;
    let bytes = bytes.map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|_| format!("{url} is no text: check the address"))
}
