use leptos::prelude::*;

/// A heading whose lines break first where its parts end: after `", "` or `". "`.
pub(in crate::views) fn sentences(text: &str, end: &'static str) -> impl IntoView + use<> {
    text.split_inclusive(end)
        .map(|part| view! { <span class="sentence">{part.to_owned()}</span> })
        .collect_view()
}
