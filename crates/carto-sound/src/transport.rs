//! The transport: play, pause, seek, and the one clock.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use carto_types::TimedSound;
use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AnalyserNode, Document, Window};

use crate::cues::{Beat, Metronome, Side};
use crate::engine::{Engine, NoSound, PlayState};
use crate::rate::Rate;
use crate::recording::Recording;
use crate::take::PlacedRecording;

/// Time between two calls of the timer, ms.
const TIMER_MS: i32 = 25;

type Listener = Rc<dyn Fn(PlayState)>;

/// Plays a song with two maps of it. A clone is another handle of the same transport; with the
/// last one the sound ends and the device is given back.
///
/// All times are of the song, on the clock of map A, in ms; they may be negative.
#[derive(Clone)]
pub struct Transport(Rc<Shared>);

struct Shared {
    engine: RefCell<Engine>,
    listener: RefCell<Option<Listener>>,
    events: Events,
    timer: Cell<Option<i32>>,
}

/// What the browser calls.
struct Events {
    on_timer: Closure<dyn Fn()>,
    on_context: Closure<dyn Fn()>,
    on_visibility: Closure<dyn Fn()>,
}

impl Default for Transport {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Transport").field(&self.0.engine).finish()
    }
}

impl Transport {
    /// A transport that stands at 0 with nothing to play. Opens no sound device.
    #[must_use]
    pub fn new() -> Self {
        let shared = Rc::new_cyclic(|weak: &Weak<Shared>| Shared {
            engine: RefCell::new(Engine::new()),
            listener: RefCell::new(None),
            events: Events::of(weak),
            timer: Cell::new(None),
        });
        if let Some(document) = document() {
            // Without it a hidden page loses ticks, nothing more.
            let _ = document.add_event_listener_with_callback(
                "visibilitychange",
                shared.events.on_visibility.as_ref().unchecked_ref(),
            );
        }
        Self(shared)
    }

    /// Begins to play; from the begin where the song is at its end.
    ///
    /// Call it in the handler of a click or key, with no `await` before it: the first call opens
    /// the sound device, which browsers allow only there.
    pub fn play(&self) {
        let on_context: &Function = self.0.events.on_context.as_ref().unchecked_ref();
        self.0.change(|engine| engine.play(machine_ms(), on_context));
    }

    /// Stops where it is.
    pub fn pause(&self) {
        self.0.change(|engine| engine.pause(machine_ms()));
    }

    /// Pauses what plays, plays what does not; as [`Self::play`], only in a handler.
    pub fn toggle(&self) {
        match self.state() {
            PlayState::Playing | PlayState::Starting => self.pause(),
            PlayState::Paused | PlayState::Ended => self.play(),
        }
    }

    /// Goes to a time of the song, ms, within its span; playing goes on from there.
    pub fn seek(&self, to_ms: f64) {
        self.0.change(|engine| engine.seek(to_ms, machine_ms()));
    }

    /// Sets the rate; playing goes on where it is.
    pub fn set_rate(&self, rate: Rate) {
        self.0.change(|engine| engine.set_rate(rate, machine_ms()));
    }

    /// The rate.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.0.read(Engine::rate)
    }

    /// Time of the song that a person hears at this moment, ms: what is to be drawn. It never
    /// goes back while playing; after a start it waits until the first sound is heard.
    #[must_use]
    pub fn now_ms(&self) -> f64 {
        self.0.engine.borrow_mut().now_ms(machine_ms())
    }

    /// What it is doing.
    #[must_use]
    pub fn state(&self) -> PlayState {
        self.0.read(Engine::state)
    }

    /// Whether time runs or is about to: whether the page has to draw frame by frame.
    #[must_use]
    pub fn is_playing(&self) -> bool {
        matches!(self.state(), PlayState::Playing | PlayState::Starting)
    }

    /// Why nothing can be heard; `None` while it can, and before the first play.
    #[must_use]
    pub fn no_sound(&self) -> Option<NoSound> {
        self.0.read(Engine::no_sound)
    }

    /// Calls `listener` after each change of [`Self::state`] or [`Self::no_sound`]; it may call the
    /// transport. There is one listener, the last.
    pub fn on_change(&self, listener: impl Fn(PlayState) + 'static) {
        *self.0.listener.borrow_mut() = Some(Rc::new(listener));
    }

    /// Sets begin and end, ms. Without it a song goes from 0 to the end of the recording or the
    /// last tick or beat, whichever is last.
    pub fn set_span_ms(&self, from_ms: f64, to_ms: f64) {
        self.0.change(|engine| {
            engine.change_song(|score| score.set_span_ms(from_ms, to_ms), machine_ms());
        });
    }

    /// Begin and end, ms.
    #[must_use]
    pub fn span_ms(&self) -> (f64, f64) {
        self.0.read(|engine| engine.score().span_ms())
    }

    /// Sets the recording, whose first sample is at `starts_at_ms`: 0 for that of map A's
    /// archive, the lag (what is added to B's times) for that of B's. `None` takes it away, and
    /// its samples are freed with their last handle.
    pub fn set_recording(&self, recording: Option<Recording>, starts_at_ms: f64) {
        let placed = recording.map(|recording| PlacedRecording { recording, starts_at_ms });
        self.0.change(|engine| {
            engine.change_song(|score| score.set_recording(placed), machine_ms());
        });
    }

    /// Sets the hitsounds of one map, in any order: of B's with the lag added to their times.
    pub fn set_ticks(&self, side: Side, ticks: &[TimedSound]) {
        self.0.change(|engine| engine.change_sounds(|score| score.set_ticks(side, ticks)));
    }

    /// Sets the beats of the timing points, in any order.
    pub fn set_beats(&self, beats: &[Beat]) {
        self.0.change(|engine| engine.change_sounds(|score| score.set_beats(beats)));
    }

    /// Sets when the beats are heard; at first only where there is no recording.
    pub fn set_metronome(&self, metronome: Metronome) {
        self.0.change(|engine| engine.change_sounds(|score| score.set_metronome(metronome)));
    }

    /// Whether the beats are heard.
    #[must_use]
    pub fn has_metronome(&self) -> bool {
        self.0.read(|engine| engine.score().has_metronome())
    }

    /// Sets the volume of one map's hitsounds, from 0 to 1; at first 0.6.
    pub fn set_tick_volume(&self, side: Side, volume: f32) {
        self.0.change(|engine| {
            engine.change_volumes(|score| score.set_tick_volume(side, volume));
        });
    }

    /// Sets the volume of the recording, from 0 to 1; at first 1.
    pub fn set_recording_volume(&self, volume: f32) {
        self.0.change(|engine| {
            engine.change_volumes(|score| score.set_recording_volume(volume));
        });
    }

    /// Sets the volume of the metronome, from 0 to 1; at first 0.8.
    pub fn set_metronome_volume(&self, volume: f32) {
        self.0.change(|engine| {
            engine.change_volumes(|score| score.set_metronome_volume(volume));
        });
    }

    /// The node that all sound passes last; `None` before the first play and where there is no
    /// Web Audio.
    #[must_use]
    pub fn analyser(&self) -> Option<AnalyserNode> {
        self.0.read(|engine| engine.graph().map(|graph| graph.analyser().clone()))
    }

    /// How loud the last 46 ms were: the root of their mean square, 0 for silence, at most 1.
    #[must_use]
    pub fn level(&self) -> f32 {
        self.0.read(|engine| engine.graph().map_or(0.0, crate::graph::Graph::level))
    }

    /// Time from what is computed to what is heard, s; 0 without sound.
    pub(crate) fn latency_s(&self) -> f64 {
        self.0.read(|engine| {
            engine.graph().map_or(0.0, |graph| {
                let reading = graph.reading(machine_ms());
                (reading.current_s - reading.heard_s()).max(0.0)
            })
        })
    }
}

impl Shared {
    fn read<T>(&self, read: impl FnOnce(&Engine) -> T) -> T {
        read(&self.engine.borrow())
    }

    /// Changes the engine, then starts or stops the timer and tells the listener, which may
    /// change it again.
    fn change(&self, change: impl FnOnce(&mut Engine)) {
        let (before, after, needs_timer) = {
            // A browser that calls back from within a call is answered by the next tick of the
            // timer.
            let Ok(mut engine) = self.engine.try_borrow_mut() else { return };
            let told = |engine: &Engine| (engine.state(), engine.no_sound());
            let before = told(&engine);
            change(&mut engine);
            (before, told(&engine), engine.needs_timer())
        };
        self.set_timer(needs_timer);
        let listener = self.listener.borrow().clone().filter(|_| before != after);
        if let Some(listener) = listener {
            listener(after.0);
        }
    }

    fn set_timer(&self, runs: bool) {
        let Some(window) = web_sys::window() else { return };
        match (self.timer.get(), runs) {
            (None, true) => {
                let on_timer = self.events.on_timer.as_ref().unchecked_ref();
                let id = window
                    .set_interval_with_callback_and_timeout_and_arguments_0(on_timer, TIMER_MS);
                self.timer.set(id.ok());
            }
            (Some(id), false) => {
                window.clear_interval_with_handle(id);
                self.timer.set(None);
            }
            _ => {}
        }
    }
}

impl Events {
    fn of(shared: &Weak<Shared>) -> Self {
        let advance = |shared: Weak<Shared>| {
            move || {
                if let Some(shared) = shared.upgrade() {
                    shared.change(|engine| engine.advance(machine_ms(), is_hidden()));
                }
            }
        };
        let context = shared.clone();
        Self {
            on_timer: Closure::new(advance(shared.clone())),
            on_visibility: Closure::new(advance(shared.clone())),
            on_context: Closure::new(move || {
                if let Some(shared) = context.upgrade() {
                    shared.change(|engine| engine.context_changed(machine_ms()));
                }
            }),
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.set_timer(false);
        if let Some(document) = document() {
            let on_visibility = self.events.on_visibility.as_ref().unchecked_ref();
            // Fails only for what is no listener.
            let _ = document.remove_event_listener_with_callback("visibilitychange", on_visibility);
        }
    }
}

fn document() -> Option<Document> {
    web_sys::window().and_then(|window| window.document())
}

fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// The clock that frames and time stamps of sound are told by, ms.
fn machine_ms() -> f64 {
    web_sys::window().as_ref().and_then(Window::performance).map_or(0.0, |clock| clock.now())
}
