use carto_types::SignalChannel;

use super::beatmap_signal::BeatmapSignal;
use super::clock::FrameClock;
use super::cursor;
use super::error::SignalError;
use super::hits::{write_events, write_slide, write_sustain};
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
    let mut values = vec![0.0; SignalChannel::COUNT * n_frames];
    let mut channels: Vec<&mut [f64]> = values.chunks_mut(n_frames.max(1)).collect();
    if let [onset, combo, slide, sustain, whistle, finish, clap, x, y] = channels.as_mut_slice() {
        let objects = &beatmap.hit_objects;
        let write = |channel: &mut [f64], is_event: fn(&HitObject) -> bool| {
            write_events(starts(objects, is_event), clock, channel);
        };
        write(onset, |_| true);
        write(combo, |object| object.new_combo);
        write(whistle, |object| object.hit_sound.has_whistle());
        write(finish, |object| object.hit_sound.has_finish());
        write(clap, |object| object.hit_sound.has_clap());
        write_slide(objects, clock, slide);
        write_sustain(objects, clock, sustain);

        cursor::write(objects, preempt_ms(beatmap.approach_rate), clock, x, y)?;
        x.iter_mut().for_each(|value| *value = *value / 256.0 - 1.0);
        y.iter_mut().for_each(|value| *value = *value / 192.0 - 1.0);
    }
    Ok(BeatmapSignal { clock, n_frames, values })
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
    for object in &beatmap.hit_objects {
        if !object.end_ms.is_finite() {
            return Err(SignalError::EndNotFinite { start_ms: object.start_ms });
        }
    }
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

fn starts(
    objects: &[HitObject],
    is_event: impl Fn(&HitObject) -> bool,
) -> impl Iterator<Item = f64> {
    objects.iter().filter(move |object| is_event(object)).map(|object| object.start_ms)
}

/// How long before its time an object appears, ms; the rate is not clamped.
fn preempt_ms(approach_rate: f64) -> f64 {
    let slope = if approach_rate <= 5.0 { 120.0 } else { 150.0 };
    1200.0 + slope * (5.0 - approach_rate)
}
