//! A person's own maps, from the first visit to the results.

use carto_ui::dynamic;
use leptos::prelude::*;

use super::agreement::AgreementSheet;
use super::bring_back::BringBack;
use super::channel_demo::ChannelDemo;
use super::chart_data::ChartData;
use super::encoder::EncoderPanel;
use super::evidence::{EvidenceData, EvidenceSheet};
use super::html_sheets::{CrossValidationSheet, DifferencesSheet};
use super::intro::OwnIntro;
use super::issues_panel::IssuesPanel;
use super::keep_panel::KeepPanel;
use super::latent_sheets::LatentSheets;
use super::result_text::{own_result_text, reference_result_text};
use super::run_head::RunHead;
use super::songs::{SongsData, SongsSheet};
use super::stage_panel::StagePanel;
use crate::context::use_run;
use crate::run::Phase;

/// Heading, progress, part A, its evidence, parts B to D, songs, differences.
#[component]
pub(crate) fn YoursView() -> impl IntoView {
    let run = use_run();
    let phase = run.state.phase;
    let data = ChartData::yours();
    let is_empty = Memo::new(move |_| phase.get() == Phase::Empty);
    let head = dynamic(move || {
        if is_empty.get() {
            return view! { <OwnIntro/> }.into_any();
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
    let songs = dynamic(move || match is_empty.get() {
        true => ().into_any(),
        false => view! { <SongsSheet data=SongsData::yours()/> }.into_any(),
    });
    let evidence = dynamic(move || match is_empty.get() {
        true => ().into_any(),
        false => view! { <EvidenceSheet data=EvidenceData::yours()/> }.into_any(),
    });
    let has_encoder = Memo::new(move |_| run.state.encoder.with(Option::is_some));
    let latents = dynamic(move || match (is_empty.get(), has_encoder.get()) {
        (true, _) => ().into_any(),
        (false, false) => view! { <EncoderPanel/> }.into_any(),
        (false, true) => view! {
            <EncoderPanel/>
            <LatentSheets data/>
        }
        .into_any(),
    });
    view! {
        <BringBack/>
        {head}
        <KeepPanel/>
        <AgreementSheet data/>
        {evidence}
        {latents}
        <CrossValidationSheet/>
        {songs}
        <DifferencesSheet
            ours=Signal::derive(own_result_text)
            theirs=Signal::derive(move || own_result_text().and_then(|_| reference_result_text()))
        />
        <ChannelDemo/>
    }
}
