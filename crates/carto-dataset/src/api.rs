//! What the osu! API says of a map.

use carto_features::{Md5Sum, UNKNOWN_GENRE};
use carto_types::json_fault;
use serde::Deserialize;

use crate::limits::Limits;

/// The fields of a `beatmaps` answer of osu! API v2 that a row needs.
///
/// Everything but the number may be missing: what is missing stays as the
/// `.osu` has it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ApiBeatmap {
    /// The site's number of the map.
    pub id: u64,
    /// Game: 0 osu!standard, 1 taiko, 2 catch, 3 mania.
    pub mode_int: Option<u8>,
    /// Beats a minute.
    pub bpm: Option<f64>,
    /// Approach rate.
    pub ar: Option<f64>,
    /// Circle size.
    pub cs: Option<f64>,
    /// Overall difficulty.
    pub accuracy: Option<f64>,
    /// Drain rate.
    pub drain: Option<f64>,
    /// Stars without mods.
    pub difficulty_rating: Option<f64>,
    /// Seconds of play without breaks.
    pub hit_length: Option<u32>,
    /// Seconds until the last object.
    pub total_length: Option<u32>,
    /// Circles.
    pub count_circles: Option<u32>,
    /// Sliders.
    pub count_sliders: Option<u32>,
    /// The longest combo.
    pub max_combo: Option<u32>,
    /// "ranked", "loved", "graveyard", ...
    pub status: Option<String>,
    /// MD5 sum of the `.osu` as the site has it now.
    pub checksum: Option<String>,
    /// What the map shares with the others of its set.
    pub beatmapset: Option<ApiBeatmapSet>,
}

/// The fields of a set that a row needs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ApiBeatmapSet {
    /// Romanised title.
    pub title: String,
    /// Romanised artist.
    pub artist: String,
    /// Host of the set.
    pub creator: String,
    /// Number of the genre: [`genre_name`].
    pub genre_id: Option<i64>,
    /// Words that a person searches by, with blanks between them.
    pub tags: Option<String>,
}

/// Why a text is no object of the API.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// No JSON, or a field of another kind.
    #[error("not a beatmap of the osu! API: {reason}")]
    NotABeatmap {
        /// What the reader of JSON says.
        reason: String,
    },
    /// More than such an object has.
    #[error("{n_bytes} bytes, limit is {limit}")]
    TooManyBytes {
        /// Size of the object.
        n_bytes: usize,
        /// [`Limits::max_object_bytes`].
        limit: usize,
    },
}

impl ApiBeatmap {
    /// Reads one object.
    ///
    /// # Errors
    ///
    /// [`ApiError`] for a text that is not such an object.
    pub fn from_json(json: &[u8], limits: &Limits) -> Result<Self, ApiError> {
        let (n_bytes, limit) = (json.len(), limits.max_object_bytes);
        if n_bytes > limit {
            return Err(ApiError::TooManyBytes { n_bytes, limit });
        }
        serde_json::from_slice(json)
            .map_err(|error| ApiError::NotABeatmap { reason: json_fault(&error) })
    }

    /// [`ApiBeatmap::checksum`], where it is a sum.
    #[must_use]
    pub fn md5(&self) -> Option<Md5Sum> {
        Md5Sum::of_hex(self.checksum.as_ref()?)
    }
}

/// Names of the API's genres by their number (osu! API v2, `genre_id` of a set;
/// names as in the published `dataset.csv`). There is no genre 8.
const GENRES: [(i64, &str); 14] = [
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
    let of_id = |id| GENRES.iter().find(|(number, _)| *number == id).map(|&(_, name)| name);
    id.and_then(of_id).unwrap_or(UNKNOWN_GENRE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<ApiBeatmap, ApiError> {
        ApiBeatmap::from_json(json.as_bytes(), &Limits::default())
    }

    #[test]
    fn what_a_row_does_not_need_is_passed_over() {
        let beatmap = read(
            r#"{"id": 7, "bpm": 172, "checksum": null, "url": "x", "beatmapset":
               {"title": "T", "artist": "A", "creator": "C", "genre_id": 3, "covers": {}}}"#,
        )
        .unwrap();
        assert_eq!((beatmap.id, beatmap.bpm, beatmap.ar), (7, Some(172.0), None));
        assert_eq!(beatmap.beatmapset.unwrap().genre_id, Some(3));
    }

    #[test]
    fn what_is_no_beatmap_is_refused() {
        for json in ["", "[]", "{}", r#"{"id": -1}"#, r#"{"id": 1, "bpm": 1e999}"#, "{\"id\": 1"] {
            assert!(matches!(read(json), Err(ApiError::NotABeatmap { .. })), "{json}");
        }
        let limits = Limits { max_object_bytes: 3, ..Limits::default() };
        let error = ApiError::TooManyBytes { n_bytes: 9, limit: 3 };
        assert_eq!(ApiBeatmap::from_json(b"{\"id\": 1}", &limits), Err(error));
    }

    #[test]
    fn numbers_without_a_name_are_unknown() {
        assert_eq!(genre_name(Some(10)), "electronic");
        for id in [None, Some(8), Some(15), Some(-1)] {
            assert_eq!(genre_name(id), UNKNOWN_GENRE);
        }
    }
}
