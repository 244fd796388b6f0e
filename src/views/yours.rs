//! A person's own maps, from the first visit to the results.

use carto_protocol::ResultText;
use leptos::prelude::*;

use super::agreement::AgreementSheet;
use super::chart_data::ChartData;
use super::crossval::CrossValidationSheet;
use super::differences::DifferencesSheet;
use super::encoder::EncoderPanel;
use super::hero::OwnHero;
use super::issues_panel::IssuesPanel;
use super::latent_sheets::LatentSheets;
use super::listen::ListenSheet;
use super::live::drawn;
use super::published::printed_text;
use super::run_head::RunHead;
use super::songs::SongsSheet;
use super::stage_panel::StagePanel;
use crate::app::use_run;
use crate::state::Phase;

/// Heading, progress, parts A to D, songs, differences.
#[component]
pub(crate) fn YoursView() -> impl IntoView {
    let run = use_run();
    let phase = run.phase();
    let data = ChartData::yours();
    let is_empty = Memo::new(move |_| phase.get() == Phase::Empty);
    let head = drawn(move || {
        if is_empty.get() {
            return view! { <OwnHero/> }.into_any();
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
            <LatentSheets data/>
        }
        .into_any(),
    });
    view! {
        {head}
        <AgreementSheet data/>
        {latents}
        <CrossValidationSheet/>
        {songs}
        <DifferencesSheet
            ours=Signal::derive(own_text)
            theirs=Signal::derive(move || own_text().and_then(|_| printed_text()))
        />
        <ListenSheet/>
    }
}

/// One's own run as a result file; `None` while work goes on.
pub(crate) fn own_text() -> Option<ResultText> {
    let outputs = use_run().outputs();
    outputs.with(|files| {
        let result = files.iter().find(|file| file.name == "result.json")?;
        Some(ResultText::Json(result.text.clone()))
    })
}
