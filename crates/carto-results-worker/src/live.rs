use carto_types::Refreshed;

use crate::{fetch, jobs};

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
pub(crate) async fn refresh(url: &str, bundled_url: &str) -> Result<Refreshed, String> {
    let kept =
        |why: String| format!("{why}. The figures shown are those that came with this page.");
    let mut texts = Vec::new();
    for name in FILES {
        let address = format!("{url}{name}");
        let text = fetch::text(&address).await.map_err(kept)?;
        texts.push((address, text));
    }
    let mut live = jobs::any(&texts).map_err(kept)?;
    let bundled = fetch::text(bundled_url).await.map_err(kept)?;
    let bundled = jobs::any(&[(bundled_url.to_owned(), bundled)]).map_err(kept)?;
    live.name = format!("{}, as the site has it now", bundled.name);
    live.origin = bundled.origin.clone();
    live.origin.commit = None;
    live.origin.date = None;
    let changes = carto_results::changes_html(&bundled, &live);
    let (shown, json) = jobs::both(live);
    Ok(Refreshed { changes, shown, json })
}
