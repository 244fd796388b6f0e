/// What the published dataset writes for a genre that is not known.
pub const UNKNOWN_GENRE: &str = "unknown";

/// Names of the API's genres by their number (osu! API v2, `genre_id` of a set;
/// names as in the published `dataset.csv`). There is no genre 8.
const NAMES: [(i64, &str); 14] = [
    (0, "any"),
    (1, "unspecified"),
    (2, "video_game"),
    (3, "anime"),
    (4, "rock"),
    (5, "pop"),
    (6, "other"),
    (7, "novelty"),
    (9, "hip_hop"),
    (10, "electronic"),
    (11, "metal"),
    (12, "classical"),
    (13, "folk"),
    (14, "jazz"),
];

/// The name of a genre; [`UNKNOWN_GENRE`] for a number that has none.
#[must_use]
pub fn genre_name(id: Option<i64>) -> &'static str {
    let of_id = |id| NAMES.iter().find(|(number, _)| *number == id).map(|&(_, name)| name);
    id.and_then(of_id).unwrap_or(UNKNOWN_GENRE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_without_a_name_are_unknown() {
        assert_eq!(genre_name(Some(10)), "electronic");
        for id in [None, Some(8), Some(15), Some(-1)] {
            assert_eq!(genre_name(id), UNKNOWN_GENRE);
        }
    }
}
