//! A clip of both playfields with their sound, recorded by the browser.

use carto_sound::{Clip, ClipError, ClipRecorder, Transport};
use carto_ui::save_file;
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::client::SongClient;
use crate::player::Player;

/// Length of a clip, ms; a person may stop it before.
const LENGTH_MS: f64 = 15_000.0;

/// Records clips; a handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct ClipMaker {
    /// Whether one is being recorded.
    pub(crate) is_recording: RwSignal<bool>,
    client: SongClient,
    player: Player,
    recorder: StoredValue<Option<ClipRecorder>, LocalStorage>,
}

impl ClipMaker {
    /// Nothing is recorded yet.
    pub(crate) fn new(client: SongClient, player: Player) -> Self {
        let recorder = StoredValue::new_local(None);
        Self { is_recording: RwSignal::new(false), client, player, recorder }
    }

    /// Whether this browser records clips.
    pub(crate) fn is_available() -> bool {
        ClipRecorder::format().is_some()
    }

    /// Plays from where the cursor stands and records it, or ends the recording; to be called in
    /// the handler of a press.
    pub(crate) fn toggle(self) {
        if self.is_recording.get_untracked() {
            self.recorder.with_value(|recorder| recorder.iter().for_each(ClipRecorder::stop));
            return;
        }
        let transport: Transport = self.player.transport();
        if !transport.is_playing() {
            transport.play();
        }
        let stage = self.player.stage();
        let Some(canvas) = stage.begin_clip() else { return self.fail(&ClipError::NotAvailable) };
        let on_done = move |done| self.take(done);
        match ClipRecorder::start(&canvas, &transport, LENGTH_MS, on_done) {
            Ok(recorder) => {
                self.recorder.set_value(Some(recorder));
                self.is_recording.set(true);
            }
            Err(error) => {
                stage.end_clip();
                self.fail(&error);
            }
        }
    }

    fn take(self, done: Result<Clip, ClipError>) {
        self.player.stage().end_clip();
        self.player.transport().pause();
        self.is_recording.set(false);
        match done {
            Ok(clip) => spawn_local(self.save(clip)),
            Err(error) => self.fail(&error),
        }
    }

    async fn save(self, clip: Clip) {
        // The recorder has called this; it may go now.
        self.recorder.set_value(None);
        match JsFuture::from(clip.blob.array_buffer()).await {
            Ok(bytes) => {
                let name = format!("clip.{}", clip.format.extension());
                save_file(&name, &Uint8Array::new(&bytes).to_vec());
            }
            Err(_) => self.fail(&ClipError::Failed),
        }
    }

    fn fail(self, error: &ClipError) {
        let words = carto_charts::number::capital(&error.to_string());
        self.client.state.failure.set(format!("{words}."));
    }
}
