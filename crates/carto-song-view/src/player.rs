//! Playing: the transport of the song, and what keys and buttons do with it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use carto_protocol::OpenedPair;
use carto_sound::{PlayState, Rate, Recording, Side as SoundSide, Transport};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::choice::Side;
use crate::client::SongClient;
use crate::keys::Command;
use crate::score::{bar_from, beats, ticks};
use crate::stage::Stage;

/// A step with comma or full stop, ms: a frame of 60 a second.
const FRAME_MS: f64 = 1000.0 / 60.0;

/// How often the text of the time changes while playing, ms.
const TEXT_MS: f64 = 100.0;

/// What is heard besides the recording, at first.
const FIRST_TICKS: f64 = 0.6;

/// Signals of what plays.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlayerState {
    /// Whether time runs.
    pub(crate) is_playing: RwSignal<bool>,
    pub(crate) rate: RwSignal<Rate>,
    /// Which recording plays, or why none does.
    pub(crate) note: RwSignal<String>,
    /// Why nothing is heard while time runs; empty where something is.
    pub(crate) no_sound: RwSignal<String>,
    /// Of the recording, of the ticks of A and of B, in `[0, 1]`.
    pub(crate) volumes: [RwSignal<f64>; 3],
}

/// Plays the song; a handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct Player {
    pub(crate) state: PlayerState,
    client: SongClient,
    parts: StoredValue<Rc<Parts>, LocalStorage>,
}

struct Parts {
    transport: Transport,
    stage: Rc<Stage>,
    /// Which recording is there or on its way: the path of its set, and its place there.
    recording_of: RefCell<Option<(String, u32)>>,
    /// Changes when a recording on its way is wanted no more.
    epoch: Cell<u32>,
    text_at_ms: Cell<f64>,
}

impl Player {
    /// A player that stands still; no sound device is opened.
    pub(crate) fn new(client: SongClient) -> Self {
        let state = PlayerState {
            is_playing: RwSignal::new(false),
            rate: RwSignal::new(Rate::default()),
            note: RwSignal::default(),
            no_sound: RwSignal::default(),
            volumes: [1.0, FIRST_TICKS, FIRST_TICKS].map(RwSignal::new),
        };
        let parts = Parts {
            transport: Transport::new(),
            stage: Stage::new(),
            recording_of: RefCell::default(),
            epoch: Cell::new(0),
            text_at_ms: Cell::new(0.0),
        };
        let player = Self { state, client, parts: StoredValue::new_local(Rc::new(parts)) };
        player.connect();
        player
    }

    /// What is drawn.
    pub(crate) fn stage(self) -> Rc<Stage> {
        Rc::clone(&self.parts.get_value().stage)
    }

    /// The transport, for clips.
    pub(crate) fn transport(self) -> Transport {
        self.parts.get_value().transport.clone()
    }

    fn connect(self) {
        let parts = self.parts.get_value();
        let transport = parts.transport.clone();
        let playing_at = {
            let transport = transport.clone();
            move || transport.is_playing().then(|| transport.now_ms())
        };
        parts.stage.follow(playing_at, move |now_ms| self.on_played(now_ms));
        transport.on_change(move |play_state| {
            let is_playing = matches!(play_state, PlayState::Playing | PlayState::Starting);
            self.state.is_playing.set(is_playing);
            self.say_no_sound();
            let parts = self.parts.get_value();
            parts.stage.wake();
            if !is_playing {
                self.client.state.cursor_ms.set(parts.transport.now_ms());
            }
        });
        let song = self.client.state;
        Effect::new(move |before: Option<Option<u32>>| {
            let before = before.flatten();
            let Some(pair) = song.opened() else { return before };
            let number = Some(song.n_opened.get_untracked());
            self.parts.get_value().stage.set_pair(Some(Arc::clone(&pair)));
            // More is known of a pair that may be playing already.
            if before != number {
                self.take_pair(&pair);
            }
            number
        });
        Effect::new(move || {
            let visible = song.visible.get();
            self.parts.get_value().stage.set_visible(visible);
        });
        Effect::new(move || {
            if let Some(wanted_ms) = song.wanted_ms.get() {
                self.go_to(wanted_ms);
            }
        });
        Effect::new(move || {
            if !song.is_shown.get() {
                self.parts.get_value().transport.pause();
            }
        });
        let volumes = self.state.volumes;
        Effect::new(move || {
            let [recording, a, b] = volumes.map(|volume| volume.get() as f32);
            let transport = self.transport();
            transport.set_recording_volume(recording);
            transport.set_tick_volume(SoundSide::A, a);
            transport.set_tick_volume(SoundSide::B, b);
        });
    }

    /// Texts follow a few times a second, the strips when the cursor leaves them.
    fn on_played(self, now_ms: f64) {
        let parts = self.parts.get_value();
        if (now_ms - parts.text_at_ms.get()).abs() >= TEXT_MS {
            parts.text_at_ms.set(now_ms);
            self.client.state.cursor_ms.set(now_ms);
        }
        self.turn_to(now_ms);
    }

    /// Shows the stretch that a time lies in.
    fn turn_to(self, time_ms: f64) {
        let song = self.client.state;
        let Some(whole) = song.whole() else { return };
        let visible = song.visible.get_untracked();
        let next = visible.following(time_ms, whole);
        if next != visible {
            song.visible.set(next);
        }
    }

    fn take_pair(self, pair: &Arc<OpenedPair>) {
        let parts = self.parts.get_value();
        let (transport, song) = (&parts.transport, &pair.song);
        let [from_ms, to_ms] = song.whole_ms;
        // A little more than the objects: they appear before their time.
        transport.set_span_ms(from_ms.min(0.0), to_ms + 1_000.0);
        let lags_ms = [0.0, song.lag.lag_ms];
        for ((side, sounds), lag_ms) in
            [SoundSide::A, SoundSide::B].into_iter().zip(&pair.sounds).zip(lags_ms)
        {
            transport.set_ticks(side, &ticks(sounds, lag_ms));
        }
        transport.set_beats(&beats(&song.bars));
        let cursor_ms = self.client.state.cursor_ms.get_untracked();
        transport.seek(cursor_ms);
        parts.stage.set_cursor(cursor_ms);
        self.load_recording(song.lag.lag_ms);
    }

    /// Asks for the recording of the pair, unless it is there.
    fn load_recording(self, lag_ms: f64) {
        let song = self.client.state;
        let maps = Side::BOTH.map(|side| song.map_now(side));
        let with_audio = maps.iter().flatten().find_map(|map| Some((map, map.audio_idx?)));
        let parts = self.parts.get_value();
        let Some((map, audio_idx)) = with_audio else {
            parts.epoch.set(parts.epoch.get() + 1);
            *parts.recording_of.borrow_mut() = None;
            parts.transport.set_recording(None, 0.0);
            let none =
                "There is no recording beside these maps: a metronome of the timing points plays.";
            return self.state.note.set(none.to_owned());
        };
        let wanted = song.offered.with_untracked(|offered| {
            let source = offered.as_ref()?.sources.get(map.slot as usize)?;
            Some((source.path.clone(), audio_idx))
        });
        if *parts.recording_of.borrow() == wanted && !is_of_b(&maps) {
            return;
        }
        *parts.recording_of.borrow_mut() = wanted;
        parts.epoch.set(parts.epoch.get() + 1);
        let epoch = parts.epoch.get();
        // That of another song must not play on.
        parts.transport.set_recording(None, 0.0);
        self.state.note.set("The recording is being decoded.".to_owned());
        self.client.read_recording(move |read| match read {
            Ok((name, file, side)) => {
                let starts_at_ms = if side == Side::B { lag_ms } else { 0.0 };
                spawn_local(self.take_recording(name, file, starts_at_ms, epoch));
            }
            Err(why) => self.state.note.set(format!("{why}. A metronome plays.")),
        });
    }

    async fn take_recording(self, name: String, file: File, starts_at_ms: f64, epoch: u32) {
        let is_wanted = move || self.parts.get_value().epoch.get() == epoch;
        let Ok(bytes) = JsFuture::from(file.array_buffer()).await else {
            return self.state.note.set(format!("{name} cannot be read: drop its archive again."));
        };
        if !is_wanted() {
            return;
        }
        let decoded = Recording::decode_buffer(&name, bytes.into()).await;
        if !is_wanted() {
            return;
        }
        let transport = self.transport();
        match decoded {
            Ok(recording) => {
                self.state.note.set(format!("Recording: {name}."));
                transport.set_recording(Some(recording), starts_at_ms);
            }
            Err(error) => {
                transport.set_recording(None, 0.0);
                self.state
                    .note
                    .set(format!("{}.", carto_charts::number::capital(&error.to_string())));
            }
        }
    }

    /// Says why nothing is heard, or no more.
    fn say_no_sound(self) {
        let why = self.transport().no_sound();
        let words = |why| format!("{}.", carto_charts::number::capital(&format!("{why}")));
        self.state.no_sound.set(why.map(words).unwrap_or_default());
    }

    /// Plays, or pauses; to be called in the handler of a press.
    pub(crate) fn toggle(self) {
        if self.client.state.opened_now().is_some() {
            self.transport().toggle();
        }
    }

    /// Goes to a time, and shows it.
    pub(crate) fn seek(self, time_ms: f64) {
        let at_ms = self.go_to(time_ms);
        self.turn_to(at_ms);
    }

    /// Goes to a time; the strips stay where they are. Returns where it is then, ms.
    fn go_to(self, time_ms: f64) -> f64 {
        let parts = self.parts.get_value();
        parts.transport.seek(time_ms);
        let at_ms = parts.transport.now_ms();
        parts.stage.set_cursor(at_ms);
        self.client.state.cursor_ms.set(at_ms);
        at_ms
    }

    /// Goes to a moment, with its window in the middle of the strips.
    pub(crate) fn jump(self, number: u32) {
        let song = self.client.state;
        let Some(pair) = song.opened_now() else { return };
        let Some(moment) = pair.song.moments.iter().find(|it| it.number == number) else { return };
        if let Some(whole) = song.whole() {
            let middle_ms = (moment.from_ms + moment.to_ms) / 2.0;
            song.visible.set(song.visible.get_untracked().around(middle_ms, whole));
        }
        self.seek(moment.from_ms);
        song.announcement.set(format!("Moment {number}: {}.", carto_charts::moment_text(moment)));
    }

    /// Goes a number of bars on, or back.
    pub(crate) fn step_bars(self, n_bars: i32) {
        let Some(pair) = self.client.state.opened_now() else { return };
        if let Some(to_ms) = bar_from(&pair.song.bars, self.stage().cursor_ms(), n_bars) {
            self.seek(to_ms);
        }
    }

    /// Plays faster or slower from now on.
    pub(crate) fn set_rate(self, rate: Rate) {
        self.transport().set_rate(rate);
        self.state.rate.set(rate);
    }

    /// Does what a key asks for.
    pub(crate) fn run(self, command: Command) {
        let song = self.client.state;
        match command {
            Command::PlayPause => self.toggle(),
            Command::Frame(n) => {
                self.transport().pause();
                self.seek(self.stage().cursor_ms() + f64::from(n) * FRAME_MS);
            }
            Command::Bar(n) => self.step_bars(n),
            Command::Moment(number) => self.jump(number),
            Command::Swap => self.client.swap(),
            Command::Zoom { is_in } => {
                let Some(whole) = song.whole() else { return };
                let visible = song.visible.get_untracked();
                // Around the cursor where that is seen.
                let at = visible.fraction(self.stage().cursor_ms());
                let at = if (0.0..=1.0).contains(&at) { at } else { 0.5 };
                song.visible.set(visible.zoomed(if is_in { 0.8 } else { 1.25 }, at, whole));
            }
        }
    }
}

/// Whether the recording is that of B, whose place follows the lag.
fn is_of_b(maps: &[Option<carto_types::OfferedMap>; 2]) -> bool {
    maps[0].as_ref().is_none_or(|map| map.audio_idx.is_none())
}

/// The player of the view.
pub(crate) fn use_player() -> Player {
    expect_context::<Player>()
}
