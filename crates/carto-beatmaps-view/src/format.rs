//! Numbers as people read them.

pub(crate) use carto_charts::number::{
    NO_VALUE, counted, grouped, minutes, percentage_points as points, whole_percent as percent,
};

/// A feature as a person reads it; the saved table has all its digits.
///
/// - `name`: of the feature's column
pub(crate) fn feature_text(name: &str, value: f64) -> String {
    match name {
        "star_rating" => format!("{value:.2}"),
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
            format!("{:.0}%", value * 100.0)
        }
        "notes_per_second" | "ar" | "cs" | "od" | "hp" => format!("{value:.1}"),
        _ if value.abs() >= 20.0 => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    }
}
