//! All mappers of the run who can be compared.

use carto_charts::number::{counted, grouped};
use carto_types::MapperCount;
use carto_ui::{FigureTable, derived_bool, derived_string, dynamic, figure_row, view_link};
use leptos::prelude::*;

use crate::client::use_client;
use crate::links::mapper_query;
use crate::state::RequestState;

/// Mappers in the page at once: more are found by their names.
const MAX_SHOWN: usize = 200;

/// A table of mappers with their songs and maps, each a link.
#[component]
pub(super) fn MapperList() -> impl IntoView {
    let state = use_client().state;
    let find = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let wanted = find.get().to_lowercase();
        state.list.with(|list| match list {
            RequestState::Ready(all) => {
                let is_wanted = |it: &&MapperCount| it.name.to_lowercase().contains(&wanted);
                all.iter().filter(is_wanted).cloned().collect()
            }
            _ => Vec::new(),
        })
    });
    let rows = dynamic(move || {
        let row = |it: &MapperCount| {
            let name = view_link(mapper_query(&it.name, ""), it.name.clone(), None, "");
            let figures = vec![grouped(it.n_songs), grouped(it.n_maps)];
            figure_row(name, figures, ().into_any())
        };
        found.with(|found| found.iter().take(MAX_SHOWN).map(row).collect_view()).into_any()
    });
    let count = derived_string(move || {
        let n_found = found.with(Vec::len);
        state.list.with(|list| match list {
            RequestState::Idle | RequestState::Pending(_) => "Looking for mappers.".to_owned(),
            RequestState::Failed(why) => format!("The mappers could not be listed: {why}."),
            RequestState::Ready(all) if all.is_empty() => {
                "No song here has maps of two mappers. Add a map of the same song by someone else."
                    .to_owned()
            }
            RequestState::Ready(_) if n_found > MAX_SHOWN => {
                format!("{}, the first {MAX_SHOWN} are listed.", mappers(n_found))
            }
            RequestState::Ready(_) => format!("{}.", mappers(n_found)),
        })
    });
    view! {
        <section class="sheet" aria-labelledby="mapper-list-title">
            <div class="sheet__head">
                <p class="kicker">"Mappers of your maps"</p>
                <h1 id="mapper-list-title" class="heading">
                    "Who maps the same songs in another way?"
                </h1>
            </div>
            <div class="sheet__body">
                <div class="plate mapper-list">
                    <label class="songs__find">
                        "Find "
                        <input
                            type="search"
                            placeholder="mapper"
                            prop:value=find
                            on:input=move |event| find.set(event_target_value(&event))
                        />
                    </label>
                    <p role="status">{count}</p>
                    <div hidden=derived_bool(move || found.with(Vec::is_empty))>
                        <FigureTable
                            named_by="mapper-list-caption"
                            caption="Songs in which each can be compared, and maps in them"
                            class="table mapper-list__table"
                            heads=["mapper", "songs", "maps"].map(str::to_owned).to_vec()
                            rows
                        />
                    </div>
                </div>
                <aside class="notes" aria-label="Reading the list of mappers">
                    <h2 class="notes__title">"Reading this list"</h2>
                    <p>
                        <b>"Songs: "</b>
                        "those in which a map of the mapper is compared with one of another mapper at most half a star apart. A direction needs ten of them."
                    </p>
                    <p>
                        <b>"Not listed: "</b>
                        "groups, and names that the name of a difficulty alone gives, since they may be nicknames."
                    </p>
                </aside>
            </div>
        </section>
    }
}

fn mappers(n: usize) -> String {
    counted(n, "mapper", "mappers")
}
