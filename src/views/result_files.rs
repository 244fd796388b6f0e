//! The files of a result that was not computed here.

use carto_protocol::ResultText;
use leptos::prelude::*;

use super::live::{flag, text};
use super::save_menu::FilesMenu;
use crate::app::use_results;
use crate::state::Asked;

/// A menu whose files are made when it is opened first.
#[component]
pub(crate) fn ResultFiles(
    /// What to save.
    result: Signal<Option<ResultText>>,
) -> impl IntoView {
    let results = use_results();
    let exported = results.exported();
    let files = Signal::derive(move || match exported.get() {
        Asked::Done(files) => files,
        _ => Vec::new(),
    });
    let trouble = text(move || match exported.get() {
        Asked::Waiting => "Making the files.".to_owned(),
        Asked::Failed(why) => why,
        _ => String::new(),
    });
    Effect::new(move || {
        result.track();
        results.forget_files();
    });
    let ask = Callback::new(move |()| {
        if exported.with_untracked(|exported| *exported == Asked::Not)
            && let Some(result) = result.get_untracked()
        {
            results.export(result);
        }
    });
    view! { <FilesMenu files has_none=flag(move || result.with(Option::is_none)) trouble on_open=ask/> }
}
