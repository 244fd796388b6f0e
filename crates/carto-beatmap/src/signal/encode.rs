use carto_types::SignalChannel;

use super::beatmap_signal::BeatmapSignal;
use super::clock::FrameClock;
use super::cursor::{self, Ends};
use super::error::SignalError;
use super::hits::{write_events, write_slide, write_sustain};
use super::times::{Frames, Times};
use crate::beatmap::{Beatmap, HitObject, HitObjectKind, SliderPath};

/// Encodes a beatmap as nine channels on the published frame grid.
///
/// # Shapes and units
///
/// - returns: `[9, n_frames]`; the first `m` columns do not depend on
///   `n_frames` as long as both can be encoded
///
/// # Errors
///
/// [`check`]'s, and [`SignalError::TooManyFrames`] beyond `max_frames`.
///
/// # Source
///
/// `encode_beatmap` in osu-dreamer `osu_dreamer/data/beatmap/{encode,hit,cursor}.py`,
/// as bundled by osu-dreamer-cartography @ `7ec522b`. The original masks all
/// frames once per object, O(frames * objects); this walks both once.
pub fn encode(
    beatmap: &Beatmap,
    n_frames: usize,
    max_frames: usize,
) -> Result<BeatmapSignal, SignalError> {
    if n_frames > max_frames {
        return Err(SignalError::TooManyFrames { n_frames, limit: max_frames });
    }
    check(beatmap, n_frames)?;
    let clock = FrameClock::OSU_DREAMER;
    let ends = cursor::ends(&beatmap.hit_objects)?;
    let mut values = vec![0.0; SignalChannel::COUNT * n_frames];
    write_channels(beatmap, &ends, Frames { clock, n_frames }, &mut values);
    Ok(BeatmapSignal { clock, n_frames, values })
}

/// Writes all nine channels into `values`, `[9, n_times]` of zeros.
pub(super) fn write_channels(
    beatmap: &Beatmap,
    ends: &[Ends],
    times: impl Times,
    values: &mut [f64],
) {
    let objects = &beatmap.hit_objects;
    let mut channels: Vec<&mut [f64]> = values.chunks_mut(times.n_times().max(1)).collect();
    for channel in SignalChannel::EVENTS {
        if let Some(values) = channels.get_mut(channel as usize) {
            write_events(event_times(objects, channel), times, values);
        }
    }
    if let [_, _, slide, sustain, _, _, _, x, y] = channels.as_mut_slice() {
        write_slide(objects, times, slide);
        write_sustain(objects, times, sustain);

        cursor::write(objects, ends, preempt_ms(beatmap.approach_rate), times, x, y);
        x.iter_mut().for_each(|value| *value = *value / 256.0 - 1.0);
        y.iter_mut().for_each(|value| *value = *value / 192.0 - 1.0);
    }
}

/// Whether [`encode`] would succeed, without the work.
///
/// # Errors
///
/// The first of, as the published code meets them: an object without a finite
/// end, then, object by object, an arc without length or a Bezier slider
/// without a frame.
pub fn check(beatmap: &Beatmap, n_frames: usize) -> Result<(), SignalError> {
    let clock = FrameClock::OSU_DREAMER;
    check_ends(&beatmap.hit_objects)?;
    for object in &beatmap.hit_objects {
        let HitObjectKind::Slider(slider) = &object.kind else { continue };
        let start_ms = object.start_ms;
        match &slider.path {
            SliderPath::Arc(arc) if arc.end_angle.is_none() => {
                return Err(SignalError::ArcWithoutLength { start_ms });
            }
            SliderPath::Bezier(_) => {
                let first = clock.frame_at_or_after(start_ms, n_frames);
                let end = clock.frame_at_or_after(object.end_ms, n_frames);
                if first >= end {
                    return Err(SignalError::BezierWithoutFrame { start_ms });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// # Errors
///
/// [`SignalError::EndNotFinite`] for the first object without a finite end.
pub(super) fn check_ends(objects: &[HitObject]) -> Result<(), SignalError> {
    match objects.iter().find(|object| !object.end_ms.is_finite()) {
        Some(object) => Err(SignalError::EndNotFinite { start_ms: object.start_ms }),
        None => Ok(()),
    }
}

/// The times of the events of a channel, ms, in the order of the file; none for a channel
/// that is no series of events.
pub fn event_times(
    objects: &[HitObject],
    channel: SignalChannel,
) -> impl Iterator<Item = f64> + Clone {
    let is_event = move |object: &&HitObject| match channel {
        SignalChannel::Onset => true,
        SignalChannel::Combo => object.new_combo,
        SignalChannel::Whistle => object.hit_sound.has_whistle(),
        SignalChannel::Finish => object.hit_sound.has_finish(),
        SignalChannel::Clap => object.hit_sound.has_clap(),
        SignalChannel::Slide | SignalChannel::Sustain | SignalChannel::X | SignalChannel::Y => {
            false
        }
    };
    objects.iter().filter(is_event).map(|object| object.start_ms)
}

/// How long before its time an object appears, ms; the rate is not clamped.
fn preempt_ms(approach_rate: f64) -> f64 {
    let slope = if approach_rate <= 5.0 { 120.0 } else { 150.0 };
    1200.0 + slope * (5.0 - approach_rate)
}
