/// What a file's name says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameClass {
    /// `.osz`; `is_lower_case` as the published rules demand.
    Archive {
        /// Whether the ending is written in lower case.
        is_lower_case: bool,
    },
    /// `.osu`.
    BareMap {
        /// Whether the ending is written in lower case.
        is_lower_case: bool,
    },
    /// Anything else.
    Other,
}

/// Classes a path by its ending alone; what is inside is the worker's matter.
pub(crate) fn classify(path: &str) -> NameClass {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((_, ending)) = name.rsplit_once('.') else { return NameClass::Other };
    let is_lower_case = !ending.bytes().any(|byte| byte.is_ascii_uppercase());
    if ending.eq_ignore_ascii_case("osz") {
        NameClass::Archive { is_lower_case }
    } else if ending.eq_ignore_ascii_case("osu") {
        NameClass::BareMap { is_lower_case }
    } else {
        NameClass::Other
    }
}

/// Whether a file's name says that it holds an encoder's weights.
pub(crate) fn is_encoder(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["safetensors", "ckpt", "pt"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a file's name says that `carto crossval` wrote it.
pub(crate) fn is_cross_validation(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("crossval") && name.ends_with(".json")
}

/// Whether a file's name says that it holds results of a run.
pub(crate) fn is_result(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.eq_ignore_ascii_case("json") && !is_cross_validation(path)
}

/// The path without the picked folder's own name; a lone name stays.
pub(super) fn below_root(relative_path: &str) -> &str {
    relative_path.split_once('/').map_or(relative_path, |(_, below)| below)
}

/// The path of a file or folder inside a folder; `""` is the dropped folder itself.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides_and_its_case_is_kept() {
        let cases = [
            ("1001.osz", NameClass::Archive { is_lower_case: true }),
            ("sub.folder/Set.OsZ", NameClass::Archive { is_lower_case: false }),
            ("a - b (c) [d].osu", NameClass::BareMap { is_lower_case: true }),
            ("A.OSU", NameClass::BareMap { is_lower_case: false }),
            ("folder.osz/readme", NameClass::Other),
            ("osz", NameClass::Other),
            ("song.mp3", NameClass::Other),
            ("set.osz.part", NameClass::Other),
            ("", NameClass::Other),
        ];
        for (path, expected) in cases {
            assert_eq!(classify(path), expected, "{path}");
        }
    }

    #[test]
    fn weights_are_told_by_their_ending() {
        assert!(is_encoder("epoch=3-step=58000.ckpt") && is_encoder("a.SafeTensors"));
        assert!(!is_encoder("ckpt") && !is_encoder("a.osz"));
    }

    #[test]
    fn cross_validations_are_told_by_their_name() {
        assert!(is_cross_validation("runs/crossval_results.json"));
        assert!(is_cross_validation("crossval_results (1).json"));
        assert!(
            !is_cross_validation("track_b_results.json") && !is_cross_validation("crossval.osz")
        );
    }

    #[test]
    fn a_picked_folders_own_name_is_left_out() {
        assert_eq!(below_root("songs/1001.osz"), "1001.osz");
        assert_eq!(below_root("songs/more/1001.osz"), "more/1001.osz");
        assert_eq!(below_root("1001.osz"), "1001.osz");
    }

    #[test]
    fn paths_below_the_dropped_folder_carry_no_leading_slash() {
        assert_eq!(join("", "a.osz"), "a.osz");
        assert_eq!(join("more/deep", "a.osz"), "more/deep/a.osz");
    }
}
