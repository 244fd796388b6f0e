//! What the view asks of its worker, and how the replies change its state.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use carto_port::pool::{Job, Script, WorkerPool, broken_text, flat_reply, no_progress};
use carto_protocol::{
    AgreementOfStretch, JobError, OpenPair, OpenedPair, PairMap, ReachOfShifts, ReadRecording,
    SongRequest, WriteSong,
};
use carto_types::{OfferedSong, OutputFile, files_of_slot};
use carto_ui::{PendingRequest, once_at_rest};
use leptos::prelude::*;
use web_sys::File;

use crate::choice::{Chosen, Side, choose};
use crate::host::Shown;
use crate::place::Place;
use crate::state::{RequestState, SongState};
use crate::visible::Stretch;

/// How long what is visible must rest until the agreement there is asked for.
const REST: Duration = Duration::from_millis(140);

/// Bars that the strips show at first.
const FIRST_BARS: f64 = 8.0;

/// What the view shows, and what can be done to it. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct SongClient {
    pub(crate) state: SongState,
    pool: StoredValue<Rc<WorkerPool<SongRequest>>, LocalStorage>,
    files: StoredValue<Vec<File>, LocalStorage>,
    /// The pair that is shown or on its way, with its files.
    asked: StoredValue<Option<OpenPair>>,
    /// What the address said when the song was opened, until the pair is there.
    place: StoredValue<Place>,
}

impl SongClient {
    /// A client whose worker is on its way: the page may load this program before a song is asked
    /// for.
    pub(crate) fn new() -> Self {
        let state = SongState::new();
        let script = || Script::named("carto-song-worker");
        let pool = WorkerPool::new(script, move |error: &JobError| {
            state.pair.set(RequestState::Failed(broken_text(error)));
        });
        pool.set_limit(Some(1));
        pool.start_ahead();
        let client = Self {
            state,
            pool: StoredValue::new_local(Rc::new(pool)),
            files: StoredValue::new_local(Vec::new()),
            asked: StoredValue::new(None),
            place: StoredValue::new(Place::default()),
        };
        client.follow_rest();
        client
    }

    /// Shows what the page asks for.
    pub(crate) fn show(self, shown: Option<Shown>) {
        let state = self.state;
        let Some(Shown { name, offered, files, .. }) = shown else {
            state.is_shown.set(false);
            Place::default().write();
            return;
        };
        let is_other = state.name.with_untracked(|before| *before != name);
        if is_other || !state.is_shown.get_untracked() {
            let place = Place::read();
            if place.latents.is_some() {
                state.latents.choice.set(place.latents);
            }
            self.place.set_value(place);
        }
        if is_other {
            state.name.set(name);
            state.visible.set(Stretch::default());
            state.pair.set(RequestState::Idle);
            state.chosen.set(None);
            self.asked.set_value(None);
        }
        state.is_shown.set(true);
        self.files.set_value(files);
        let Some(song) = offered else { return state.offered.set(None) };
        let named = self.place.with_value(|place| place.maps.clone());
        let before = state.chosen.get_untracked().filter(|chosen| {
            // Another archive of the song gives its maps other places.
            state.offered.with_untracked(|it| it.as_ref().is_some_and(|it| it.maps == song.maps))
                && (chosen.a.max(chosen.b) as usize) < song.maps.len()
        });
        let chosen = before.or_else(|| choose(&song, &named));
        state.offered.set(Some(Arc::new(song)));
        self.choose(chosen);
    }

    /// Shows another pair of the song.
    pub(crate) fn choose(self, chosen: Option<Chosen>) {
        if self.state.chosen.get_untracked() != chosen {
            self.state.chosen.set(chosen);
        }
        let call = self.state.offered.with_untracked(|song| pair_of(song.as_deref()?, chosen?));
        let Some(call) = call else { return };
        if self.asked.with_value(|asked| asked.as_ref() == Some(&call)) {
            // It is there, or on its way: the address may name another place of it.
            if let Some(pair) = self.state.opened_now() {
                self.show_place(&pair);
                self.state.wanted_ms.set(Some(self.state.cursor_ms.get_untracked()));
            }
            return;
        }
        self.asked.set_value(Some(call.clone()));
        let request = PendingRequest::begin(self.state.pair);
        self.state.here.set(None);
        self.submit(call, true, move |reply| {
            if request.is_wanted() {
                let pair = reply.map(Arc::new);
                if let Ok(pair) = &pair {
                    self.show_place(pair);
                    self.state.n_opened.update(|n| *n += 1);
                }
                request.end(pair);
                self.rest();
                self.ask_reach();
            }
        });
    }

    /// Asks what shifts reach: in a long song that takes longer than all else, so it comes last.
    fn ask_reach(self) {
        let Some(pair) = self.asked.get_value() else { return };
        let (state, number) = (self.state, self.state.n_opened.get_untracked());
        self.submit(ReachOfShifts { pair }, false, move |reply| {
            if number != state.n_opened.get_untracked() || state.opened_now().is_none() {
                return;
            }
            match reply {
                Ok(reaches) => state.pair.update(|pair| {
                    let RequestState::Ready(pair) = pair else { return };
                    let windows = &mut Arc::make_mut(pair).song.windows;
                    for (window, reach) in windows.iter_mut().zip(reaches) {
                        window.reach = reach;
                    }
                }),
                Err(why) => state.failure.set(why),
            }
        });
    }

    /// A and B change places.
    pub(crate) fn swap(self) {
        if let Some(chosen) = self.state.chosen.get_untracked() {
            self.choose(Some(chosen.swapped()));
            self.state.announcement.set("A and B have changed places.".to_owned());
        }
    }

    /// Shows a pair where the address says, else where it was, else its strongest agreement.
    fn show_place(self, pair: &OpenedPair) {
        let state = self.state;
        let place = self.place.with_value(Clone::clone);
        self.place.set_value(Place::default());
        let whole = Stretch::new(pair.song.whole_ms[0], pair.song.whole_ms[1]);
        let first_ms = pair.song.moments.first().map_or(pair.song.span_ms[0], |it| it.from_ms);
        let before = Some(state.visible.get_untracked()).filter(|it| it.length_ms() > 0.0);
        let bar_ms = pair.song.bars.iter().find(|bar| bar.end_ms > first_ms);
        let bar_ms = bar_ms.map_or(2_000.0, |bar| bar.end_ms - bar.start_ms);
        let usual = Stretch::new(first_ms, first_ms + FIRST_BARS * bar_ms);
        let visible = place.span.or(before).unwrap_or(usual).inside(whole);
        let cursor_ms = place.at_ms.or(before.is_none().then_some(visible.from_ms));
        if let Some(cursor_ms) = cursor_ms {
            state.cursor_ms.set(cursor_ms.clamp(whole.from_ms.min(0.0), whole.to_ms));
        }
        state.visible.set(visible);
    }

    /// The recording of map A where its set has one, else that of B: the file, with its name, and
    /// whose it is.
    pub(crate) fn read_recording(
        self,
        on_end: impl Fn(Result<(String, File, Side), String>) + 'static,
    ) {
        let Some(pair) = self.asked.get_value() else { return };
        let (side, map) = match (pair.a.map.audio_idx, pair.b.map.audio_idx) {
            (None, Some(_)) => (Side::B, pair.b),
            _ => (Side::A, pair.a),
        };
        let call = ReadRecording { mode: pair.mode, map };
        let files = self.files_of(&[&call.map]);
        let job = Job::new(call, files);
        let missing = "the browser has no room for the recording";
        self.pool.get_value().submit_for_files(job, no_progress, move |reply, files| {
            let name = flat_reply(reply);
            let file = files.into_iter().next().ok_or_else(|| missing.to_owned());
            on_end(name.and_then(|name| Ok((name, file?, side))));
        });
    }

    /// The files of the pair, as the command writes them; with its latents where they are computed.
    pub(crate) fn write_files(
        self,
        on_end: impl FnOnce(Result<Vec<OutputFile>, String>) + 'static,
    ) {
        if let Some(pair) = self.asked.get_value() {
            let computed = untrack(|| self.state.latents.computed());
            let latents = computed.map(|it| (it.facts.clone(), it.encoded.latents.clone()));
            self.submit(WriteSong { pair, latents }, false, on_end);
        }
    }

    /// Texts, the address and the agreement follow what is visible once it rests; the address
    /// follows the cursor too, where it does not run.
    fn follow_rest(self) {
        let state = self.state;
        once_at_rest(
            REST,
            move || {
                state.visible.track();
                state.chosen.track();
                state.pair.track();
            },
            move || self.rest(),
        );
        let more = move || {
            state.cursor_ms.track();
            state.latents.choice.track();
        };
        once_at_rest(REST, more, move || self.write_place());
    }

    fn rest(self) {
        let state = self.state;
        if state.opened_now().is_none() || !state.is_shown.get_untracked() {
            return;
        }
        self.write_place();
        let visible = state.visible.get_untracked();
        if state.settled.get_untracked() != visible || state.here.with_untracked(Option::is_none) {
            state.settled.set(visible);
            self.ask_here(visible);
        }
    }

    fn write_place(self) {
        let state = self.state;
        if state.opened_now().is_none() || !state.is_shown.get_untracked() {
            return;
        }
        let place = Place {
            maps: self.names(),
            span: Some(state.visible.get_untracked()),
            at_ms: Some(state.cursor_ms.get_untracked()),
            latents: state.latents.choice.get_untracked(),
        };
        place.write();
    }

    fn names(self) -> [Option<crate::choice::MapName>; 2] {
        let chosen = self.state.chosen.get_untracked();
        self.state.offered.with_untracked(|song| {
            Side::BOTH.map(|side| crate::choice::MapName::of(song.as_deref()?, chosen?.of(side)))
        })
    }

    fn ask_here(self, visible: Stretch) {
        let Some(pair) = self.asked.get_value() else { return };
        let state = self.state;
        let Stretch { from_ms, to_ms } = visible;
        let call = AgreementOfStretch { pair, from_ms, to_ms };
        self.submit(call, false, move |reply| {
            if state.settled.get_untracked() == visible {
                match reply {
                    Ok(here) => state.here.set(here),
                    Err(why) => state.failure.set(why),
                }
            }
        });
    }

    fn submit<C, T>(
        self,
        call: C,
        is_urgent: bool,
        on_end: impl FnOnce(Result<T, String>) + 'static,
    ) where
        C: carto_protocol::Call<
                Requests = SongRequest,
                Reply = Result<T, String>,
                Progress = carto_protocol::NoProgress,
            > + PairCall,
        T: 'static,
    {
        let files = self.files_of(&call.maps());
        let job = Job { call, files, is_urgent };
        self.pool.get_value().submit(job, no_progress, move |reply| on_end(flat_reply(reply)));
    }

    /// The files of the sources of some maps, one source after the other.
    fn files_of(self, maps: &[&PairMap]) -> Vec<File> {
        let sources = self
            .state
            .offered
            .with_untracked(|song| song.as_ref().map(|song| song.sources.clone()))
            .unwrap_or_default();
        let ranges = maps.iter().map(|it| files_of_slot(&sources, it.map.slot as usize));
        self.files.with_value(|files| {
            ranges.flat_map(|range| files.get(range).unwrap_or_default().to_vec()).collect()
        })
    }
}

/// Calls about a pair bring the files of both its maps.
trait PairCall {
    /// A and B.
    fn maps(&self) -> [&PairMap; 2];
}

impl PairCall for OpenPair {
    fn maps(&self) -> [&PairMap; 2] {
        [&self.a, &self.b]
    }
}

impl PairCall for AgreementOfStretch {
    fn maps(&self) -> [&PairMap; 2] {
        self.pair.maps()
    }
}

impl PairCall for ReachOfShifts {
    fn maps(&self) -> [&PairMap; 2] {
        self.pair.maps()
    }
}

impl PairCall for WriteSong {
    fn maps(&self) -> [&PairMap; 2] {
        self.pair.maps()
    }
}

/// The call that opens a pair; `None` where one of its maps is not there.
fn pair_of(song: &OfferedSong, chosen: Chosen) -> Option<OpenPair> {
    let map = |side: Side| {
        let map = song.maps.get(chosen.of(side) as usize)?.clone();
        let source = song.sources.get(map.slot as usize)?.clone();
        Some(PairMap { map, source })
    };
    Some(OpenPair {
        title: song.title.clone(),
        artist: song.artist.clone(),
        mode: song.mode,
        a: map(Side::A)?,
        b: map(Side::B)?,
        heard: song.heard(chosen.a, chosen.b),
    })
}

/// The client of the view.
pub(crate) fn use_client() -> SongClient {
    expect_context::<SongClient>()
}
