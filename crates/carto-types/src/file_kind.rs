//! What a file is by its name: one rule for every place that takes files.

use crate::SourceKind;

/// What the name of a file says that it holds. Whether it does is for its reader to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `.osz`, or osu!lazer's `.olz`: a beatmap archive.
    Archive,
    /// `.osu`: one map.
    Map,
    /// `.zip`: a pack of archives, or one archive under another name.
    Pack,
    /// `.7z` or `.rar`: a pack in a format that is not read, see [`why_no_source`].
    OtherPack,
    /// `.osdb`, or osu!stable's `collection.db`, whatever a person calls it, but no other
    /// `.db` of osu! or Windows.
    Collections,
    /// `.classifier`: a classifier that was trained in the page.
    Classifier,
    /// `.safetensors`, `.ckpt` or `.pt`: the weights of an encoder.
    Encoder,
    /// `crossval*.json`: what `carto crossval` writes.
    CrossValidation,
    /// Any other `.json`: results of a run, in our own layout or a published one.
    Results,
    /// `.mp3`, `.ogg` and so on: music, or a sound, of a set.
    Audio,
    /// Nothing that is read.
    Other,
}

/// Extensions that decide alone; `.db` and `.json` ask for the rest of the name too.
const EXTENSIONS: [(&str, FileKind); 20] = [
    ("osz", FileKind::Archive),
    ("olz", FileKind::Archive),
    ("osu", FileKind::Map),
    ("zip", FileKind::Pack),
    ("7z", FileKind::OtherPack),
    ("rar", FileKind::OtherPack),
    ("osdb", FileKind::Collections),
    ("classifier", FileKind::Classifier),
    ("safetensors", FileKind::Encoder),
    ("ckpt", FileKind::Encoder),
    ("pt", FileKind::Encoder),
    ("mp3", FileKind::Audio),
    ("ogg", FileKind::Audio),
    ("oga", FileKind::Audio),
    ("opus", FileKind::Audio),
    ("wav", FileKind::Audio),
    ("flac", FileKind::Audio),
    ("m4a", FileKind::Audio),
    ("mp4", FileKind::Audio),
    ("aac", FileKind::Audio),
];

/// Files that end in `.db` and hold no collections: osu!stable's other ones, osu!lazer's, and
/// Windows' small pictures.
const OTHER_DATABASES: [&str; 5] = ["osu!", "scores", "presence", "online", "thumbs"];

impl FileKind {
    /// Kind of a file by the last part of its path, in whatever case it is written.
    ///
    /// - `path`: with `/` between folders, or a name alone
    #[must_use]
    pub fn of_name(path: &str) -> Self {
        let Some((stem, extension)) = stem_and_extension(path) else { return Self::Other };
        let begins_with = |start: &str| {
            stem.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
        };
        if extension.eq_ignore_ascii_case("json") {
            return if begins_with("crossval") { Self::CrossValidation } else { Self::Results };
        }
        if extension.eq_ignore_ascii_case("db") {
            let is_other = OTHER_DATABASES.iter().any(|other| stem.eq_ignore_ascii_case(other));
            return if is_other { Self::Other } else { Self::Collections };
        }
        let known = EXTENSIONS.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known));
        known.map_or(Self::Other, |(_, kind)| *kind)
    }

    /// How maps are read from it; `None` for a file without maps.
    #[must_use]
    pub fn source_kind(self) -> Option<SourceKind> {
        match self {
            Self::Archive => Some(SourceKind::Archive),
            Self::Map => Some(SourceKind::BareMap),
            _ => None,
        }
    }

    /// Whether a run reads it below a folder, beside extracted sets.
    #[must_use]
    pub fn is_for_run(self) -> bool {
        matches!(self, Self::Archive | Self::Pack | Self::OtherPack | Self::Encoder)
    }

    /// Whether the view of beatmaps reads it below a folder, beside extracted sets.
    #[must_use]
    pub fn is_for_beatmaps(self) -> bool {
        self.is_for_run() || self.opens_beatmaps()
    }

    /// Whether the view of beatmaps alone reads it.
    #[must_use]
    pub fn opens_beatmaps(self) -> bool {
        matches!(self, Self::Collections | Self::Classifier)
    }
}

/// What is said of a file from which no map is read: what it is, and what to do.
#[must_use]
pub fn why_no_source(path: &str) -> &'static str {
    known_without_maps(path).unwrap_or("it is neither an .osz archive nor an .osu file")
}

/// The same of files that people take for maps, by their names: other archives, and what osu!
/// itself keeps; `None` for all others.
#[must_use]
pub fn known_without_maps(path: &str) -> Option<&'static str> {
    if is_lazer_file(path) {
        return Some(LAZER_FILE);
    }
    let (stem, extension) = stem_and_extension(path)?;
    let is_database = extension.eq_ignore_ascii_case("db");
    match extension.to_ascii_lowercase().as_str() {
        "7z" => Some(
            "it is a 7-Zip archive, which is not read: unpack it, and take the .osz files in it",
        ),
        "rar" => {
            Some("it is a RAR archive, which is not read: unpack it, and take the .osz files in it")
        }
        "osk" => Some("it is a skin, in which there are no maps: take .osz archives"),
        "osr" => Some(
            "it is a replay, in which there is no map: take the .osz archive of the map that was \
             played",
        ),
        "osb" => Some(
            "it is a storyboard, in which there is no map: take the .osz archive that it belongs to",
        ),
        "realm" => Some(
            "it is osu!lazer's database, in which there are no maps: in osu!lazer, open a map in \
             the editor, choose File and Export, and take the .osz or .olz from its folder \
             exports; for its collections, open it in Collection Manager and save them as .osdb",
        ),
        _ if is_database && stem.eq_ignore_ascii_case("osu!") => {
            Some("it is osu!'s list of maps, not the maps: take the folder Songs beside it")
        }
        _ if is_database && stem.eq_ignore_ascii_case("scores") => {
            Some("it is osu!'s list of scores, in which there are no maps: take the folder Songs")
        }
        _ if is_database
            && ["presence", "online"].iter().any(|it| stem.eq_ignore_ascii_case(it)) =>
        {
            Some(
                "it is one of osu!'s own databases, in which there are no maps: take the folder Songs",
            )
        }
        _ => None,
    }
}

/// What is said of one of osu!lazer's own files.
const LAZER_FILE: &str = "its name is a hash, as osu!lazer names the files of all maps, which \
    nothing but osu!lazer puts together: in osu!lazer, open a map in the editor, choose File and \
    Export, and take the .osz or .olz from its folder exports";

/// Whether osu!lazer keeps a file under this name: the SHA-256 of its content in hexadecimal,
/// without an extension.
#[must_use]
pub fn is_lazer_file(path: &str) -> bool {
    const N_DIGITS: usize = 64;
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    name.len() == N_DIGITS && name.bytes().all(is_digit)
}

/// Whether the published rules take the name for that of an archive or a map: they know
/// `.osz` and `.osu` in lower case alone.
#[must_use]
pub fn is_read_by_published_rules(path: &str) -> bool {
    stem_and_extension(path).is_some_and(|(_, extension)| matches!(extension, "osz" | "osu"))
}

/// Whether the name is that of a sound that osu! plays at hit objects, which is never the
/// music: `soft-hitclap2.wav`, `taiko-normal-hitfinish.ogg`, `drum-slidertick.wav`.
#[must_use]
pub fn is_hit_sound(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let name = name.strip_prefix("taiko-").unwrap_or(&name);
    let of_bank = ["normal-", "soft-", "drum-"].iter().find_map(|bank| name.strip_prefix(bank));
    of_bank.is_some_and(|sound| sound.starts_with("hit") || sound.starts_with("slider"))
}

/// `a/b.c.osz` as `b.c` and `osz`; `None` for a name without a full stop.
fn stem_and_extension(path: &str) -> Option<(&str, &str)> {
    path.rsplit('/').next().unwrap_or(path).rsplit_once('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_files_hold_whatever_their_case() {
        let cases = [
            (FileKind::Archive, &["1001.osz", "sub.folder/Set.OsZ", ".osz", "set.olz"][..]),
            (FileKind::Map, &["a - b (c) [d].osu", "A.OSU"]),
            (
                FileKind::Collections,
                &[
                    "collection.db",
                    "collection (1).db",
                    "Collection.DB",
                    "x/collections (2).osdb",
                    "X.OSDB",
                    "backup of mine.db",
                ],
            ),
            (FileKind::Pack, &["Beatmap Pack #1.zip", "set.osz.ZIP"]),
            (FileKind::OtherPack, &["pack.7z", "x/pack.RAR"]),
            (FileKind::Classifier, &["mine.classifier", "a/MINE.Classifier"]),
            (FileKind::Encoder, &["epoch=3-step=58000.ckpt", "a.SafeTensors", "model.PT"]),
            (
                FileKind::CrossValidation,
                &["runs/crossval_results.json", "crossval_results (1).json", "Crossval.JSON"],
            ),
            (FileKind::Results, &["result.json", "track_b_results.json", "labels.json", "a.JSON"]),
            (FileKind::Audio, &["Audio.MP3", "sub/song.ogg", "soft-hitclap.wav", "a.m4a"]),
            (
                FileKind::Other,
                &[
                    "",
                    "osz",
                    "ckpt",
                    "crossval",
                    "folder.osz/readme",
                    "set.osz.part",
                    "osu!.db",
                    "scores.db",
                    "Presence.db",
                    "online.db",
                    "Thumbs.db",
                    "client.realm",
                    "labels.csv",
                    "crossval.csv",
                    "set.olz/x",
                    "bg.mp3.jpg",
                ],
            ),
        ];
        for (kind, names) in cases {
            for name in names {
                assert_eq!(FileKind::of_name(name), kind, "{name}");
            }
        }
    }

    #[test]
    fn archives_and_maps_alone_hold_maps() {
        assert_eq!(FileKind::of_name("a.OSZ").source_kind(), Some(SourceKind::Archive));
        assert_eq!(FileKind::of_name("a.osu").source_kind(), Some(SourceKind::BareMap));
        assert_eq!(FileKind::of_name("collection.db").source_kind(), None);
    }

    #[test]
    fn collections_and_classifiers_open_the_view_of_beatmaps_however_they_are_written() {
        let opens = |name| FileKind::of_name(name).opens_beatmaps();
        assert!(["collection (1).db", "X.OSDB", "mine.Classifier"].into_iter().all(opens));
        assert!(
            !["1001.osz", "a.osu", "result.json", "encoder.pt", "cover.jpg", "client.realm"]
                .into_iter()
                .any(opens)
        );
    }

    #[test]
    fn packs_of_other_formats_are_named_as_what_they_are() {
        assert!(why_no_source("a/b.7Z").starts_with("it is a 7-Zip archive"));
        assert!(why_no_source("b.rar").starts_with("it is a RAR archive"));
        assert!(why_no_source("7z").starts_with("it is neither"));
    }

    #[test]
    fn what_osu_keeps_beside_maps_is_named_with_what_to_take_instead() {
        let hashed = "5f16fc5b0fcd7be8d2ed1a1cbf46d8f5d4a2e1d2c1a5b8b9f0c7d6e5f4a3b2c1";
        for (path, kind, remedy) in [
            (hashed, "osu!lazer", "Export"),
            ("client.realm", "osu!lazer", "Export"),
            ("backup.Realm", "osu!lazer", "Collection Manager"),
            ("my skin.OSK", "skin", ".osz"),
            ("replay.osr", "replay", ".osz"),
            ("set/story.osb", "storyboard", ".osz"),
            ("osu!.db", "list of maps", "Songs"),
            ("Presence.db", "databases", "Songs"),
        ] {
            let why = known_without_maps(path).unwrap();
            assert!(why.contains(kind) && why.contains(remedy), "{path}: {why}");
        }
        for path in ["cover.jpg", &hashed[1..], &hashed.to_ascii_uppercase(), "a.osz", "x.db"] {
            assert_eq!(known_without_maps(path), None, "{path}");
        }
    }

    #[test]
    fn the_published_rules_know_two_extensions_in_lower_case() {
        assert!(["SUB/A.B.osz", "a.osu"].into_iter().all(is_read_by_published_rules));
        assert!(!["a.osZ", "osz", "a.olz", "a.mp3"].into_iter().any(is_read_by_published_rules));
    }

    #[test]
    fn hit_sounds_are_told_from_music_by_their_names() {
        let sounds = ["soft-hitclap.wav", "x/Drum-SliderTick12.ogg", "taiko-normal-hitfinish2.wav"];
        assert!(sounds.into_iter().all(is_hit_sound));
        let music = ["audio.mp3", "soft-rain.mp3", "soft.mp3", "hit.ogg", "normal-hit/audio.mp3"];
        assert!(!music.into_iter().any(is_hit_sound));
    }
}
