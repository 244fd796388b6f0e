//! The audio context and its nodes.
//!
//! Recording, hitsounds of A (left) and B (right) and metronome, each behind its volume, are added,
//! bent where they are too loud together, heard by an analyser, and given to the device.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AnalyserNode, AudioBuffer, AudioBufferSourceNode, AudioContext, AudioContextOptions,
    AudioContextState, AudioNode, GainNode,
};

use crate::cues::{Side, Voice};
use crate::level::{BEND_RANGE, RECORDING_GAIN, bend_curve};
use crate::output_clock::ClockReading;
use crate::recording::SAMPLE_RATE_HZ;
use crate::voice_samples::voice_samples;

/// How far left A is heard and how far right B: not wholly, which is hard to bear in headphones.
const PAN: f32 = 0.8;

/// Samples that the analyser looks at: 46 ms.
const N_ANALYSED: u32 = 2048;

/// The volume of each part, within 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Volumes {
    pub(crate) recording: f32,
    pub(crate) a: f32,
    pub(crate) b: f32,
    pub(crate) metronome: f32,
}

/// An open audio context with all that stays connected. It is closed with this value.
#[derive(Debug)]
pub(crate) struct Graph {
    context: AudioContext,
    recording: GainNode,
    side_a: GainNode,
    side_b: GainNode,
    metronome: GainNode,
    analyser: AnalyserNode,
    /// The samples of [`Voice::ALL`].
    voices: Vec<(Voice, AudioBuffer)>,
}

impl Graph {
    /// Opens the sound device. `on_state` is called whenever the context begins to run or stops.
    pub(crate) fn open(volumes: Volumes, on_state: &Function) -> Result<Self, JsValue> {
        let context = open_context()?;
        let analyser = context.create_analyser()?;
        analyser.set_fft_size(N_ANALYSED);
        analyser.connect_with_audio_node(&context.destination())?;
        let mixture = mixture_into(&context, &analyser)?;
        let graph = Self {
            recording: gain_into(&context, &mixture)?,
            side_a: side_into(&context, &mixture, -PAN)?,
            side_b: side_into(&context, &mixture, PAN)?,
            metronome: gain_into(&context, &mixture)?,
            analyser,
            voices: voice_buffers(&context)?,
            context,
        };
        graph.set_volumes(volumes);
        graph.context.set_onstatechange(Some(on_state));
        Ok(graph)
    }

    /// The context.
    pub(crate) fn context(&self) -> &AudioContext {
        &self.context
    }

    /// What hears all that is played.
    pub(crate) fn analyser(&self) -> &AnalyserNode {
        &self.analyser
    }

    /// Where the recording goes in.
    pub(crate) fn recording_input(&self) -> &GainNode {
        &self.recording
    }

    /// Whether the context runs. Safari calls what is not running "interrupted", too.
    pub(crate) fn is_running(&self) -> bool {
        self.context.state() == AudioContextState::Running
    }

    /// Asks the browser to let the context run; it says later whether it does.
    pub(crate) fn resume(&self) {
        if let Ok(promise) = self.context.resume() {
            settle(promise);
        }
    }

    /// Lets the device rest; its time stands still until it is resumed.
    pub(crate) fn suspend(&self) {
        if let Ok(promise) = self.context.suspend() {
            settle(promise);
        }
    }

    /// Sets all volumes.
    pub(crate) fn set_volumes(&self, volumes: Volumes) {
        self.recording.gain().set_value(volumes.recording * RECORDING_GAIN);
        self.side_a.gain().set_value(volumes.a);
        self.side_b.gain().set_value(volumes.b);
        self.metronome.gain().set_value(volumes.metronome);
    }

    /// What the browser says of the time, at `performance.now()` = `machine_ms`.
    pub(crate) fn reading(&self, machine_ms: f64) -> ClockReading {
        let number = |of: &JsValue, name: &str| {
            Reflect::get(of, &name.into()).ok().and_then(|value| value.as_f64())
        };
        let context: &JsValue = self.context.as_ref();
        let stamp = Reflect::get(context, &"getOutputTimestamp".into())
            .ok()
            .and_then(|method| method.dyn_into::<Function>().ok())
            .and_then(|method| method.call0(context).ok())
            .and_then(|stamp| {
                Some((number(&stamp, "contextTime")?, number(&stamp, "performanceTime")?))
            });
        let latency_s = number(context, "outputLatency")
            .filter(|latency_s| *latency_s > 0.0)
            .or_else(|| number(context, "baseLatency"))
            .unwrap_or(0.0);
        ClockReading { machine_ms, current_s: self.context.current_time(), stamp, latency_s }
    }

    /// Plays a sound at a time of the context, s; the node, by which it can be called off.
    pub(crate) fn schedule(
        &self,
        voice: Voice,
        when_s: f64,
    ) -> Result<AudioBufferSourceNode, JsValue> {
        let buffer = self.voices.iter().find(|(of, _)| *of == voice).map(|(_, buffer)| buffer);
        let bus = match voice {
            Voice::Tick(Side::A, _) => &self.side_a,
            Voice::Tick(Side::B, _) => &self.side_b,
            Voice::Beat | Voice::BarStart => &self.metronome,
        };
        let source = self.context.create_buffer_source()?;
        source.set_buffer(buffer);
        source.connect_with_audio_node(bus)?;
        source.start_with_when(when_s.max(0.0))?;
        Ok(source)
    }

    /// The root of the mean square of what was played in the last 46 ms.
    pub(crate) fn level(&self) -> f32 {
        let mut samples = vec![0.0; N_ANALYSED as usize];
        self.analyser.get_float_time_domain_data(&mut samples);
        let sum: f32 = samples.iter().map(|sample| sample * sample).sum();
        (sum / N_ANALYSED as f32).sqrt()
    }
}

impl Drop for Graph {
    fn drop(&mut self) {
        self.context.set_onstatechange(None);
        // A browser lets a page have few contexts, and one that is open holds the device.
        if let Ok(promise) = self.context.close() {
            settle(promise);
        }
    }
}

/// Waits for a promise whose outcome is read elsewhere: a refusal that nobody waits for would be
/// reported as an error of the page.
fn settle(promise: Promise) {
    spawn_local(async move {
        let _ = JsFuture::from(promise).await;
    });
}

/// A context of our sample rate, so that recordings are decoded for it before it is there; where
/// a browser does not offer that, of the device's, and the browser adapts what is played.
fn open_context() -> Result<AudioContext, JsValue> {
    let options = AudioContextOptions::new();
    options.set_sample_rate(SAMPLE_RATE_HZ);
    AudioContext::new_with_context_options(&options).or_else(|_| AudioContext::new())
}

fn gain_into(context: &AudioContext, into: &AudioNode) -> Result<GainNode, JsValue> {
    let gain = context.create_gain()?;
    gain.connect_with_audio_node(into)?;
    Ok(gain)
}

fn side_into(context: &AudioContext, into: &AudioNode, pan: f32) -> Result<GainNode, JsValue> {
    let panner = context.create_stereo_panner()?;
    panner.pan().set_value(pan);
    panner.connect_with_audio_node(into)?;
    gain_into(context, &panner)
}

/// Adds what is connected to it and bends it.
fn mixture_into(context: &AudioContext, into: &AudioNode) -> Result<GainNode, JsValue> {
    let shaper = context.create_wave_shaper()?;
    shaper.set_curve_opt_f32_slice(Some(&mut bend_curve()));
    shaper.connect_with_audio_node(into)?;
    let mixture = gain_into(context, &shaper)?;
    mixture.gain().set_value(1.0 / BEND_RANGE);
    Ok(mixture)
}

fn voice_buffers(context: &AudioContext) -> Result<Vec<(Voice, AudioBuffer)>, JsValue> {
    let sample_rate_hz = context.sample_rate();
    Voice::ALL
        .into_iter()
        .map(|voice| {
            let samples = voice_samples(voice, f64::from(sample_rate_hz));
            let buffer = context.create_buffer(1, samples.len() as u32, sample_rate_hz)?;
            buffer.copy_to_channel(&samples, 0)?;
            Ok((voice, buffer))
        })
        .collect()
}
