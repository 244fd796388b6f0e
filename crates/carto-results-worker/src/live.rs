//! The figures of the published site.

use carto_protocol::RefreshedResult;

use crate::read::{fetch_text, opened, read_any_layout};

/// The files of the published site.
const FILES: [&str; 5] =
    ["track_a.json", "track_b.json", "synthesis.json", "track_b_cv.json", "cv_comparison.json"];

/// Reads the published figures where they are kept, and says what differs from
/// those that are served with the page.
///
/// # Errors
///
/// Words for the page: what cannot be reached or read, and that the figures shown
/// are those that came with the page.
pub(crate) async fn refresh(url: &str, bundled_url: &str) -> Result<RefreshedResult, String> {
    let kept =
        |why: String| format!("{why}. The figures shown are those that came with this page.");
    let mut texts = Vec::new();
    for name in FILES {
        let address = format!("{url}{name}");
        let text = fetch_text(&address).await.map_err(kept)?;
        texts.push((address, text));
    }
    let texts: Vec<_> = texts.iter().map(|(address, text)| (&**address, &**text)).collect();
    let mut live = read_any_layout(&texts).map_err(kept)?;
    let bundled = fetch_text(bundled_url).await.map_err(kept)?;
    let bundled = read_any_layout(&[(bundled_url, &bundled)]).map_err(kept)?;
    live.name = format!("{}, as the site has it now", bundled.name);
    live.origin = bundled.origin.clone();
    live.origin.commit = None;
    live.origin.date = None;
    let changes = carto_results::changes_html(&bundled, &live);
    Ok(RefreshedResult { changes, live: opened(live) })
}
