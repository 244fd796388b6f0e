//! The files of a result that was not computed here.

use std::sync::Arc;

use carto_protocol::ResultText;
use leptos::prelude::*;

use super::live::{flag, text};
use super::save_menu::FilesMenu;
use crate::context::use_results;
use crate::results::RequestState;

/// A menu whose files are made when it is opened first.
#[component]
pub(crate) fn ResultFiles(
    /// What to save.
    result: Signal<Option<ResultText>>,
) -> impl IntoView {
    let results = use_results();
    let exported = results.state.exported;
    let files = Signal::derive(move || match exported.get() {
        RequestState::Ready(files) => files,
        _ => Arc::default(),
    });
    let trouble = text(move || match exported.get() {
        RequestState::Pending(_) => "Making the files.".to_owned(),
        RequestState::Failed(why) => why,
        _ => String::new(),
    });
    Effect::new(move || {
        result.track();
        results.forget_files();
    });
    let ask = Callback::new(move |()| {
        if exported.with_untracked(|exported| *exported == RequestState::Idle)
            && let Some(result) = result.get_untracked()
        {
            results.export(result);
        }
    });
    view! { <FilesMenu files has_none=flag(move || result.with(Option::is_none)) trouble on_open=ask/> }
}
