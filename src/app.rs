//! The page as a whole.

use leptos::prelude::*;

use crate::state::{Phase, Run};
use crate::views::{
    AgreementSheet, DropFrame, Footer, Header, Hero, HowItWorks, IssuesPanel, ListenSheet, RunHead,
    SongsSheet, StagePanel,
};

/// One view: a person's own maps, from the first visit to the results.
#[component]
pub(crate) fn App() -> impl IntoView {
    let run = Run::new();
    provide_context(run);

    let phase = run.phase();
    let is_empty = Memo::new(move |_| phase.get() == Phase::Empty);
    let state_name = move || match phase.get() {
        Phase::Empty => "empty",
        Phase::Running => "running",
        Phase::Cancelled => "cancelled",
        Phase::Done => "done",
    };

    view! {
        <a class="skip-link" href="#main">"Skip to the charts"</a>
        <Header/>
        <main id="main" class="page" tabindex="-1" data-state=state_name>
            <div role="alert" class="failure-slot">
                {move || {
                    run.failure().get().map(|words| view! { <p class="failure">{words}</p> })
                }}
            </div>
            <p id="announcement" class="visually-hidden" role="status">{run.announcement()}</p>
            <Show when=move || is_empty.get() fallback=|| {
                view! {
                    <RunHead/>
                    <div class="panels">
                        <StagePanel/>
                        <IssuesPanel/>
                    </div>
                }
            }>
                <Hero/>
            </Show>
            <AgreementSheet/>
            <Show when=move || !is_empty.get()>
                <SongsSheet/>
            </Show>
            <ListenSheet/>
            <HowItWorks/>
        </main>
        <Footer/>
        <DropFrame/>
    }
}

/// The run that the whole page speaks of.
pub(crate) fn use_run() -> Run {
    expect_context::<Run>()
}
