//! What a mapper tends to do: probabilities by place in the bar.

use super::grid::{SLOTS_PER_BEAT, Section, Slot};
use super::rng::pick_weighted;

/// What colours a plan: the average mapper's habits or one mapper's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct MapperProfile {
    /// Factor on the intensity: above 1 for those who map every sound.
    pub(super) density: f64,
    /// Share of objects on beats and half beats that are sliders.
    pub(super) slider_share: f64,
    /// Share of sliders that are repeated.
    pub(super) repeat_share: f64,
    pub(super) whistle_share: f64,
    pub(super) finish_share: f64,
    /// Weights of [`ClapPattern::ALL`].
    pub(super) clap_weights: [f64; 4],
}

/// Whether an object is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    Circle,
    /// For so many slots, repeats included, if the next object leaves room.
    Slider {
        n_slots: usize,
    },
    Spinner,
}

impl MapperProfile {
    /// What the common plan is drawn with.
    pub(super) const AVERAGE: Self = Self {
        density: 1.0,
        slider_share: 0.5,
        repeat_share: 0.25,
        whistle_share: 0.2,
        finish_share: 0.2,
        clap_weights: [0.7, 0.15, 0.1, 0.05],
    };

    pub(super) fn onset_probability(&self, slot: &Slot, section: &Section) -> f64 {
        let intensity = section.intensity * self.density;
        match slot.bar_slot % SLOTS_PER_BEAT {
            _ if section.is_silent() => 0.0,
            _ if slot.is_pause => f64::from(u8::from(slot.bar_slot == 0)),
            _ if slot.bar_slot == 0 => 0.85,
            0 => 0.45 + 0.3 * intensity,
            2 => 0.2 + 0.4 * intensity,
            _ => 0.3 * intensity * intensity,
        }
    }

    pub(super) fn combo_probability(&self, slot: &Slot) -> f64 {
        match slot.bar_slot {
            0 => 0.45,
            bar_slot if bar_slot % SLOTS_PER_BEAT == 0 => 0.15,
            _ => 0.02,
        }
    }

    pub(super) fn finish_probability(&self, slot: &Slot, is_section_start: bool) -> f64 {
        match slot.bar_slot {
            _ if is_section_start => 0.6,
            0 => self.finish_share,
            _ => 0.02,
        }
    }

    /// How an object on this slot is held, from a uniform variate.
    pub(super) fn hold(&self, slot: &Slot, variate: f64) -> Hold {
        if slot.is_pause {
            return match variate {
                share if share < 0.5 => Hold::Spinner,
                share if share < 0.85 => Hold::Slider { n_slots: 2 * SLOTS_PER_BEAT },
                _ => Hold::Circle,
            };
        }
        let is_between = slot.bar_slot % 2 == 1;
        let slider_share = if is_between { 0.1 } else { self.slider_share };
        if variate >= slider_share {
            return Hold::Circle;
        }
        // The variate within the slider's share is uniform again.
        const LENGTHS: [(usize, f64); 5] = [(2, 0.35), (3, 0.1), (4, 0.35), (6, 0.1), (8, 0.1)];
        let length_idx = pick_weighted(&LENGTHS.map(|(_, weight)| weight), variate / slider_share);
        Hold::Slider { n_slots: LENGTHS[length_idx].0 }
    }

    /// How often a slider runs its path, from a uniform variate.
    pub(super) fn n_spans(&self, variate: f64) -> usize {
        match variate / self.repeat_share {
            share if share < 0.25 => 3,
            share if share < 1.0 => 2,
            _ => 1,
        }
    }

    pub(super) fn clap_pattern(&self, variate: f64) -> ClapPattern {
        ClapPattern::ALL[pick_weighted(&self.clap_weights, variate)]
    }
}

/// Where claps fall within a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClapPattern {
    /// Beats 2 and 4.
    Backbeat,
    /// Beat 3.
    HalfTime,
    /// Between the beats.
    OffBeat,
    None,
}

impl ClapPattern {
    const ALL: [Self; 4] = [Self::Backbeat, Self::HalfTime, Self::OffBeat, Self::None];

    /// Probability of a clap: nearly always where the pattern has one.
    pub(super) fn probability(self, slot: &Slot) -> f64 {
        if self.hits(slot.bar_slot) { 0.95 } else { 0.02 }
    }

    fn hits(self, bar_slot: usize) -> bool {
        match self {
            Self::Backbeat => bar_slot % (2 * SLOTS_PER_BEAT) == SLOTS_PER_BEAT,
            Self::HalfTime => bar_slot == 2 * SLOTS_PER_BEAT,
            Self::OffBeat => bar_slot % SLOTS_PER_BEAT == SLOTS_PER_BEAT / 2,
            Self::None => false,
        }
    }
}
