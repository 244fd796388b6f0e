//! What is typical of the mapper, with examples that open the song at the moment.

use carto_types::{DifferenceExample, DimensionDifference, MapperFingerprint};
use carto_ui::{derived_bool, derived_string, dynamic, view_link};
use leptos::prelude::*;

use crate::client::use_client;
use crate::links::song_query;
use crate::words::{direction, estimate, example_text, moment_text};

/// The dimensions that set the mapper apart most; hidden where nothing is sure.
#[component]
pub(super) fn Typical() -> impl IntoView {
    let state = use_client().state;
    let shown = Memo::new(move |_| state.found().map(|found| found.shown().clone()));
    let items = dynamic(move || {
        shown.with(|shown| {
            let typical = shown.iter().flat_map(MapperFingerprint::typical);
            typical.map(|(found, examples)| item(found, examples)).collect_view().into_any()
        })
    });
    let title = derived_string(move || {
        shown.with(|shown| match shown {
            Some(shown) => format!("Typical of {}", shown.mapper),
            None => String::new(),
        })
    });
    let has_none = derived_bool(move || {
        shown.with(|shown| shown.as_ref().is_none_or(|shown| shown.typical.is_empty()))
    });
    view! {
        <section class="sheet" aria-labelledby="mapper-typical-title" hidden=has_none>
            <div class="sheet__head">
                <p class="kicker">"With examples"</p>
                <h2 id="mapper-typical-title" class="heading">{title}</h2>
            </div>
            <ol class="mapper-typical">{items}</ol>
        </section>
    }
}

fn item(found: &DimensionDifference, examples: &[DifferenceExample]) -> AnyView {
    view! {
        <li class="plate mapper-typical__item">
            <h3 class="mapper-typical__name">
                {direction(found)} " " <span class="mapper-typical__of">{found.name.clone()}</span>
            </h3>
            <p class="mapper-typical__figure">{estimate(found)}</p>
            <ul class="mapper-typical__examples">
                {examples.iter().map(example).collect_view()}
            </ul>
        </li>
    }
    .into_any()
}

/// The song, its two maps, and links to the moments.
fn example(example: &DifferenceExample) -> AnyView {
    let title = &example.title;
    let open = view_link(
        song_query(example, example.moments_ms.first().copied()),
        format!("{title} – {}", example.artist),
        Some(format!("Open {title} over time, {}", example_text(example))),
        "mapper-typical__song",
    );
    let moment = |moment_ms: &f64| {
        let text = moment_text(*moment_ms);
        let label = format!("Open {title} at {text}");
        view_link(
            song_query(example, Some(*moment_ms)),
            text,
            Some(label),
            "mapper-typical__moment",
        )
    };
    let moments = (!example.moments_ms.is_empty()).then(|| {
        view! {
            <span class="mapper-typical__moments">
                "at " {example.moments_ms.iter().map(moment).collect_view()}
            </span>
        }
    });
    view! {
        <li>
            {open}
            <span class="mapper-typical__maps">{example_text(example)}</span>
            {moments}
        </li>
    }
    .into_any()
}
