//! A result as the page shows it, with the rows of its songs.

use carto_agreement::mean_r;
use carto_charts::result_name;
use carto_types::{
    OtherAudio, ResultSong, RunResult, ShownResult, SongMap, SongMapper, SongPair, SongRow,
    SongStatus,
};

/// Figures to draw, and the songs as the rows of a table: the same rows as a run shows. What
/// has no name is shown under its [`usual_name`].
#[must_use]
pub fn shown(mut result: RunResult) -> ShownResult {
    if result.name.trim().is_empty() {
        result.name = usual_name(&result);
    }
    // What came from a link has lost its pairs on the way.
    let is_of_link = result.parameters.step.is_some();
    let songs = (0..).zip(&result.songs);
    let songs = songs.map(|(song_idx, song)| row(song_idx, song, is_of_link)).collect();
    ShownResult::new(result, songs)
}

/// What a result is called that has no name, by its songs and its day.
#[must_use]
pub fn usual_name(result: &RunResult) -> String {
    let compared = || result.songs.iter().filter(|song| !song.pairs.is_empty());
    let only_title = compared().next().map(|song| &*song.title);
    let n_songs = match (compared().count(), &result.track_a) {
        // A link may not name all.
        (0, Some(track_a)) => track_a.songs_analyzed as usize,
        (n_songs, _) => n_songs,
    };
    result_name(n_songs, only_title, result.origin.date.as_deref())
}

fn row(song_idx: u32, song: &ResultSong, is_of_link: bool) -> SongRow {
    let maps: Vec<SongMap> = song.maps.iter().map(SongMap::from).collect();
    let pairs: Vec<SongPair> = song.pairs.iter().map(SongPair::from).collect();
    let status = match (song.pairs.is_empty(), is_of_link) {
        (false, _) => SongStatus::Done,
        (true, true) => SongStatus::NameOnly,
        (true, false) => SongStatus::NoPairs,
    };
    let is_name_only = status == SongStatus::NameOnly;
    SongRow {
        song_idx,
        title: song.title.clone(),
        artist: song.artist.clone(),
        mappers: SongMapper::of_maps(&maps).into(),
        difficulties: maps.iter().map(|map| &*map.version).collect::<Vec<_>>().join("\n").into(),
        other_audio: OtherAudio::of_pairs(&maps, &pairs),
        n_pairs: (!is_name_only).then_some(pairs.len()),
        r: mean_r(song.pairs.iter().map(|pair| &*pair.channels)),
        maps: if is_name_only { Vec::new().into() } else { maps.into() },
        pairs: pairs.into(),
        status,
    }
}

#[cfg(test)]
mod tests {
    use carto_types::AudioRelation;

    use super::*;
    use crate::{fixtures, make_link, read_link};

    #[test]
    fn a_result_file_s_rows_say_what_its_run_showed() {
        let result = fixtures::result_with_owners(90);
        let song = result.songs[0].clone();
        let shown = shown(result);
        let row = &shown.songs[0];
        assert_eq!((row.n_pairs, row.status), (Some(1), SongStatus::Done));
        let r = song.pairs[0].channels.iter().map(|channel| channel.pearson);
        assert_eq!(row.r.map(Vec::from), Some(r.collect()));
        assert_eq!(row.pairs[0].audio, Some(AudioRelation::SameFile));
        assert_eq!(row.pairs[0].agreement.channels[3], song.pairs[0].channels[3]);
        let names: Vec<_> = row.mappers.iter().map(|mapper| &*mapper.name).collect();
        assert_eq!(names, ["@first", "second", "third"]);
        let map = &row.maps[0];
        assert_eq!((map.beatmap_id, map.audio_file.as_deref()), (Some(129_891), Some("audio.mp3")));
        assert_eq!((map.audio_frames, map.star_rating), (Some(20_000), Some(5.12345)));
        assert!(row.maps[2].refusal.is_some(), "the third takes no part");
    }

    #[test]
    fn what_has_no_name_is_called_by_its_songs_and_day() {
        let mut result = fixtures::result(92);
        assert_eq!(shown(result.clone()).name, "Forty songs of spring");
        result.name = " ".to_owned();
        assert_eq!(shown(result.clone()).name, "2 songs, 2026-03-01");
        result.songs.clear();
        assert_eq!(usual_name(&result), "292 songs, 2026-03-01");
    }

    #[test]
    fn a_link_s_rows_have_names_alone() {
        // Without one part there is room for names.
        let result = RunResult { held_out: None, ..fixtures::result(91) };
        let link = make_link(&result, true).unwrap().fragment;
        let shown = shown(read_link(&link).unwrap());
        assert_eq!(shown.songs.len(), 2);
        let row = &shown.songs[1];
        assert_eq!((row.status, row.n_pairs, row.r), (SongStatus::NameOnly, None, None));
        assert_eq!((row.mappers.len(), row.maps.len()), (3, 0));
    }
}
