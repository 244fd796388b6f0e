//! Decisions per slot: the song's common plan, a mapper's own, their blend.

use super::config::PlantedAgreement;
use super::grid::SongGrid;
use super::mapper_profile::{Hold, MapperProfile};
use super::playfield::{PLAYFIELD_CENTRE, clamp_x, clamp_y};
use super::rng::{DemoRng, Purpose, Streams};

/// What a plan says about one slot, should an object start there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SlotPlan {
    pub(super) has_onset: bool,
    pub(super) has_combo: bool,
    pub(super) hold: Hold,
    pub(super) n_spans: usize,
    pub(super) has_whistle: bool,
    pub(super) has_finish: bool,
    pub(super) has_clap: bool,
    /// Where the object starts; `None` leaves it to the mapper's own movement.
    pub(super) x: Option<f64>,
    pub(super) y: Option<f64>,
}

/// Draws a plan for every slot of `grid`, without positions.
pub(super) fn draw_plan(
    grid: &SongGrid,
    profile: &MapperProfile,
    streams: &Streams,
) -> Vec<SlotPlan> {
    let rng = |channel: u8| streams.rng(Purpose::Decide(channel));
    let [onsets, combos, holds, spans, whistles, finishes, claps] =
        [0, 1, 2, 3, 4, 5, 6].map(|channel| phrases(grid, rng(channel)));
    let mut pattern_rng = rng(7);
    let clap_patterns: Vec<_> =
        grid.sections.iter().map(|_| profile.clap_pattern(pattern_rng.unit())).collect();
    let decide = |slot_idx: usize| {
        let slot = &grid.slots[slot_idx];
        let section = grid.section_of(slot_idx);
        let is_section_start = slot_idx == section.first_slot;
        let clap_probability = clap_patterns[slot.section_idx].probability(slot);
        SlotPlan {
            has_onset: onsets[slot_idx] < profile.onset_probability(slot, section),
            has_combo: combos[slot_idx] < profile.combo_probability(slot),
            hold: profile.hold(slot, holds[slot_idx]),
            n_spans: profile.n_spans(spans[slot_idx]),
            has_whistle: whistles[slot_idx] < profile.whistle_share,
            has_finish: finishes[slot_idx] < profile.finish_probability(slot, is_section_start),
            has_clap: claps[slot_idx] < clap_probability,
            x: None,
            y: None,
        }
    };
    (0..grid.slots.len()).map(decide).collect()
}

/// Copies a share of the common plan's decisions into a mapper's own.
pub(super) fn blend(
    common: &[SlotPlan],
    own: &[SlotPlan],
    agreement: &PlantedAgreement,
    streams: &Streams,
) -> Vec<SlotPlan> {
    // A stream per channel, one draw per slot: a larger share copies what a
    // smaller one copied, and more.
    let mut rngs = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(|channel| streams.rng(Purpose::Copy(channel)));
    let mut blend_slot = |(common, own): (&SlotPlan, &SlotPlan)| {
        let [onset, combo, sustain, slide, whistle, finish, clap, x, y] = &mut rngs;
        let pick = |rng: &mut DemoRng, share| if rng.chance(share) { *common } else { *own };
        SlotPlan {
            has_onset: pick(onset, agreement.onset).has_onset,
            has_combo: pick(combo, agreement.combo).has_combo,
            hold: pick(sustain, agreement.sustain).hold,
            n_spans: pick(slide, agreement.slide).n_spans,
            has_whistle: pick(whistle, agreement.whistle).has_whistle,
            has_finish: pick(finish, agreement.finish).has_finish,
            has_clap: pick(clap, agreement.clap).has_clap,
            x: pick(x, agreement.x).x,
            y: pick(y, agreement.y).y,
        }
    };
    common.iter().zip(own).map(&mut blend_slot).collect()
}

/// Gives every slot of a plan a position: a walk over the playfield.
pub(super) fn add_positions(plan: &mut [SlotPlan], rng: &mut DemoRng) {
    let (mut x, mut y) = PLAYFIELD_CENTRE;
    for slot in plan {
        x = clamp_x(x + rng.between(-90.0, 90.0));
        y = clamp_y(y + rng.between(-90.0, 90.0));
        (slot.x, slot.y) = (Some(x), Some(y));
    }
}

/// One uniform variate per slot. A section repeats a phrase of two bars, with
/// one slot in seven drawn anew, as music does.
fn phrases(grid: &SongGrid, mut rng: DemoRng) -> Vec<f64> {
    let phrase_slots = 2 * grid.slots_per_bar();
    let mut variates = Vec::with_capacity(grid.slots.len());
    for section in &grid.sections {
        let phrase: Vec<f64> = (0..phrase_slots).map(|_| rng.unit()).collect();
        for slot_idx in 0..section.end_slot - section.first_slot {
            let fresh = rng.unit();
            let is_fresh = rng.chance(1.0 / 7.0);
            variates.push(if is_fresh { fresh } else { phrase[slot_idx % phrase_slots] });
        }
    }
    variates
}
