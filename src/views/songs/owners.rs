//! Who made each difficulty, for a person to correct.

use carto_charts::number::{counted, fixed};
use carto_types::{OwnerEvidence, OwnerRow, Ownership};
use carto_ui::{derived_bool, derived_string, dynamic};
use leptos::html;
use leptos::prelude::*;

use crate::context::use_run;
use crate::run::{OwnedDifficulty, Run};

/// Difficulties in the dialog at once: more are found by words.
const MAX_SHOWN: usize = 40;

/// The dialog of owners, which is open while there are words to look for.
#[component]
pub(super) fn OwnersDialog(
    /// Opens the dialog with these words in its search field; `None` while it is closed.
    wanted: RwSignal<Option<String>>,
) -> impl IntoView {
    let run = use_run();
    let dialog = NodeRef::<html::Dialog>::new();
    let find = RwSignal::new(String::new());
    // What a person says shows at once, and not with the next plan.
    let n_said = RwSignal::new(0_usize);
    Effect::new(move || {
        if let (Some(words), Some(dialog)) = (wanted.get(), dialog.get()) {
            find.set(words);
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
        }
    });
    let found = Memo::new(move |_| {
        n_said.track();
        run.state.songs.track();
        match wanted.with(Option::is_some) {
            true => run.difficulties(&find.get(), MAX_SHOWN),
            false => (Vec::new(), 0),
        }
    });
    let sums = Memo::new(move |_| {
        found.with(|(found, _)| found.iter().map(|it| it.md5.clone()).collect::<Vec<_>>())
    });
    let items = dynamic(move || {
        let item = |md5: String| owner_item(run, md5, found, n_said);
        sums.get().into_iter().map(item).collect_view().into_any()
    });
    let count = derived_string(move || {
        let (n_shown, n_found) = found.with(|(found, n_found)| (found.len(), *n_found));
        let found = counted(n_found, "difficulty", "difficulties");
        if n_shown < n_found { format!("{found}, the first {n_shown}") } else { found }
    });
    view! {
        <dialog
            class="owners"
            node_ref=dialog
            aria-labelledby="owners-title"
            on:close=move |_| wanted.set(None)
        >
            <form method="dialog" class="owners__head">
                <h2 id="owners-title" class="heading">"Who made each difficulty"</h2>
                <button class="button">"Close"</button>
            </form>
            <p>
                "Several names apart by semicolons; empty for a difficulty that is nobody’s and takes no part. What you change is saved with the result."
            </p>
            <label class="songs__find">
                "Find "
                <input
                    type="search"
                    placeholder="title, difficulty, mapper"
                    prop:value=find
                    on:input=move |event| find.set(event_target_value(&event))
                />
            </label>
            <p role="status">{count}</p>
            <ul class="owners__list">{items}</ul>
        </dialog>
    }
}

/// One difficulty: what it is, a field for its mappers, and how they are known.
fn owner_item(
    run: Run,
    md5: String,
    found: Memo<(Vec<OwnedDifficulty>, usize)>,
    n_said: RwSignal<usize>,
) -> AnyView {
    let id = format!("owner-{md5}");
    let of = {
        let md5 = md5.clone();
        move || found.with(|(found, _)| found.iter().find(|it| it.md5 == md5).cloned())
    };
    let owner = Signal::derive({
        let of = of.clone();
        move || of().map(|it| it.owner)
    });
    let what = of().map(|it| {
        let stars = it.star_rating.map(|stars| format!("{} stars, ", fixed(stars, 2)));
        let beside = format!("{}{}", stars.unwrap_or_default(), it.source);
        view! { {it.song} " " <b>"[" {it.version} "]"</b> " " <small>{beside}</small> }
    });
    let say = move |mappers| {
        run.set_owner(&md5, mappers);
        n_said.update(|n_said| *n_said += 1);
    };
    let forget = {
        let say = say.clone();
        move |_| say(None)
    };
    let evidence = move || owner.with(|owner| owner.as_ref().map(|owner| owner.evidence));
    view! {
        <li>
            <label for=id.clone()>{what}</label>
            <input
                id=id
                type="text"
                autocomplete="off"
                prop:value=derived_string(move || {
                    owner.with(|owner| owner.as_ref().map_or_else(String::new, |it| it.names.join("; ")))
                })
                on:change=move |event| say(Some(OwnerRow::mappers_of(&event_target_value(&event))))
            />
            <span>{derived_string(move || owner.with(|owner| owner.as_ref().map_or("", explained).to_owned()))}</span>
            <button
                class="button button--small"
                type="button"
                hidden=derived_bool(move || evidence() != Some(OwnerEvidence::Table))
                on:click=forget
            >
                "As the file says"
            </button>
        </li>
    }
    .into_any()
}

/// From what it is known who made a difficulty, in plain words.
pub(super) fn explained(owner: &Ownership) -> &'static str {
    match owner.evidence {
        OwnerEvidence::Api => "osu!’s API says so",
        OwnerEvidence::Table => "you say so",
        OwnerEvidence::Tags => "its name says so, and the set’s tags have that name",
        OwnerEvidence::Name if owner.is_nobody() => "its name says several, and not who: left out",
        OwnerEvidence::Name => "its name says so: likely",
        OwnerEvidence::Host => "nothing names a guest: the set’s host",
    }
}
