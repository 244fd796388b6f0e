//! Features in words that a player understands.

use crate::format::feature_text;

/// What a map's value of a feature says of the map, as a sentence without its full stop:
/// `45% of its gaps are streamed`. `None` for a feature that this view does not know.
///
/// - `name`: of the feature's column
pub(crate) fn fact(name: &str, value: f64) -> Option<String> {
    if let Some(tag) = name.strip_prefix("tag_") {
        let verb = if value > 0.0 { "have" } else { "do not have" };
        return Some(format!("its tags {verb} the word {tag}"));
    }
    let text = told(name, value);
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

/// A value as [`fact`] tells it: of a variance, in ms², its root.
fn told(name: &str, value: f64) -> String {
    match name {
        "interval_variance" => feature_text(name, value.max(0.0).sqrt()),
        _ => feature_text(name, value),
    }
}

/// A range of a feature's values: `40 to 60%`. `None` for a feature that is there or not.
pub(crate) fn range(name: &str, (low, high): (f64, f64)) -> Option<String> {
    if name.starts_with("tag_") {
        return None;
    }
    let (low, high) = (told(name, low), told(name, high));
    Some(match low == high {
        true => high,
        false => format!("{} to {high}", low.trim_end_matches('%')),
    })
}

#[cfg(test)]
mod tests {
    use carto_features::COLUMNS;

    use super::*;

    #[test]
    fn every_feature_has_its_words() {
        for column in COLUMNS {
            let said = fact(column.name, 0.45).unwrap_or_default();
            assert!(!said.is_empty() && !said.contains('_'), "{}: {said}", column.name);
        }
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
        let varied = fact("interval_variance", 14_400.0);
        assert_eq!(varied.as_deref(), Some("the time between its objects varies by 120 ms"));
    }
}
