//! The classifier whose label probabilities are shown, and its accuracy.

use leptos::prelude::*;

use crate::client::use_client;
use crate::format::{grouped, percent};
use crate::state::Model;

/// Name, training data and accuracy of the classifier, and the card of the built-in one.
#[component]
pub(crate) fn ModelPanel() -> impl IntoView {
    let model = use_client().state.model;
    let facts = move || {
        model.with(|model| {
            model.as_ref().map_or_else(|| "No classifier is loaded yet.".to_owned(), facts)
        })
    };
    view! {
        <div>
            <h2 class="notes__title">"Accuracy"</h2>
            <p>
                {facts} " Labels overlap, so not every miss is an error. Labels and features of the "
                "built-in classifier are those of "
                <a href="https://github.com/luanmtt/kiAI" target="_blank" rel="noopener noreferrer">"kiAI"</a> ". "
                <a href="#cite">"How to cite it"</a>
            </p>
            <details class="beat-card" data-source="./models/classifier.card.html">
                <summary>"Model card of the built-in classifier"</summary>
            </details>
        </div>
    }
}

fn facts(model: &Model) -> String {
    let facts = &model.facts;
    let accuracy = facts.cross_validated_top_1.map_or_else(String::new, |share| {
        format!(" Cross-validated accuracy {}%.", percent(share))
    });
    format!(
        "Classifier: {}, trained on {} maps of {} songs, {} labels.{accuracy}",
        model.name,
        grouped(facts.n_maps as usize),
        grouped(facts.n_songs as usize),
        facts.labels.len(),
    )
}
