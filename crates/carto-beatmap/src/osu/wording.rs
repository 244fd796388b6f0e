//! Counts and comparisons as sentences.

use std::fmt;

use super::pairing::{Comparison, Deviation};
use crate::beatmap::{HitObject, HitObjectKind};

/// How many objects there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct KindCounts {
    n_circles: usize,
    n_sliders: usize,
    n_spinners: usize,
}

impl KindCounts {
    pub(super) fn of(objects: &[HitObject]) -> Self {
        let mut counts = Self::default();
        for object in objects {
            match object.kind {
                HitObjectKind::Circle(_) => counts.n_circles += 1,
                HitObjectKind::Slider(_) => counts.n_sliders += 1,
                HitObjectKind::Spinner => counts.n_spinners += 1,
            }
        }
        counts
    }
}

impl fmt::Display for KindCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { n_circles, n_sliders, n_spinners } = *self;
        let (circles, sliders) = (plural(n_circles, "circle"), plural(n_sliders, "slider"));
        write!(f, "{circles}, {sliders} and {}", plural(n_spinners, "spinner"))
    }
}

/// `1 slider`, `2 sliders`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// One sentence for each kind of difference that occurs.
pub(super) fn sentences(comparison: &Comparison) -> Vec<String> {
    let counted = |count: usize, noun: &str, rest: &str| {
        (count > 0).then(|| format!("{} {rest}", plural(count, noun)))
    };
    let measured = |deviation: Deviation, noun: &str, rest: &str, unit: &str| {
        let Deviation { n_objects, largest } = deviation;
        let rest = format!("{rest} (largest difference {largest:.0} {unit})");
        counted(n_objects, noun, &rest)
    };
    let cut_times = (comparison.cut_times.n_objects > 0).then(|| {
        format!("times are decimal: up to {:.2} ms are cut off", comparison.cut_times.largest)
    });
    let lost = "in the published reading";
    [
        counted(comparison.n_osu_only, "object", "read by osu! only"),
        counted(comparison.n_published_only, "object", "read by the published reader only"),
        counted(comparison.n_other_kinds, "object", "of another kind"),
        cut_times,
        counted(comparison.n_combos_added, "object", "with a new combo in osu! only"),
        counted(comparison.n_combos_removed, "object", &format!("with a new combo {lost} only")),
        counted(comparison.n_hit_sounds, "object", "with another hit sound"),
        measured(comparison.positions, "circle", "at another position", "osu!pixels"),
        measured(comparison.paths, "slider", "with another path", "osu!pixels"),
        counted(comparison.n_lost_paths, "slider", &format!("without a path {lost}")),
        measured(comparison.ends, "object", "with another end", "ms"),
        counted(comparison.n_lost_ends, "object", &format!("without an end {lost}")),
        counted(comparison.n_slides, "slider", "with another number of slides"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
