//! The invented songs of the demo set.

/// What the maps of one song say about it, and how it runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Song {
    /// `Title` and `Artist`: what the published pipeline groups by.
    pub(super) title: &'static str,
    pub(super) artist: &'static str,
    /// `TitleUnicode` and `ArtistUnicode`: as osu! shows them.
    pub(super) title_unicode: &'static str,
    pub(super) artist_unicode: &'static str,
    pub(super) tags: &'static str,
    pub(super) bpm: f64,
    /// Tempo of the second half, where it changes.
    pub(super) second_bpm: Option<f64>,
    /// Beats per bar.
    pub(super) meter: usize,
    pub(super) length_s: f64,
    /// How many of the five mappers mapped it.
    pub(super) n_mappers: usize,
}

/// The song at `song_idx`; after the last one they start again.
pub(super) fn song(song_idx: usize) -> Song {
    SONGS[song_idx % SONGS.len()]
}

/// A song's title: from the second round of the catalogue on with the number of the round.
pub(super) fn numbered_title(title: &str, song_idx: usize) -> String {
    match song_idx / SONGS.len() {
        0 => title.to_owned(),
        round => format!("{title} (Part {})", round + 1),
    }
}

const fn plain(
    title: &'static str,
    artist: &'static str,
    tags: &'static str,
    bpm: f64,
    length_s: f64,
    n_mappers: usize,
) -> Song {
    Song {
        title,
        artist,
        title_unicode: title,
        artist_unicode: artist,
        tags,
        bpm,
        second_bpm: None,
        meter: 4,
        length_s,
        n_mappers,
    }
}

/// Titles and artists are invented. One title and artist keep their accents in
/// the romanised fields too, so that grouping and tables meet them.
const SONGS: [Song; 12] = [
    plain("The Lantern Maker's Cat", "Mira Hollowell", "folk evening", 128.0, 54.0, 5),
    plain("Étude for a Rainy Tram", "Lumière Alley", "piano rain", 140.0, 52.0, 3),
    plain("Salt and Starlight", "Quiet Harbour Society", "drum and bass sea", 174.0, 58.0, 4),
    plain("Nine Kites over Brookmere", "Juniper & Slate", "indie wind", 150.0, 64.0, 3),
    Song {
        second_bpm: Some(180.0),
        ..plain("Clockwork Orchard", "Tobias Wrenfield", "speeds up brass", 160.0, 76.0, 3)
    },
    Song {
        title_unicode: "Slow Train to Åkervik",
        ..plain("Slow Train to Akervik", "Brassbound Owls", "swing north", 96.0, 56.0, 4)
    },
    plain("Marmalade Skyline", "Pixel Parasol", "chiptune city", 185.0, 58.0, 3),
    Song {
        artist_unicode: "Odette Färberlin",
        meter: 3,
        ..plain("Waltz of the Small Hours", "Odette Farberlin", "waltz night", 138.0, 50.0, 3)
    },
    plain("A Bicycle in Winter", "The Hollow Reed Choir", "choir snow", 110.0, 90.0, 3),
    plain("Signals from a Paper Lighthouse", "Fern & Fathom", "synth shore", 132.0, 55.0, 4),
    Song {
        artist_unicode: "Señor Cumulus",
        ..plain("Firefly Arithmetic", "Senor Cumulus", "electro counting", 200.0, 62.0, 3)
    },
    plain("Last Bus to Quillmoor", "Ada Fenwick's Lamplighters", "rock home", 145.0, 54.0, 3),
];
