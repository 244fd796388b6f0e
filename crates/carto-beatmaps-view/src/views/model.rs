use leptos::prelude::*;

use crate::client::use_client;
use crate::format::{grouped, percent};

/// Which classifier judges, and how it fared.
#[component]
pub(crate) fn ModelPanel() -> impl IntoView {
    let client = use_client();
    let said = move || {
        client.state.model.with(|model| {
            let Some(model) = model else { return "No classifier is here yet.".to_owned() };
            let facts = &model.facts;
            let scored = facts.cross_validated_top_1.map_or_else(String::new, |share| {
                let share = percent(share);
                format!(" On songs that it had not seen, its strongest kind was the collector’s label for {share} maps in 100.")
            });
            format!(
                "By {}: it learnt {} labels from {} maps of {} songs.{scored}",
                model.name,
                facts.labels.len(),
                grouped(facts.n_maps as usize),
                grouped(facts.n_songs as usize),
            )
        })
    };
    view! {
        <div>
            <h2 class="notes__title">"How far to trust it"</h2>
            <p>{said} " Collections overlap, so part of the rest is taste."</p>
            <details class="beat-card" data-source="./models/classifier.card.html">
                <summary>"All figures of the classifier of this page"</summary>
            </details>
        </div>
    }
}
