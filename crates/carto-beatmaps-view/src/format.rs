//! Numbers as people read them.

pub(crate) use carto_charts::number::{
    NO_VALUE, counted, fixed, grouped, minutes, n_of, percentage_points as points, plain, rate,
    time_left, whole_percent as percent,
};

/// A feature as a person reads it; the saved table has all its digits.
///
/// - `name`: of the feature's column
pub(crate) fn feature_text(name: &str, value: f64) -> String {
    match name {
        "star_rating" => fixed(value, 2),
        "total_length" | "hit_length" | "break_length" => minutes(value),
        "stream_density"
        | "burst_density"
        | "kiai_note_ratio"
        | "slider_ratio"
        | "slider_share"
        | "alt_ratio"
        | "stream_density_local"
        | "rhythm_complexity"
        | "break_ratio" => {
            format!("{}%", percent(value))
        }
        // Of a variance, in ms², its root: the unit of the mean beside it.
        "interval_variance" => fixed(value.max(0.0).sqrt(), 0),
        // Counts and settings as they are; tags are there or not.
        "max_combo" | "circles" | "sliders" | "spinners" | "total_notes" | "kiai_note_count" => {
            grouped(value.max(0.0) as usize)
        }
        name if name.starts_with("tag_") => (if value > 0.0 { "yes" } else { "no" }).to_owned(),
        "notes_per_second" | "ar" | "cs" | "od" | "hp" => fixed(value, 1),
        _ if value.abs() >= 20.0 => fixed(value, 0),
        _ => fixed(value, 2),
    }
}
