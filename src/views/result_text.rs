//! The results that are shown, as texts for workers to save, send or compare.

use carto_protocol::ResultText;
use leptos::prelude::*;

use crate::address::absolute;
use crate::context::{use_own_result, use_results};

/// Where the published figures are, relative to the page.
pub(crate) const PUBLISHED_URL: &str = "./published/published.json";

/// A person's own run as a result file; `None` while work goes on.
pub(crate) fn own_result_text() -> Option<ResultText> {
    use_own_result().text()
}

/// The result that was opened, or the published one.
pub(crate) fn reference_result_text() -> Option<ResultText> {
    let opened = use_results().state.opened;
    let json = opened.with(|opened| opened.as_ref().map(|opened| opened.json.clone()));
    json.map(ResultText::Json).or_else(|| absolute(PUBLISHED_URL).map(ResultText::Url))
}
