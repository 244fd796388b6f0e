//! A classifier of a person's own labels: labels, training, result.

use std::collections::BTreeSet;

use carto_types::{FoldScore, TrainedModel};
use carto_ui::save_file;
use leptos::prelude::*;

use crate::client::{BeatmapsClient, use_client};
use crate::format::{counted, grouped, percent};
use crate::own_labels::{OwnLabel, of_collections, of_folders};
use crate::state::RequestState;

/// Maps that a label needs to be trained on.
const MIN_MAPS: usize = 8;

/// Name of a trained classifier's file; by its extension it is read again when it is dropped.
const TRAINED_FILE: &str = "mine.classifier";

/// Labels to choose, the button that trains, and the result.
#[component]
pub(crate) fn Train() -> impl IntoView {
    let client = use_client();
    let state = client.state;
    let labels = Memo::new(move |_| {
        state.rows.with(|rows| {
            let mut labels = state.collections.with(|files| {
                files.values().flat_map(|sources| of_collections(sources, rows)).collect::<Vec<_>>()
            });
            labels.extend(of_folders(rows));
            labels
        })
    });
    let left_out = RwSignal::new(BTreeSet::<String>::new());
    let is_chosen = move |label: &OwnLabel| {
        label.maps.len() >= MIN_MAPS && left_out.with(|names| !names.contains(&label.name))
    };
    let chosen = move || {
        labels.with(|labels| {
            labels.iter().filter(|label| is_chosen(label)).cloned().collect::<Vec<_>>()
        })
    };
    let is_training = move || state.trained.with(RequestState::is_pending);
    let items =
        move || labels.get().into_iter().map(|label| label_item(label, left_out)).collect_view();
    view! {
        <section class="beat-train" aria-labelledby="beat-train-title">
            <p class="kicker">"Your own labels"</p>
            <h2 id="beat-train-title" class="heading">"Train a classifier on your labels"</h2>
            <p class="beat-songs__hint">
                "Drop your " <b>"collection.db"</b> " (in osu!’s folder) or an " <b>".osdb"</b> ", and the maps that it names; or drop a folder with one folder of maps for each label. The classifier is trained in this browser and cross-validated by song."
            </p>
            <div class="plate" hidden=move || labels.with(Vec::is_empty)>
                <fieldset class="beat-labels">
                    <legend class="notes__title">"Labels to train on"</legend>
                    {items}
                </fieldset>
                <button
                    class="button button--primary"
                    type="button"
                    disabled=move || is_training() || chosen().len() < 2
                    on:click=move |_| client.train(&chosen())
                >"Train a classifier"</button>
                <span class="beat-train__need">{move || match chosen().len() {
                    0 | 1 => format!("At least two labels with {MIN_MAPS} maps each."),
                    n => counted(n, "label", "labels"),
                }}</span>
            </div>
            {move || match state.trained.get() {
                RequestState::Idle => ().into_any(),
                RequestState::Pending(_) => waiting(client).into_any(),
                // Why it failed stands with the other messages of the view.
                RequestState::Failed(_) => ().into_any(),
                RequestState::Ready(trained) => outcome(client, &trained).into_any(),
            }}
        </section>
    }
}

fn label_item(label: OwnLabel, left_out: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let has_enough = label.maps.len() >= MIN_MAPS;
    let missing = match label.n_missing {
        0 => String::new(),
        n => format!(", {} not loaded", grouped(n)),
    };
    let (name, other) = (label.name.clone(), label.name.clone());
    let toggle = move |_| {
        left_out.update(|names| {
            if !names.remove(&name) {
                names.insert(name.clone());
            }
        });
    };
    view! {
        <label class="beat-labels__label">
            <input
                type="checkbox"
                disabled=!has_enough
                prop:checked=move || has_enough && left_out.with(|names| !names.contains(&other))
                on:change=toggle
            />
            <b>{label.name}</b>
            <span>{counted(label.maps.len(), "map", "maps")} {missing}</span>
        </label>
    }
}

fn waiting(client: BeatmapsClient) -> impl IntoView {
    let progress = client.state.progress;
    view! {
        <div class="beat-reading">
            <progress
                class="beat-reading__bar"
                aria-label="Training"
                max=move || progress.with(|progress| progress.n_total.max(1).to_string())
                prop:value=move || progress.with(|progress| progress.n_done.to_string())
            ></progress>
            <span>{move || progress.with(|progress| progress.stage.clone())}</span>
            <button class="button button--small" type="button" on:click=move |_| client.stop_training()>"Stop"</button>
        </div>
    }
}

/// How the classifier scored, and what can be done with it. One that is no better than guessing
/// can be used too, but nothing invites to it.
fn outcome(client: BeatmapsClient, trained: &TrainedModel) -> impl IntoView + use<> {
    let FoldScore { n_maps, n_right } = trained.score();
    let share = f64::from(n_right) / f64::from(n_maps.max(1));
    let said = format!(
        "Cross-validated by song, it predicts the first label of {} of {} maps ({}%). Always predicting the most frequent label is right for {}%.",
        grouped(n_right as usize),
        grouped(n_maps as usize),
        percent(share),
        percent(trained.majority),
    );
    let is_better = trained.is_better_than_guessing();
    let (use_class, use_label) = match is_better {
        true => ("button button--primary", "Use this classifier"),
        false => ("button", "Use this classifier nevertheless"),
    };
    let bytes = trained.bytes.clone();
    view! {
        <div class="plate beat-trained" role="status">
            <p>
                {(!is_better).then(|| view! { <b>"Not better than guessing. "</b> })}
                {said}
                {(!is_better).then_some(" More maps of each label help, and labels whose maps differ in how they are played.")}
            </p>
            <button class=use_class type="button" on:click=move |_| client.use_trained()>{use_label}</button>
            <button
                class="button"
                type="button"
                on:click=move |_| {
                    save_file(TRAINED_FILE, &bytes);
                    client.state.is_saved.set(true);
                }
            >"Save this classifier"</button>
            <button class="button" type="button" on:click=move |_| client.use_bundled()>"Use the built-in classifier"</button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use carto_types::FileKind;

    #[test]
    fn a_saved_classifier_is_known_by_its_name() {
        assert_eq!(FileKind::of_name(super::TRAINED_FILE), FileKind::Classifier);
    }
}
