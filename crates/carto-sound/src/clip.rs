//! Clips: what a canvas shows and what is heard, recorded by the browser.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AudioNode, Blob, BlobEvent, BlobPropertyBag, DelayNode, HtmlCanvasElement, MediaRecorder,
    MediaRecorderOptions, MediaStream, MediaStreamAudioDestinationNode, MediaStreamTrack,
    RecordingState,
};

use crate::clip_format::{ClipFormat, clip_length_ms};
use crate::transport::Transport;

/// Pictures a second.
const FRAMES_PER_S: f64 = 60.0;

/// Bits a second of the pictures: two playfields move little.
const VIDEO_BITS_PER_S: u32 = 6_000_000;

/// Bits a second of the sound.
const AUDIO_BITS_PER_S: u32 = 160_000;

/// The longest that sound is held back for its picture, s.
const MAX_DELAY_S: f64 = 1.0;

/// Why there is no clip.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClipError {
    /// The browser has no recorder, or none for canvases.
    #[error(
        "this browser cannot record a clip; a still picture can be saved, and other browsers record clips"
    )]
    NotAvailable,
    /// Nothing has been played yet, or there is no sound device.
    #[error("a clip needs sound: play the song once, then record it")]
    NoSound,
    /// The recorder stopped by itself.
    #[error("the browser stopped recording the clip; a shorter one may fit")]
    Failed,
    /// Nothing came out of it: WebKit without its encoders names formats that it cannot write.
    #[error(
        "the browser's recorder gave an empty clip; a still picture can be saved, and other browsers record clips"
    )]
    Empty,
}

/// A recorded clip.
#[derive(Debug, Clone)]
pub struct Clip {
    /// Its bytes, with their type.
    pub blob: Blob,
    /// Its format, which says how its file's name ends.
    pub format: ClipFormat,
}

/// Says what a finished recording has come to.
type OnDone = Box<dyn FnOnce(Result<Clip, ClipError>)>;

/// A clip being recorded. Dropping it stops the recording without a result.
pub struct ClipRecorder(Rc<Recorder>);

impl std::fmt::Debug for ClipRecorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClipRecorder").field("format", &self.0.format).finish_non_exhaustive()
    }
}

impl ClipRecorder {
    /// The format that this browser records, `None` where it records none: then the page says so
    /// in the place of the button.
    #[must_use]
    pub fn format() -> Option<ClipFormat> {
        let window = web_sys::window()?;
        let has =
            |of: &JsValue, name: &str| js_sys::Reflect::has(of, &name.into()).unwrap_or(false);
        if !has(&window, "MediaRecorder") {
            return None;
        }
        let canvas = window.document()?.create_element("canvas").ok()?;
        if !has(&canvas, "captureStream") {
            return None;
        }
        ClipFormat::ALL
            .into_iter()
            .find(|format| MediaRecorder::is_type_supported(format.mime_type()))
    }

    /// Records what `canvas` shows and `transport` plays for `length_ms`, at most 30 s.
    ///
    /// Call it while the song plays, or just before; the view draws both playfields on the
    /// canvas at [`Transport::now_ms`] in each frame until then. Sound is held back by the
    /// device's latency, so that it is together with its picture. `on_done` is called once, after
    /// the length, after [`Self::stop`], or when the browser gives up.
    ///
    /// # Errors
    ///
    /// A [`ClipError`] whose text can be shown as it is; `on_done` is then not called.
    pub fn start(
        canvas: &HtmlCanvasElement,
        transport: &Transport,
        length_ms: f64,
        on_done: impl FnOnce(Result<Clip, ClipError>) + 'static,
    ) -> Result<Self, ClipError> {
        let format = Self::format().ok_or(ClipError::NotAvailable)?;
        let source: AudioNode = transport.analyser().ok_or(ClipError::NoSound)?.into();
        let sound = SoundTap::of(source, transport.latency_s()).map_err(|_| ClipError::Failed)?;
        let stream = canvas
            .capture_stream_with_frame_request_rate(FRAMES_PER_S)
            .map_err(|_| ClipError::NotAvailable)?;
        for track in tracks(&sound.destination.stream()) {
            stream.add_track(&track);
        }
        let recorder = media_recorder(&stream, format).map_err(|_| ClipError::NotAvailable)?;
        let shared = Rc::new_cyclic(|weak| Recorder {
            recorder,
            stream,
            _sound: sound,
            format,
            parts: Array::new(),
            on_done: RefCell::new(Some(Box::new(on_done))),
            events: Events::of(weak),
            timer: Cell::new(None),
        });
        shared.listen();
        shared.recorder.start().map_err(|_| ClipError::Failed)?;
        shared.stop_after(clip_length_ms(length_ms));
        Ok(Self(shared))
    }

    /// Ends the recording; what there is goes to `on_done`.
    pub fn stop(&self) {
        self.0.stop();
    }
}

struct Recorder {
    recorder: MediaRecorder,
    stream: MediaStream,
    /// Held for as long as it is heard.
    _sound: SoundTap,
    format: ClipFormat,
    parts: Array,
    on_done: RefCell<Option<OnDone>>,
    events: Events,
    timer: Cell<Option<i32>>,
}

/// What the browser calls.
struct Events {
    on_data: Closure<dyn Fn(BlobEvent)>,
    on_stop: Closure<dyn Fn()>,
    on_error: Closure<dyn Fn()>,
    on_timer: Closure<dyn Fn()>,
}

impl Events {
    fn of(recorder: &Weak<Recorder>) -> Self {
        let (data, stop) = (recorder.clone(), recorder.clone());
        let (error, timer) = (recorder.clone(), recorder.clone());
        Self {
            on_data: Closure::new(move |event: BlobEvent| {
                if let (Some(recorder), Some(part)) = (data.upgrade(), event.data()) {
                    recorder.parts.push(&part);
                }
            }),
            on_stop: Closure::new(move || {
                if let Some(recorder) = stop.upgrade() {
                    recorder.finish(recorder.clip());
                }
            }),
            on_error: Closure::new(move || {
                if let Some(recorder) = error.upgrade() {
                    recorder.finish(Err(ClipError::Failed));
                }
            }),
            on_timer: Closure::new(move || {
                if let Some(recorder) = timer.upgrade() {
                    recorder.stop();
                }
            }),
        }
    }
}

impl Recorder {
    fn listen(&self) {
        let recorder = &self.recorder;
        recorder.set_ondataavailable(Some(self.events.on_data.as_ref().unchecked_ref()));
        recorder.set_onstop(Some(self.events.on_stop.as_ref().unchecked_ref()));
        recorder.set_onerror(Some(self.events.on_error.as_ref().unchecked_ref()));
    }

    fn stop_after(&self, length_ms: i32) {
        let Some(window) = web_sys::window() else { return };
        let on_timer = self.events.on_timer.as_ref().unchecked_ref();
        let id = window.set_timeout_with_callback_and_timeout_and_arguments_0(on_timer, length_ms);
        self.timer.set(id.ok());
    }

    fn stop(&self) {
        if self.recorder.state() != RecordingState::Inactive {
            // Fails for a recorder that is inactive; then there is nothing to stop.
            let _ = self.recorder.stop();
        }
    }

    /// What was recorded.
    fn clip(&self) -> Result<Clip, ClipError> {
        let options = BlobPropertyBag::new();
        options.set_type(self.format.mime_type());
        let blob = Blob::new_with_blob_sequence_and_options(&self.parts, &options)
            .map_err(|_| ClipError::Failed)?;
        if blob.size() > 0.0 {
            Ok(Clip { blob, format: self.format })
        } else {
            Err(ClipError::Empty)
        }
    }

    /// Tells once what it has come to, and lets go of the canvas.
    fn finish(&self, outcome: Result<Clip, ClipError>) {
        self.release();
        let on_done = self.on_done.borrow_mut().take();
        if let Some(on_done) = on_done {
            on_done(outcome);
        }
    }

    fn release(&self) {
        if let (Some(id), Some(window)) = (self.timer.take(), web_sys::window()) {
            window.clear_timeout_with_handle(id);
        }
        for track in tracks(&self.stream) {
            track.stop();
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.recorder.set_ondataavailable(None);
        self.recorder.set_onstop(None);
        self.recorder.set_onerror(None);
        self.stop();
        self.release();
    }
}

/// The transport's sound, held back and led into a stream.
struct SoundTap {
    source: AudioNode,
    delay: DelayNode,
    destination: MediaStreamAudioDestinationNode,
}

impl SoundTap {
    fn of(source: AudioNode, delay_s: f64) -> Result<Self, JsValue> {
        let context = source.context();
        let delay = context.create_delay_with_max_delay_time(MAX_DELAY_S)?;
        delay.delay_time().set_value(delay_s.clamp(0.0, MAX_DELAY_S) as f32);
        let destination = MediaStreamAudioDestinationNode::new(context.unchecked_ref())?;
        source.connect_with_audio_node(&delay)?;
        delay.connect_with_audio_node(&destination)?;
        Ok(Self { source, delay, destination })
    }
}

impl Drop for SoundTap {
    fn drop(&mut self) {
        // Fail only for what is not connected.
        let _ = self.source.disconnect_with_audio_node(&self.delay);
        let _ = self.delay.disconnect();
    }
}

fn media_recorder(stream: &MediaStream, format: ClipFormat) -> Result<MediaRecorder, JsValue> {
    let options = MediaRecorderOptions::new();
    options.set_mime_type(format.mime_type());
    options.set_video_bits_per_second(VIDEO_BITS_PER_S);
    options.set_audio_bits_per_second(AUDIO_BITS_PER_S);
    MediaRecorder::new_with_media_stream_and_media_recorder_options(stream, &options)
}

fn tracks(stream: &MediaStream) -> impl Iterator<Item = MediaStreamTrack> {
    stream
        .get_tracks()
        .iter()
        .filter_map(|track| track.dyn_into().ok())
        .collect::<Vec<_>>()
        .into_iter()
}
