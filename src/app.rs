//! The page as a whole.

use leptos::prelude::*;

use crate::state::{Phase, Run};
use crate::views::{
    AgreementSheet, CrossValidationSheet, DropFrame, EncoderPanel, Footer, Header, Hero,
    HowItWorks, IssuesPanel, LatentSheets, ListenSheet, RunHead, SongsSheet, StagePanel, drawn,
    encoder, flag, word,
};

/// One view: a person's own maps, from the first visit to the results.
#[component]
pub(crate) fn App() -> impl IntoView {
    let run = Run::new();
    provide_context(run);
    run.set_device(encoder::device_of_address());

    let phase = run.phase();
    let is_empty = Memo::new(move |_| phase.get() == Phase::Empty);
    let state_name = word(move || match phase.get() {
        Phase::Empty => "empty",
        Phase::Running => "running",
        Phase::Cancelled => "cancelled",
        Phase::Done => "done",
    });
    let failure = run.failure();
    let head = drawn(move || {
        if is_empty.get() {
            return view! { <Hero/> }.into_any();
        }
        view! {
            <RunHead/>
            <div class="panels">
                <StagePanel/>
                <IssuesPanel/>
            </div>
        }
        .into_any()
    });
    let songs = drawn(move || match is_empty.get() {
        true => ().into_any(),
        false => view! { <SongsSheet/> }.into_any(),
    });
    let has_encoder = Memo::new(move |_| run.encoder().with(Option::is_some));
    let latents = drawn(move || match (is_empty.get(), has_encoder.get()) {
        (true, _) => ().into_any(),
        (false, false) => view! { <EncoderPanel/> }.into_any(),
        (false, true) => view! {
            <EncoderPanel/>
            <LatentSheets
                track_b=run.track_b()
                synthesis=run.synthesis()
                encoder=run.encoder()
                backend=run.backend()
            />
        }
        .into_any(),
    });

    view! {
        <a class="skip-link" href="#main">"Skip to the charts"</a>
        <Header/>
        <main id="main" class="page" tabindex="-1" data-state=state_name>
            <div role="alert" class="failure-slot">
                <p class="failure" hidden=flag(move || failure.with(Option::is_none))>{failure}</p>
            </div>
            <p id="announcement" class="visually-hidden" role="status">{run.announcement()}</p>
            {head}
            <AgreementSheet/>
            {latents}
            <CrossValidationSheet/>
            {songs}
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
