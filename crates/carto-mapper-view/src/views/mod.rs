//! The parts of the view.

mod chart;
mod detail;
mod empty;
mod head;
mod issues;
mod line;
mod list;
mod notes;
mod pick;
mod progress;
mod save;
mod sheet;
mod typical;

use carto_ui::{MessageKind, Messages, dynamic, message};
use leptos::prelude::*;

use crate::client::MapperClient;
use crate::host::listen;
use crate::state::Screen;

use empty::{NoFiles, PublishedRules, RunAtWork};
use head::Head;
use issues::Issues;
use list::MapperList;
use progress::{LatentsBar, MeasuringBar};
use sheet::MapperSheet;
use typical::Typical;

/// One mapper against the others, or the list of all.
#[component]
pub(crate) fn MapperView() -> impl IntoView {
    let client = MapperClient::new();
    provide_context(client);
    let state = client.state;
    listen(move |shown| client.show(shown));
    let screen = Memo::new(move |_| state.screen());
    let body = dynamic(move || match screen.get() {
        Screen::NoFiles => view! { <NoFiles/> }.into_any(),
        Screen::Running => view! { <RunAtWork/> }.into_any(),
        Screen::Published => view! { <PublishedRules/> }.into_any(),
        Screen::List => view! { <MapperList/> }.into_any(),
        Screen::Mapper => view! {
            <Head/>
            <MeasuringBar/>
            <LatentsBar/>
            <MapperSheet/>
            <Typical/>
            <Issues/>
        }
        .into_any(),
    });
    let dismiss = Callback::new(move |()| state.failure.set(String::new()));
    view! {
        <div class="mapper-view">
            <Messages>{message(MessageKind::Failure, state.failure.into(), dismiss)}</Messages>
            <p id="mapper-status" class="visually-hidden" role="status">{state.announcement}</p>
            {body}
        </div>
    }
}
