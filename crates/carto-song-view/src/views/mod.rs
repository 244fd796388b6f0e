//! The parts of the view.

mod alignment;
mod fields;
mod head;
mod latents;
mod latents_table;
mod moments;
mod profile;
mod profile_table;
mod save;
mod save_still;
mod strips;
mod strips_chart;
mod strips_table;
mod transport;

use carto_ui::{MessageKind, Messages, derived_bool, derived_string, dynamic, message};
use leptos::ev;
use leptos::prelude::*;

use crate::client::SongClient;
use crate::host::listen;
use crate::keys::command;
use crate::latent_client::LatentClient;
use crate::observe::{on_theme, wants_less_motion};
use crate::player::Player;
use crate::state::{RequestState, SongState};

use alignment::Alignment;
use fields::Fields;
use head::Head;
use latents::LatentsPlate;
use moments::Moments;
use profile::Profile;
use save::SaveMenu;
use strips::StripsPlate;
use transport::TransportBar;

/// Two maps of one song over time.
#[component]
pub(crate) fn SongView() -> impl IntoView {
    let client = SongClient::new();
    provide_context(client);
    let latents = LatentClient::new(client);
    provide_context(latents);
    let player = Player::new(client);
    provide_context(player);
    let state = client.state;
    listen(move |mut shown| {
        latents.offer(shown.as_mut().and_then(|shown| shown.encoder.take()));
        client.show(shown);
    });
    let handle = window_event_listener(ev::keydown, move |event| {
        if !state.is_shown.get_untracked() || state.opened_now().is_none() {
            return;
        }
        if let Some(command) = command(&event) {
            event.prevent_default();
            player.run(command);
        }
    });
    on_cleanup(move || handle.remove());
    on_theme(move || player.stage().take_palette());
    Effect::new(move || player.stage().set_look(state.is_over.get(), wants_less_motion()));
    let has_song = Memo::new(move |_| state.offered.with(Option::is_some));
    // Once a pair was there the charts stay, while another one is on its way.
    let has_pair = Memo::new(move |before: Option<&bool>| {
        has_song.get() && (before == Some(&true) || state.opened().is_some())
    });
    let failure = derived_string(move || state.failure.get());
    let dismiss = Callback::new(move |()| state.failure.set(String::new()));
    let charts = move || match has_pair.get() {
        true => view! { <Charts/> }.into_any(),
        false => ().into_any(),
    };
    let body = dynamic(move || match has_song.get() {
        true => view! { <Head/> <Waiting state/> {dynamic(charts)} }.into_any(),
        false => view! { <Missing state/> }.into_any(),
    });
    view! {
        <div class="song-view">
            <Messages>{message(MessageKind::Failure, failure, dismiss)}</Messages>
            <p class="visually-hidden" role="status">{state.announcement}</p>
            {body}
        </div>
    }
}

/// The pair, drawn and played.
#[component]
fn Charts() -> impl IntoView {
    view! {
        <div class="song-body">
            <div class="song-space">
                <Fields/>
                <TransportBar/>
                <div class="song-lists">
                    <Moments/>
                    <Alignment/>
                    <SaveMenu/>
                </div>
            </div>
            <Profile/>
            <StripsPlate/>
            <LatentsPlate/>
        </div>
    }
}

/// What is to be done where the files of the song are not there.
#[component]
fn Missing(
    /// What the view shows.
    state: SongState,
) -> impl IntoView {
    let title = derived_string(move || match state.name.get() {
        name if name.is_empty() => "No song is chosen".to_owned(),
        name => name,
    });
    let words = derived_string(move || match state.name.with(String::is_empty) {
        true => "Choose one in the table of songs of your maps.".to_owned(),
        false => "Its maps are not on this page. Drop the .osz archives of this song, by two \
                  mappers or more, anywhere in this window: they stay on this computer."
            .to_owned(),
    });
    view! {
        <div class="song-head">
            <div>
                <p class="kicker">"Song"</p>
                <h1 class="song-head__title">{title}</h1>
                <p class="song-head__finding">{words}</p>
                <p><a href="./?view=yours">"Your maps"</a></p>
            </div>
        </div>
    }
}

/// That a pair is on its way, or why it cannot be shown.
#[component]
fn Waiting(
    /// What the view shows.
    state: SongState,
) -> impl IntoView {
    let is_waiting = derived_bool(move || state.pair.with(RequestState::is_pending));
    let why = derived_string(move || {
        state.pair.with(|pair| match pair {
            RequestState::Failed(why) => why.clone(),
            _ => String::new(),
        })
    });
    view! {
        <p class="song-waiting" role="status" hidden=derived_bool(move || !is_waiting.get())>
            "Reading both maps."
        </p>
        <p class="failure" role="alert" hidden=derived_bool(move || why.with(String::is_empty))>
            {why}
        </p>
    }
}
