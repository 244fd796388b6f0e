use carto_agreement::mean_and_std;
use carto_types::{ResultOrigin, ResultSong, RunResult, ShownResult, ShownSong};

use crate::check::N_CHANNELS;

/// A result as the page shows it.
#[must_use]
pub fn shown(result: &RunResult) -> ShownResult {
    ShownResult {
        name: result.name.clone(),
        origin: origin_line(&result.origin),
        mode: result.parameters.mode,
        encoder: result.parameters.encoder.clone(),
        backend: result.parameters.backend.clone(),
        step: result.parameters.step,
        track_a: result.track_a.clone(),
        track_b: result.track_b.clone(),
        synthesis: result.synthesis.clone(),
        held_out: result.held_out.clone(),
        songs: result.songs.iter().map(shown_song).collect(),
        issues: result.issues.clone(),
    }
}

/// Who made it and when: "osu-dreamer-cartography, 7ec522b, 2026-02-14".
fn origin_line(origin: &ResultOrigin) -> String {
    let commit = origin.commit.as_ref().map(|commit| commit.chars().take(7).collect());
    let parts = [Some(origin.program.clone()), commit, origin.date.clone()];
    let parts = parts.into_iter().flatten().filter(|part: &String| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

fn shown_song(song: &ResultSong) -> ShownSong {
    ShownSong {
        title: song.title.clone(),
        artist: song.artist.clone(),
        n_mappers: n_mappers(song),
        n_pairs: song.pairs.len() as u32,
        r: (!song.pairs.is_empty()).then(|| (0..N_CHANNELS).map(|idx| mean_r(song, idx)).collect()),
    }
}

/// Distinct names of mappers.
pub(crate) fn n_mappers(song: &ResultSong) -> u32 {
    let mut creators: Vec<_> = song.maps.iter().map(|map| &map.creator).collect();
    creators.sort();
    creators.dedup();
    creators.len() as u32
}

/// Over the pairs of the song, in their order.
pub(crate) fn mean_r(song: &ResultSong, channel_idx: usize) -> f64 {
    let channels = song.pairs.iter().filter_map(|pair| pair.channels.get(channel_idx));
    let values: Vec<_> = channels.map(|channel| channel.pearson).collect();
    mean_and_std(&values).map_or(0.0, |(mean, _)| mean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    #[test]
    fn a_shown_result_has_one_row_a_song_and_who_made_it_in_a_line() {
        let mut result = fixtures::result(5);
        result.origin.commit = Some("7ec522b0123456789".to_owned());
        result.songs[1].pairs.clear();
        let shown = shown(&result);
        assert_eq!(shown.origin, "osu! Latent Space Cartography 0.1.0, 7ec522b, 2026-03-01");
        assert_eq!(shown.track_b, result.track_b);
        let rows: Vec<_> = shown.songs.iter().map(|song| (song.n_mappers, song.n_pairs)).collect();
        assert_eq!(rows, [(3, 1), (3, 0)]);
        let pair = &result.songs[0].pairs[0];
        assert_eq!(shown.songs[0].r.as_ref().unwrap()[4], pair.channels[4].pearson);
        assert_eq!(shown.songs[1].r, None);
    }
}
