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
        "notes_per_second" | "ar" | "cs" | "od" | "hp" => fixed(value, 1),
        _ if value.abs() >= 20.0 => fixed(value, 0),
        _ => fixed(value, 2),
    }
}
