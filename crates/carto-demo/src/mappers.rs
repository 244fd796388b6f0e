//! The five invented mappers.

use super::mapper_profile::MapperProfile;

/// One invented mapper: what stays when nothing is agreed on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mapper {
    pub(super) name: &'static str,
    pub(super) profile: MapperProfile,
    /// Distance between objects, osu!pixels per beat between them.
    pub(super) spacing_px: f64,
    /// Change of direction from object to object, radians.
    pub(super) turn_rad: f64,
    /// How often the turn goes the other way.
    pub(super) reversal_share: f64,
    /// Weights of [`Curve::ALL`](super::slider::Curve::ALL).
    pub(super) curve_weights: [f64; 5],
    /// Slider speed, loud sections against quiet ones.
    pub(super) velocity_contrast: f64,
    pub(super) slider_multiplier: f64,
    pub(super) hp_drain_rate: f64,
    pub(super) circle_size: f64,
    pub(super) overall_difficulty: f64,
    pub(super) approach_rate: f64,
    pub(super) sample_set: &'static str,
    /// Combo colours as the file has them.
    pub(super) combo_colours: [&'static str; 3],
}

/// What one difficulty does with a mapper's plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    /// `Version` in the file.
    pub(super) version: &'static str,
    /// Keeps only what starts on a beat.
    pub(super) is_sparse: bool,
    /// Factor on the distance between objects.
    pub(super) spacing_factor: f64,
    /// Taken off slider multiplier, approach rate and overall difficulty.
    pub(super) ease: f64,
}

impl Level {
    /// The mapper's hardest difficulty: what represents them in the analysis.
    pub(super) const INSANE: Self =
        Self { version: "Insane", is_sparse: false, spacing_factor: 1.0, ease: 0.0 };
    pub(super) const NORMAL: Self =
        Self { version: "Normal", is_sparse: true, spacing_factor: 0.55, ease: 3.5 };
}

impl Mapper {
    /// demo-a to demo-e.
    pub(super) const ALL: [Self; 5] = [FLOWING, JUMPY, WINDING, PLAIN, SHARP];

    /// `SliderMultiplier` of a difficulty: two decimals at most.
    pub(super) fn slider_multiplier_at(&self, level: &Level) -> f64 {
        rounded(self.slider_multiplier - level.ease * 0.1, 100.0)
    }

    pub(super) fn overall_difficulty_at(&self, level: &Level) -> f64 {
        rounded(self.overall_difficulty - level.ease, 10.0)
    }

    pub(super) fn approach_rate_at(&self, level: &Level) -> f64 {
        rounded(self.approach_rate - level.ease, 10.0)
    }

    /// Slider speed in a section, in steps of 0.05 so that the file's
    /// `-100 / velocity` reads back as the same three decimals.
    pub(super) fn velocity(&self, intensity: f64) -> f64 {
        let velocity = 1.0 + self.velocity_contrast * (intensity - 0.6);
        rounded(velocity.clamp(0.7, 1.3), 20.0)
    }
}

fn rounded(value: f64, steps_per_unit: f64) -> f64 {
    libm::round(value * steps_per_unit) / steps_per_unit
}

const FLOWING: Mapper = Mapper {
    name: "demo-a",
    profile: MapperProfile { slider_share: 0.5, ..MapperProfile::AVERAGE },
    spacing_px: 180.0,
    turn_rad: 0.6,
    reversal_share: 0.12,
    curve_weights: [1.0, 6.0, 2.0, 0.0, 1.0],
    velocity_contrast: 0.3,
    slider_multiplier: 1.6,
    hp_drain_rate: 6.0,
    circle_size: 4.0,
    overall_difficulty: 8.0,
    approach_rate: 9.0,
    sample_set: "Soft",
    combo_colours: ["255,192,0", "0,202,0", "18,124,255"],
};

const JUMPY: Mapper = Mapper {
    name: "demo-b",
    profile: MapperProfile {
        density: 1.15,
        slider_share: 0.35,
        repeat_share: 0.15,
        whistle_share: 0.1,
        finish_share: 0.15,
        clap_weights: [0.5, 0.1, 0.0, 0.4],
    },
    spacing_px: 280.0,
    turn_rad: 2.3,
    reversal_share: 0.3,
    curve_weights: [6.0, 2.0, 0.0, 1.0, 0.0],
    velocity_contrast: 0.1,
    slider_multiplier: 1.8,
    hp_drain_rate: 5.0,
    circle_size: 4.2,
    overall_difficulty: 8.5,
    approach_rate: 9.2,
    sample_set: "Normal",
    combo_colours: ["242,24,57", "255,255,255", "90,90,90"],
};

const WINDING: Mapper = Mapper {
    name: "demo-c",
    profile: MapperProfile {
        slider_share: 0.68,
        repeat_share: 0.3,
        whistle_share: 0.35,
        clap_weights: [0.3, 0.4, 0.1, 0.2],
        ..MapperProfile::AVERAGE
    },
    spacing_px: 150.0,
    turn_rad: 1.1,
    reversal_share: 0.4,
    curve_weights: [0.0, 2.0, 5.0, 1.0, 5.0],
    velocity_contrast: 0.5,
    slider_multiplier: 1.4,
    hp_drain_rate: 5.5,
    circle_size: 3.8,
    overall_difficulty: 7.5,
    approach_rate: 8.5,
    sample_set: "Soft",
    combo_colours: ["180,140,255", "120,220,200", "255,180,200"],
};

const PLAIN: Mapper = Mapper {
    name: "demo-d",
    profile: MapperProfile {
        density: 0.85,
        repeat_share: 0.4,
        finish_share: 0.5,
        clap_weights: [0.8, 0.0, 0.0, 0.2],
        ..MapperProfile::AVERAGE
    },
    spacing_px: 140.0,
    turn_rad: 0.25,
    reversal_share: 0.25,
    curve_weights: [7.0, 2.0, 1.0, 0.0, 0.0],
    velocity_contrast: 0.0,
    slider_multiplier: 1.4,
    hp_drain_rate: 6.0,
    circle_size: 4.0,
    overall_difficulty: 7.0,
    approach_rate: 8.0,
    sample_set: "Normal",
    combo_colours: ["255,128,64", "64,128,255", "128,255,128"],
};

const SHARP: Mapper = Mapper {
    name: "demo-e",
    profile: MapperProfile {
        density: 1.05,
        slider_share: 0.55,
        whistle_share: 0.25,
        clap_weights: [0.2, 0.2, 0.5, 0.1],
        ..MapperProfile::AVERAGE
    },
    spacing_px: 220.0,
    turn_rad: 1.7,
    reversal_share: 0.5,
    curve_weights: [2.0, 1.0, 1.0, 6.0, 1.0],
    velocity_contrast: 0.6,
    slider_multiplier: 1.7,
    hp_drain_rate: 5.0,
    circle_size: 4.5,
    overall_difficulty: 8.2,
    approach_rate: 9.0,
    sample_set: "Drum",
    combo_colours: ["40,40,40", "0,230,255", "255,0,120"],
};
