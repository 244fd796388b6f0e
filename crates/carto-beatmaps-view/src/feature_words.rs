//! Features in words that a player understands.

use crate::format::feature_text;

/// A feature's name above its column and beside its value, in a player's words.
///
/// - `name`: of the feature's column, which saved tables have
pub(crate) fn heading(name: &str) -> String {
    if let Some(tag) = name.strip_prefix("tag_") {
        return format!("tag “{tag}”");
    }
    let words = match name {
        "star_rating" => "stars",
        "bpm" => "BPM",
        "base_bpm" => "first BPM",
        "ar" | "cs" | "od" | "hp" => return name.to_uppercase(),
        "hit_length" => "length without breaks",
        "total_length" => "length",
        "break_ratio" => "share of breaks",
        "break_length" => "length of breaks",
        "slider_share" => "sliders of circles and sliders",
        "slider_ratio" => "sliders of all objects",
        "max_combo" => "longest combo",
        "total_notes" => "objects",
        "mean_distance" => "spacing",
        "std_distance" => "variation of spacing",
        "kiai_note_count" => "objects in kiai",
        "kiai_note_ratio" => "share in kiai",
        "kiai_mean_dist" => "spacing in kiai",
        "mean_interval_ms" => "mean gap (ms)",
        "interval_variance" => "variation of gaps (ms)",
        "interval_variance_log" => "variation of gaps (log)",
        "stream_density" => "streams",
        "stream_density_local" => "streams at the tempo there",
        "burst_density" => "bursts",
        "speed_index" => "BPM times streams",
        "alt_ratio" => "gaps that halve",
        "mean_velocity" => "cursor speed",
        "notes_per_second" => "notes/s",
        "rhythm_complexity" => "different gaps",
        "mean_sliders_length" => "slider to next (ms)",
        "ar_od_ratio" => "AR divided by OD",
        name => return name.replace('_', " "),
    };
    words.to_owned()
}

/// What a map's value of a feature says of the map, as a sentence without its full stop:
/// `45% of its gaps are streamed`. `None` for a feature that this view does not know.
///
/// - `name`: of the feature's column
pub(crate) fn fact(name: &str, value: f64) -> Option<String> {
    if let Some(tag) = name.strip_prefix("tag_") {
        let verb = if value > 0.0 { "have" } else { "do not have" };
        return Some(format!("its tags {verb} the word {tag}"));
    }
    let text = feature_text(name, value);
    Some(match name {
        "bpm" | "base_bpm" => format!("its tempo is {text} BPM"),
        "ar" => format!("its approach rate is {text}"),
        "cs" => format!("its circle size is {text}"),
        "od" => format!("its overall difficulty is {text}"),
        "hp" => format!("its HP drain rate is {text}"),
        "star_rating" => format!("it has {text} stars"),
        "hit_length" => format!("it is {text} long without breaks"),
        "total_length" => format!("it is {text} long"),
        "break_ratio" => format!("breaks take {text} of its time"),
        "break_length" => format!("its breaks take {text}"),
        "slider_share" | "slider_ratio" => format!("{text} of its objects are sliders"),
        "max_combo" => format!("its longest combo is {text}"),
        "circles" => format!("it has {text} circles"),
        "sliders" => format!("it has {text} sliders"),
        "spinners" => format!("it has {text} spinners"),
        "total_notes" => format!("it has {text} objects"),
        "mean_distance" => {
            format!("its objects are {text} osu!pixels apart on average, of a field of 512")
        }
        "std_distance" => format!("its spacing varies by {text} osu!pixels"),
        "kiai_note_count" => format!("{text} of its objects are in kiai time"),
        "kiai_note_ratio" => format!("{text} of its objects are in kiai time"),
        "kiai_mean_dist" => {
            format!("its objects in kiai time are {text} osu!pixels apart on average")
        }
        "mean_interval_ms" => format!("there are {text} ms between its objects on average"),
        "interval_variance" => format!("the time between its objects varies by {text} ms"),
        "interval_variance_log" => format!("its rhythm varies by {text} on a logarithmic scale"),
        "stream_density" | "stream_density_local" => format!("{text} of its gaps are streamed"),
        "burst_density" => format!("{text} of its gaps end a burst"),
        "speed_index" => format!("its tempo times its share of streams is {text}"),
        "alt_ratio" => format!("{text} of its gaps are half as long as the gap before"),
        "mean_velocity" => {
            format!("the cursor moves {text} osu!pixels a millisecond between objects on average")
        }
        "notes_per_second" => format!("it has {text} notes a second"),
        "rhythm_complexity" => format!("{text} of its gaps are of a length of their own"),
        "mean_sliders_length" => {
            format!("from a slider to the next object there are {text} ms on average")
        }
        "ar_od_ratio" => format!("its approach rate is {text} times its overall difficulty"),
        _ => return None,
    })
}

/// A range of a feature's values: `40 to 60%`. `None` for a feature that is there or not.
pub(crate) fn range(name: &str, (low, high): (f64, f64)) -> Option<String> {
    if name.starts_with("tag_") {
        return None;
    }
    let (low, high) = (feature_text(name, low), feature_text(name, high));
    Some(match low == high {
        true => high,
        false => format!("{} to {high}", low.trim_end_matches('%')),
    })
}

/// Where a value lies beside a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Below,
    Within,
    Above,
}

/// Where a value lies beside a range, as far as a person sees it: what reads like an end of the
/// range is in it.
pub(crate) fn place(name: &str, value: f64, (low, high): (f64, f64)) -> Place {
    let text = |value| feature_text(name, value);
    match () {
        () if [low, high].map(text).contains(&text(value)) => Place::Within,
        () if value < low => Place::Below,
        () if value > high => Place::Above,
        () => Place::Within,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use carto_features::COLUMNS;

    use super::*;

    #[test]
    fn every_feature_has_its_words() {
        for column in COLUMNS {
            let said = fact(column.name, 0.45).unwrap_or_default();
            assert!(!said.is_empty() && !said.contains('_'), "{}: {said}", column.name);
        }
        let names: BTreeSet<_> = COLUMNS.iter().map(|column| heading(column.name)).collect();
        assert_eq!(names.len(), COLUMNS.len(), "no two are called the same: {names:?}");
        assert_eq!(fact("unknown", 1.0), None);
    }

    #[test]
    fn a_player_reads_value_and_range() {
        assert_eq!(fact("stream_density", 0.45).as_deref(), Some("45% of its gaps are streamed"));
        assert_eq!(range("stream_density", (0.4, 0.6)).as_deref(), Some("40 to 60%"));
        assert_eq!(range("stream_density", (0.0, 0.0)).as_deref(), Some("0%"));
        assert_eq!(fact("total_length", 92.0).as_deref(), Some("it is 1:32 long"));
        assert_eq!(range("bpm", (170.0, 190.0)).as_deref(), Some("170 to 190"));
        assert_eq!(
            fact("tag_stream", 0.0).as_deref(),
            Some("its tags do not have the word stream")
        );
        assert_eq!(range("tag_stream", (0.0, 1.0)), None);
        let at = |value| place("mean_interval_ms", value, (250.0, 325.0));
        assert_eq!(
            [245.0, 249.8, 325.3, 400.0].map(at),
            [Place::Below, Place::Within, Place::Within, Place::Above]
        );
        let varied = fact("interval_variance", 14_400.0);
        assert_eq!(varied.as_deref(), Some("the time between its objects varies by 120 ms"));
    }
}
