//! Room for the views that are programs of their own and show files of the run, and what they are
//! to show.

use carto_protocol::encode;
use carto_types::OfferedEncoder;
use carto_ui::derived_bool;
use leptos::prelude::*;

use crate::context::use_run;
use crate::run::{Phase, Run};
use crate::settings::is_metered;
use crate::view_program::{Offer, ViewProgram};
use crate::view_state::{Tab, use_view_state};

/// Room for the view of one song.
///
/// The view is told of the song again when the run knows more of it: its files, or the lags that
/// recordings settle, or its encoder.
#[component]
pub(crate) fn SongHost() -> impl IntoView {
    let (run, look) = (use_run(), use_view_state());
    let is_shown = Memo::new(move |_| look.tab.get() == Tab::Song);
    let offered = Memo::new(move |_| {
        if !is_shown.get() {
            return None;
        }
        run.state.songs.track();
        run.state.phase.track();
        let song = run.offered_song(&look.song.get()).map(|(song, _)| song);
        Some((look.song.get(), song, encoder(run)))
    });
    // Who sees the first songs of a run opens one next.
    let has_songs = Memo::new(move |_| run.state.songs.with(|songs| !songs.is_empty()));
    Effect::new(move || {
        if has_songs.get() && !is_metered() {
            ViewProgram::SONG.load_ahead();
        }
    });
    host(ViewProgram::SONG, is_shown, offered, move |(name, _, _)| {
        let offered = run.offered_song(name);
        let offered = offered.and_then(|(song, files)| Some((encode(&song).ok()?, files)));
        ViewProgram::SONG.show(&[name], [offered, encoder_offer(run)]);
    })
}

/// Room for the view of mappers.
///
/// It gets the songs of the run once no more of them are coming: each is measured then.
#[component]
pub(crate) fn MapperHost() -> impl IntoView {
    let (run, look) = (use_run(), use_view_state());
    let is_shown = Memo::new(move |_| look.tab.get() == Tab::Mapper);
    let offered = Memo::new(move |_| {
        if !is_shown.get() {
            return None;
        }
        let phase = run.state.phase.get();
        let is_still = phase != Phase::Running;
        let songs = is_still.then(|| {
            run.state.songs.track();
            run.offered_run().map(|(offered, _)| offered)
        });
        Some((look.mapper.get(), look.against.get(), phase, songs.flatten(), encoder(run)))
    });
    host(ViewProgram::MAPPER, is_shown, offered, move |(mapper, against, phase, songs, _)| {
        let standing = match phase {
            Phase::Empty => "empty",
            Phase::Running => "running",
            Phase::Cancelled => "stopped",
            Phase::Done => "done",
        };
        let offered = songs.as_ref().and_then(|_| run.offered_run());
        let offered = offered.and_then(|(songs, files)| Some((encode(&songs).ok()?, files)));
        ViewProgram::MAPPER.show(&[mapper, against, standing], [offered, encoder_offer(run)]);
    })
}

/// The encoder of the run, followed.
fn encoder(run: Run) -> Option<OfferedEncoder> {
    run.state.encoder.track();
    run.state.backend.track();
    run.offered_encoder().map(|(encoder, _)| encoder)
}

/// The same as it travels, with the file of its weights.
fn encoder_offer(run: Run) -> Option<Offer> {
    let (encoder, weights) = run.offered_encoder()?;
    Some((encode(&encoder).ok()?, vec![weights]))
}

/// An element that stays empty until the program of the view draws into it.
///
/// - `shown`: what it is to show; `None` while another view is shown
/// - `show`: hands it over
fn host<T: PartialEq + Send + Sync + 'static>(
    program: ViewProgram,
    is_shown: Memo<bool>,
    shown: Memo<Option<T>>,
    show: impl Fn(&T) + 'static,
) -> AnyView {
    Effect::new(move |before: Option<bool>| {
        shown.with(|shown| {
            match shown {
                Some(shown) => {
                    show(shown);
                    program.load();
                }
                None if before == Some(true) => program.hide(),
                None => {}
            }
            shown.is_some()
        })
    });
    view! {
        <div id=program.id hidden=derived_bool(move || !is_shown.get())></div>
    }
    .into_any()
}
