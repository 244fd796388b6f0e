//! From decisions to objects: where a mapper puts what was decided.

use super::grid::{SLOTS_PER_BEAT, SongGrid};
use super::hand::Hand;
use super::plan::SlotPlan;
use super::rng::DemoRng;
use super::slider::SliderPath;
use super::style::{Level, MapperStyle};

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
    style: &MapperStyle,
    level: &Level,
    rng: DemoRng,
) -> Vec<DemoObject> {
    let onsets = onset_slots(grid, plan, level);
    let ends = onsets.iter().skip(1).copied().chain([grid.slots.len()]);
    let mut hand = Hand::new(grid, style, level, rng);
    let mut last_onset = None;
    let mut objects = Vec::with_capacity(onsets.len());
    for (&slot_idx, next_slot) in onsets.iter().zip(ends) {
        let is_new_combo = starts_combo(grid, plan, last_onset, slot_idx);
        let object = hand.place(&plan[slot_idx], slot_idx, next_slot);
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
