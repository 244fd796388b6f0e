//! The name under which a result is saved and sent.

use carto_types::ResultLabel;
use leptos::prelude::*;

use crate::context::{use_own_result, use_results};

/// The name of a result in the menus that save and send it.
#[derive(Clone, Copy)]
pub(crate) struct ResultNaming {
    /// What stands in the field.
    pub(crate) in_field: Signal<String>,
    /// A person wrote another name.
    pub(crate) on_input: Callback<String>,
    /// The name; of a file that holds all files too.
    pub(crate) name: Signal<String>,
    /// What the result is given when it is saved or sent.
    pub(crate) label: Signal<ResultLabel>,
    /// Runs when a person has the whole result as a file.
    pub(crate) on_saved: Callback<()>,
}

impl ResultNaming {
    /// Of one's own run, which is called by its songs and the day unless a person says
    /// otherwise.
    pub(crate) fn of_own_run() -> Self {
        let own = use_own_result();
        Self {
            in_field: Signal::derive(move || own.name_in_field()),
            on_input: Callback::new(move |name| own.set_name(name)),
            name: Signal::derive(move || own.name()),
            label: Signal::derive(move || own.label()),
            on_saved: Callback::new(move |()| own.note_saved()),
        }
    }

    /// Of the result that was opened, or the published one: it stays as it is unless a person
    /// names it.
    pub(crate) fn of_reference() -> Self {
        let state = use_results().state;
        let given = RwSignal::new(None::<String>);
        Effect::new(move || {
            state.opened.track();
            given.set(None);
        });
        let own = Signal::derive(move || {
            let opened = state.opened.with(|it| it.as_ref().map(|it| it.shown.name.clone()));
            opened.unwrap_or_else(|| {
                state.bundled.with(|it| it.as_ref().map_or_else(String::new, |it| it.name.clone()))
            })
        });
        let in_field = Signal::derive(move || given.get().unwrap_or_else(|| own.get()));
        Self {
            in_field,
            on_input: Callback::new(move |name| given.set(Some(name))),
            name: Signal::derive(move || match in_field.get() {
                name if name.trim().is_empty() => own.get(),
                name => name,
            }),
            label: Signal::derive(move || ResultLabel {
                name: given.get().unwrap_or_default(),
                day: None,
            }),
            on_saved: Callback::new(|()| ()),
        }
    }
}

/// The field for the name.
#[component]
pub(crate) fn NameField(
    /// Id of the field; one of each on the page.
    id: &'static str,
    /// The name.
    naming: ResultNaming,
) -> impl IntoView {
    view! {
        <label class="menu__field">
            "Name of the result "
            <input
                id=id
                type="text"
                maxlength="120"
                autocomplete="off"
                prop:value=naming.in_field
                on:input=move |event| naming.on_input.run(event_target_value(&event))
            />
        </label>
    }
}
