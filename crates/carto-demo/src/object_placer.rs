//! From decisions to objects: where the next one goes, and what shape it takes.

use super::grid::{SLOTS_PER_BEAT, SongGrid, slot_time_ms};
use super::mapper_profile::Hold;
use super::mappers::{Level, Mapper};
use super::plan::SlotPlan;
use super::playfield::{PLAYFIELD_CENTRE, clamp_x, clamp_y, is_inside};
use super::rng::DemoRng;
use super::slider::{Curve, SliderPath};

/// Slots that stay free before the next object.
const REST_SLOTS: usize = 1;

/// Shortest spinner worth spinning.
const MIN_SPINNER_MS: f64 = 900.0;

/// Longest span that is drawn straight; longer ones run back and forth.
const MAX_SPAN_PX: f64 = 400.0;

/// Spans shorter than this are drawn as lines: there is no room for a shape.
const MIN_CURVED_PX: f64 = 60.0;

/// An object as the file will have it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DemoObject {
    pub(super) time_ms: f64,
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) is_new_combo: bool,
    pub(super) has_whistle: bool,
    pub(super) has_finish: bool,
    pub(super) has_clap: bool,
    pub(super) shape: Shape,
    pub(super) end_ms: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Circle,
    Slider { path: SliderPath, n_spans: usize, span_px: f64 },
    Spinner,
}

/// Lays out every object of one difficulty.
pub(super) fn lay_out(
    grid: &SongGrid,
    plan: &[SlotPlan],
    mapper: &Mapper,
    level: &Level,
    rng: DemoRng,
) -> Vec<DemoObject> {
    let onsets = onset_slots(grid, plan, level);
    let ends = onsets.iter().skip(1).copied().chain([grid.slots.len()]);
    let mut placer = ObjectPlacer::new(grid, mapper, level, rng);
    let mut last_onset = None;
    let mut objects = Vec::with_capacity(onsets.len());
    for (&slot_idx, next_slot) in onsets.iter().zip(ends) {
        let is_new_combo = starts_combo(grid, plan, last_onset, slot_idx);
        let object = placer.place(&plan[slot_idx], slot_idx, next_slot);
        objects.push(DemoObject { is_new_combo, ..object });
        last_onset = Some(slot_idx);
    }
    objects
}

fn onset_slots(grid: &SongGrid, plan: &[SlotPlan], level: &Level) -> Vec<usize> {
    let is_kept = |slot_idx: &usize| {
        !level.is_sparse || grid.slots[*slot_idx].bar_slot.is_multiple_of(SLOTS_PER_BEAT)
    };
    (0..plan.len()).filter(|&slot_idx| plan[slot_idx].has_onset).filter(is_kept).collect()
}

/// A combo that was decided on a slot without an object starts at the next one.
/// A pause and what follows it always start one.
fn starts_combo(
    grid: &SongGrid,
    plan: &[SlotPlan],
    last_onset: Option<usize>,
    slot_idx: usize,
) -> bool {
    let Some(last_onset) = last_onset else { return true };
    let is_due = |idx: usize| {
        let slot = &grid.slots[idx];
        plan[idx].has_combo
            || (slot.is_pause && slot.bar_slot == 0)
            || (idx > 0 && grid.slots[idx - 1].is_pause && !slot.is_pause)
    };
    (last_onset + 1..=slot_idx).any(is_due)
}

/// Where the cursor is and which way it goes.
pub(super) struct ObjectPlacer<'a> {
    grid: &'a SongGrid,
    mapper: &'a Mapper,
    level: &'a Level,
    rng: DemoRng,
    x: f64,
    y: f64,
    angle_rad: f64,
    last_end_slot: Option<usize>,
}

impl<'a> ObjectPlacer<'a> {
    pub(super) fn new(
        grid: &'a SongGrid,
        mapper: &'a Mapper,
        level: &'a Level,
        rng: DemoRng,
    ) -> Self {
        let (x, y) = PLAYFIELD_CENTRE;
        Self { grid, mapper, level, rng, x, y, angle_rad: 0.0, last_end_slot: None }
    }

    /// Places one object, not yet a new combo; the next one starts at `next_slot`.
    pub(super) fn place(
        &mut self,
        plan: &SlotPlan,
        slot_idx: usize,
        next_slot: usize,
    ) -> DemoObject {
        let (own_x, own_y) = self.step(slot_idx);
        let head = (plan.x.unwrap_or(own_x), plan.y.unwrap_or(own_y));
        let section_end = self.grid.section_of(slot_idx).end_slot;
        let free_slots =
            next_slot.saturating_sub(slot_idx + REST_SLOTS).min(section_end - slot_idx);
        let (shape, n_held) = self.hold(plan, slot_idx, free_slots, head);

        let time_ms = self.grid.slots[slot_idx].time_ms;
        let (start, end) = match &shape {
            Shape::Circle => (whole(head), whole(head)),
            Shape::Slider { path, n_spans, .. } => (path.head(), path.end(*n_spans)),
            Shape::Spinner => (whole(PLAYFIELD_CENTRE), whole(PLAYFIELD_CENTRE)),
        };
        (self.x, self.y) = (f64::from(end.0), f64::from(end.1));
        self.last_end_slot = Some(slot_idx + n_held);
        DemoObject {
            time_ms,
            x: start.0,
            y: start.1,
            is_new_combo: false,
            has_whistle: plan.has_whistle,
            has_finish: plan.has_finish,
            has_clap: plan.has_clap,
            shape,
            end_ms: slot_time_ms(time_ms, self.grid.beat_ms(slot_idx), n_held),
        }
    }

    /// The next position: so far as the time allows, turned as the mapper has it,
    /// and turned further where that would leave the playfield.
    fn step(&mut self, slot_idx: usize) -> (f64, f64) {
        let mapper = self.mapper;
        let sign = if self.rng.chance(mapper.reversal_share) { -1.0 } else { 1.0 };
        let turn_rad = sign * mapper.turn_rad * self.rng.between(0.6, 1.4);
        let stretch = self.rng.between(0.8, 1.2);
        let Some(last_end_slot) = self.last_end_slot else {
            return (clamp_x(self.rng.between(0.0, 512.0)), clamp_y(self.rng.between(0.0, 384.0)));
        };
        let gap_beats = (slot_idx - last_end_slot) as f64 / SLOTS_PER_BEAT as f64;
        let distance_px =
            mapper.spacing_px * self.level.spacing_factor * stretch * gap_beats.min(1.5);
        for attempt in 0..12 {
            // 0, then 30 degrees to either side, then 60, and so on.
            let side = if attempt % 2 == 0 { 1.0 } else { -1.0 };
            let detour_rad = side * f64::from((attempt + 1) / 2) * core::f64::consts::FRAC_PI_6;
            let angle_rad = self.angle_rad + turn_rad + detour_rad;
            let x = self.x + distance_px * libm::cos(angle_rad);
            let y = self.y + distance_px * libm::sin(angle_rad);
            if is_inside((x, y)) {
                self.angle_rad = angle_rad;
                return (x, y);
            }
        }
        self.angle_rad = libm::atan2(PLAYFIELD_CENTRE.1 - self.y, PLAYFIELD_CENTRE.0 - self.x);
        PLAYFIELD_CENTRE
    }

    /// The shape of an object and for how many slots it is held.
    fn hold(
        &mut self,
        plan: &SlotPlan,
        slot_idx: usize,
        free_slots: usize,
        head: (f64, f64),
    ) -> (Shape, usize) {
        // Drawn for every object, held or not: later draws then do not depend on it.
        let curve_idx = self.rng.weighted(&self.mapper.curve_weights);
        let bend = self.rng.between(-1.0, 1.0);
        let angle_rad = self.angle_rad + self.rng.between(-0.6, 0.6);
        let beat_ms = self.grid.beat_ms(slot_idx);
        let n_slots = match plan.hold {
            Hold::Circle => return (Shape::Circle, 0),
            Hold::Spinner if free_slots as f64 * beat_ms / 4.0 >= MIN_SPINNER_MS => {
                return (Shape::Spinner, free_slots);
            }
            Hold::Spinner => free_slots,
            Hold::Slider { n_slots } => n_slots.min(free_slots),
        };
        if n_slots == 0 {
            return (Shape::Circle, 0);
        }
        let slot_px = self.slot_px(slot_idx);
        let n_spans = fitting_spans(n_slots, plan.n_spans, slot_px);
        // Multiplier and velocity have two decimals each; a quarter beat of their
        // product in percent has four.
        let span_px = libm::round((n_slots / n_spans) as f64 * slot_px * 1e4) / 1e4;
        let curve = if span_px < MIN_CURVED_PX { Curve::Line } else { Curve::ALL[curve_idx] };
        let path = SliderPath::lay(curve, bend, angle_rad, span_px, head);
        (Shape::Slider { path, n_spans, span_px }, n_slots)
    }

    /// How far a slider ball runs in a slot.
    fn slot_px(&self, slot_idx: usize) -> f64 {
        let velocity = self.mapper.velocity(self.grid.section_of(slot_idx).intensity);
        let beat_px = self.mapper.slider_multiplier_at(self.level) * 100.0 * velocity;
        beat_px / SLOTS_PER_BEAT as f64
    }
}

/// The number of spans nearest to the wanted one that divides the slots evenly,
/// with spans short enough for the playfield where that can be had.
fn fitting_spans(n_slots: usize, wanted: usize, slot_px: f64) -> usize {
    let is_even_split = |n_spans: &usize| n_slots.is_multiple_of(*n_spans);
    let is_short = |n_spans: &usize| (n_slots / n_spans) as f64 * slot_px <= MAX_SPAN_PX;
    let downwards = (1..=wanted).rev().filter(is_even_split).find(is_short);
    downwards.or_else(|| (1..=n_slots).filter(is_even_split).find(is_short)).unwrap_or(1)
}

fn whole((x, y): (f64, f64)) -> (i32, i32) {
    (libm::round(x) as i32, libm::round(y) as i32)
}
