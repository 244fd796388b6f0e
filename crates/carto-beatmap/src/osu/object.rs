use std::borrow::Cow;

use rosu_map::DecodeBeatmap;
use rosu_map::section::hit_objects::hit_samples::{HitSoundType, SampleBankInfo};
use rosu_map::section::hit_objects::{
    HitObjectKind as RosuKind, HitObjectType, HitObjects, HitObjectsState, PathControlPoint,
};
use rosu_map::util::{Pos, StrExt};

use super::lazer_path::{self, MAX_COORDINATE};
use crate::beatmap::HitSound;

/// The first format of osu!lazer's own, in which coordinates keep their
/// decimals (`LegacyBeatmapEncoder.FIRST_LAZER_VERSION`).
pub(super) const FIRST_LAZER_VERSION: i32 = 128;

/// Heads lie in this range, whatever the file says, osu!pixels.
const HEAD_RANGE: std::ops::RangeInclusive<f32> = 0.0..=512.0;

/// More slides make a line unreadable.
const MAX_SLIDES: i32 = 9000;

/// A hit object before its place in the whole map is known.
#[derive(Debug, Clone)]
pub(super) struct RawObject {
    pub(super) start_ms: f64,
    pub(super) new_combo: bool,
    pub(super) n_skipped_colours: u8,
    pub(super) hit_sound: HitSound,
    pub(super) kind: RawKind,
}

#[derive(Debug, Clone)]
pub(super) enum RawKind {
    Circle { head: Pos },
    Slider { head: Pos, points: Vec<PathControlPoint>, length: Option<f64>, slides: i64 },
    Spinner { duration_ms: f64 },
}

/// How a line was read.
pub(super) enum Outcome {
    Object(RawObject),
    Hold,
    Unreadable,
}

/// The fields of a line that we look at before rosu-map does.
pub(super) struct ObjectLine<'a> {
    text: &'a str,
    fields: [&'a str; 11],
}

impl<'a> ObjectLine<'a> {
    pub(super) fn split(text: &'a str) -> Self {
        let mut fields = [""; 11];
        for (slot, field) in fields.iter_mut().zip(text.split(',')) {
            *slot = field;
        }
        Self { text, fields }
    }

    /// Control points of a slider, head included; 0 of anything else.
    pub(super) fn n_control_points(&self) -> usize {
        let n_bars = self.fields[5].bytes().filter(|&byte| byte == b'|').count();
        if n_bars == 0 { 0 } else { n_bars + 1 }
    }

    /// The line as rosu-map may have it: the head inside its range, and a
    /// slider without repeats and edge sounds, for which rosu-map would build
    /// samples that nobody hears here. `None` where osu! would skip the line
    /// for an edge that it cannot read.
    fn simplified(&self) -> Option<Cow<'a, str>> {
        let mut changes =
            [(0, clamped_coordinate(self.fields[0])), (1, clamped_coordinate(self.fields[1]))]
                .to_vec();
        let slides = self.slides().filter(|&slides| self.is_slider() && slides <= MAX_SLIDES);
        if let Some(slides) = slides {
            self.check_edges(slides)?;
            let has_edges = !self.fields[8].is_empty() || !self.fields[9].is_empty();
            if slides > 1 || has_edges {
                let empty = || Some(String::new());
                changes.extend([(6, Some("1".to_owned())), (8, empty()), (9, empty())]);
            }
        }
        if changes.iter().all(|(_, change)| change.is_none()) {
            return Some(Cow::Borrowed(self.text));
        }
        let mut fields: Vec<Cow<'_, str>> = self.text.split(',').map(Cow::Borrowed).collect();
        for (idx, change) in changes {
            if let (Some(slot), Some(value)) = (fields.get_mut(idx), change) {
                *slot = Cow::Owned(value);
            }
        }
        Some(Cow::Owned(fields.join(",")))
    }

    fn is_slider(&self) -> bool {
        let bits = self.fields[3].parse::<i32>().unwrap_or(0);
        bits & HitObjectType::CIRCLE == 0 && bits & HitObjectType::SLIDER != 0
    }

    /// How often a slider's path is travelled.
    fn slides(&self) -> Option<i32> {
        self.fields[6].trim().parse().ok()
    }

    /// One bad sample set among those of the slider's edges spoils the line.
    fn check_edges(&self, slides: i32) -> Option<()> {
        if self.fields[9].is_empty() {
            return Some(());
        }
        let n_edges = usize::try_from(slides).unwrap_or(0).max(1) + 1;
        let mut banks = SampleBankInfo::default();
        self.fields[9]
            .split('|')
            .take(n_edges)
            .filter(|set| !set.is_empty())
            .try_for_each(|set| banks.read_custom_sample_banks(set.split(':'), false).ok())
    }

    /// The head with its decimals.
    fn decimal_head(&self) -> Option<Pos> {
        let coordinate = |text: &str| -> Option<f32> {
            Some(text.parse_num::<f32>().ok()?.clamp(*HEAD_RANGE.start(), *HEAD_RANGE.end()))
        };
        Some(Pos::new(coordinate(self.fields[0])?, coordinate(self.fields[1])?))
    }
}

/// The border that a readable coordinate lies beyond.
fn clamped_coordinate(text: &str) -> Option<String> {
    let value: f32 = text.trim().parse().ok()?;
    let is_moved = f64::from(value).abs() <= MAX_COORDINATE && !HEAD_RANGE.contains(&value);
    is_moved.then(|| value.clamp(*HEAD_RANGE.start(), *HEAD_RANGE.end()).to_string())
}

/// Reads one line of `[HitObjects]`.
pub(super) fn read(
    state: &mut HitObjectsState,
    line: &ObjectLine<'_>,
    format_version: i32,
) -> Outcome {
    // rosu-map leaves the points of a slider that it gave up to the next one.
    state.curve_points.clear();
    let Some(text) = line.simplified() else { return Outcome::Unreadable };
    if HitObjects::parse_hit_objects(state, &text).is_err() {
        return Outcome::Unreadable;
    }
    let Some(object) = state.hit_objects.pop() else { return Outcome::Unreadable };
    let bits = u8::from(HitSoundType::from(object.samples.as_slice()));
    let new_combo = object.new_combo();
    // Three bits of the line's type, which spinners do not use.
    let n_skipped_colours = match &object.kind {
        RosuKind::Circle(circle) => circle.combo_offset,
        RosuKind::Slider(slider) => slider.combo_offset,
        RosuKind::Spinner(_) | RosuKind::Hold(_) => 0,
    };
    let n_skipped_colours = u8::try_from(n_skipped_colours).unwrap_or(0);
    let is_decimal = format_version >= FIRST_LAZER_VERSION;
    let kind = match object.kind {
        RosuKind::Circle(circle) => {
            let head = if is_decimal { line.decimal_head() } else { Some(circle.pos) };
            head.map(|head| RawKind::Circle { head })
        }
        RosuKind::Slider(mut slider) => {
            let slides = i64::from(line.slides().unwrap_or(1)).max(1);
            let length = slider.path.expected_dist();
            let place = if is_decimal {
                line.decimal_head().and_then(|head| {
                    Some((head, lazer_path::control_points(line.fields[5], head)?))
                })
            } else {
                Some((slider.pos, std::mem::take(slider.path.control_points_mut())))
            };
            place.map(|(head, points)| RawKind::Slider { head, points, length, slides })
        }
        RosuKind::Spinner(spinner) => Some(RawKind::Spinner { duration_ms: spinner.duration }),
        RosuKind::Hold(_) => return Outcome::Hold,
    };
    match kind {
        Some(kind) => Outcome::Object(RawObject {
            start_ms: object.start_time,
            new_combo,
            n_skipped_colours,
            hit_sound: HitSound(bits),
            kind,
        }),
        None => Outcome::Unreadable,
    }
}
