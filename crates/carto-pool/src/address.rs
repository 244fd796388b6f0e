/// An address as seen from the page; `None` for what is none.
///
/// Workers get whole addresses: a script that the page made itself has no place that
/// a relative one could begin at.
#[must_use]
pub fn absolute(url: &str) -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok().flatten()?;
    web_sys::Url::new_with_base(url, &base).ok().map(|url| url.href())
}
