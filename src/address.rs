//! Which addresses the page may ask.

pub(crate) use carto_port::pool::absolute;
use leptos::prelude::*;

/// The absolute form of an address that the page may ask: one over https, of this machine,
/// or of the page's own origin.
///
/// `www/boot.js` opens the policy for the same hosts and no others.
///
/// # Errors
///
/// A sentence for the person who gave another address.
pub(crate) fn allowed_url(url: &str) -> Result<String, String> {
    let refused = || format!("{url} cannot be asked: give an address that begins with https://");
    let url = absolute(url).ok_or_else(refused)?;
    let origin = web_sys::Url::new(&url).map(|url| url.origin()).unwrap_or_default();
    let is_plain = |host: &str| {
        !host.is_empty()
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte))
    };
    let is_here = ["http://localhost", "http://127.0.0.1"].iter().any(|here| {
        origin.strip_prefix(here).is_some_and(|port| port.is_empty() || port.starts_with(':'))
    });
    let is_asked = origin.strip_prefix("https://").is_some_and(is_plain)
        || is_here
        || window().location().origin().is_ok_and(|own| own == origin);
    if is_asked { Ok(url) } else { Err(refused()) }
}
