//! Where the published figures come from, and what has changed there since.

use carto_ui::{derived_bool, derived_string, dynamic, meta_element};
use js_sys::futures::JsFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::Response;

use crate::address::absolute;
use crate::context::use_results;
use crate::results::RequestState;
use crate::views::file_buttons::OpenResultButton;
use crate::views::intro::study_link;
use crate::views::result_name::ResultNaming;
use crate::views::result_parts::ResultParts;
use crate::views::result_text::{PUBLISHED_URL, reference_result_text};
use crate::views::save_menu::ExportMenu;
use crate::views::share_menu::ShareMenu;

/// Where other results of this site are listed, relative to the page.
const OTHERS_URL: &str = "./published/results.html";

/// Origin, refresh, files and link of the published figures.
#[component]
pub(super) fn LiveSite() -> impl IntoView {
    let results = use_results();
    let (naming, parts) = (ResultNaming::of_reference(), ResultParts::of_reference());
    let bundled = results.state.bundled;
    let origin = derived_string(move || {
        bundled.with(|shown| shown.as_ref().map_or_else(String::new, |shown| shown.origin.clone()))
    });
    let others = RwSignal::new(String::new());
    spawn_local(async move {
        if let Some(html) = other_results().await {
            others.set(html);
        }
    });
    let refresh = move |_| {
        if let (Some(url), Some(bundled_url)) = (live_url(), absolute(PUBLISHED_URL)) {
            results.refresh(url, bundled_url);
        }
    };
    let found = dynamic(move || {
        match results.state.refreshed.get() {
        RequestState::Idle => ().into_any(),
        RequestState::Pending(_) => view! { <p>"Reading the published site."</p> }.into_any(),
        RequestState::Failed(why) => view! { <p>{why}</p> }.into_any(),
        RequestState::Ready(None) => {
            view! { <p>"The published site has the same figures as this page."</p> }.into_any()
        }
        RequestState::Ready(Some(changes)) => view! {
            <p>"The published site has other figures than this page."</p>
            <div class="differences" role="region" aria-label="What has changed" tabindex="0" inner_html=changes></div>
            <button class="button" type="button" on:click=move |_| results.show_refreshed()>
                "Show the figures of the site"
            </button>
        }
        .into_any(),
    }
    });
    view! {
        <section class="sheet live-site" aria-labelledby="live-title">
            <div class="sheet__head">
                <p class="kicker">"Where these figures come from"</p>
                <h2 id="live-title" class="heading">"The published run"</h2>
                <p class="run-head__origin">{origin}</p>
                <p class="run-head__origin">
                    {study_link("The study’s source and data")}
                    ". "
                    <a href="#cite">"How to cite it"</a>
                </p>
            </div>
            <div class="live-site__buttons">
                <button id="refresh" class="button" type="button" on:click=refresh>
                    "Refresh from the live site"
                </button>
                <OpenResultButton id="open-a-result"/>
                <ShareMenu result=Signal::derive(reference_result_text) naming parts/>
                <ExportMenu result=Signal::derive(reference_result_text) naming/>
            </div>
            <div id="refreshed" role="status">{found}</div>
            <details class="computed-how" hidden=derived_bool(move || others.with(String::is_empty))>
                <summary>"Other results of this site"</summary>
                <div inner_html=others></div>
            </details>
        </section>
    }
}

/// The list of other results that `carto publish` writes; `None` where it names none, and where
/// it does not come.
async fn other_results() -> Option<String> {
    let response = JsFuture::from(window().fetch_with_str(OTHERS_URL)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    let html = JsFuture::from(response.text().ok().filter(|_| response.ok())?).await.ok()?;
    html.as_string().filter(|html| html.contains("<li>"))
}

/// The folder of the published site; the page names it.
fn live_url() -> Option<String> {
    absolute(&meta_element("carto-live-site")?.get_attribute("content")?)
}
