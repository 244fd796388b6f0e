//! The songs of a result, with their maps and pairs.

use carto_types::{ResultPair, ResultSong, SignalChannel};

use super::rules::{
    MAX_DIMS, MAX_MAPS, MAX_PAIRS, MAX_SONGS, MAX_TEXT, POSITIVE, UNIT, limited, of_length, within,
};
use crate::ResultError;

/// - `n_dims`: latents, where another part of the result says how many
pub(super) fn check(songs: &[ResultSong], mut n_dims: Option<usize>) -> Result<(), ResultError> {
    limited(songs.len(), MAX_SONGS, || "songs".to_owned())?;
    let n_pairs = songs.iter().map(|song| song.pairs.len()).sum();
    limited(n_pairs, MAX_PAIRS, || "all pairs of songs together".to_owned())?;
    for (idx, song) in songs.iter().enumerate() {
        limited(song.maps.len(), MAX_MAPS, || format!("songs[{idx}].maps"))?;
        let names = song.maps.iter().flat_map(|map| [&map.creator, &map.version]);
        let owners = song.maps.iter().filter_map(|map| map.owner.as_ref());
        let files = song.maps.iter().filter_map(|map| map.audio_file.as_ref());
        let names = names.chain(owners.flat_map(|owner| &owner.names)).chain(files);
        for text in [&song.title, &song.artist].into_iter().chain(names) {
            limited(text.len(), MAX_TEXT, || format!("a name in songs[{idx}]"))?;
        }
        for (place, stars) in
            song.maps.iter().enumerate().filter_map(|(place, map)| Some((place, map.star_rating?)))
        {
            within(stars, POSITIVE, || format!("songs[{idx}].maps[{place}].star_rating"))?;
        }
        limited(song.ceiling.len(), MAX_MAPS, || format!("songs[{idx}].ceiling"))?;
        let names =
            song.ceiling.iter().flat_map(|pair| pair.versions.iter().chain([&pair.creator]));
        for text in names {
            limited(text.len(), MAX_TEXT, || format!("a name in songs[{idx}].ceiling"))?;
        }
        for (place, pair) in song.pairs.iter().enumerate() {
            let at = || format!("songs[{idx}].pairs[{place}]");
            check_pair(pair, song.maps.len(), &at)?;
            let Some(latents) = &pair.latents else { continue };
            let expected = *n_dims.get_or_insert(latents.len());
            of_length(latents.len(), expected, || at() + ".latents")?;
        }
    }
    Ok(())
}

fn check_pair(
    pair: &ResultPair,
    n_maps: usize,
    at: &impl Fn() -> String,
) -> Result<(), ResultError> {
    let ResultPair { a, b, channels, latents, .. } = pair;
    if a == b || [a, b].iter().any(|&&place| place as usize >= n_maps) {
        return Err(ResultError::Pair { at: at(), a: *a, b: *b, n_maps });
    }
    of_length(channels.len(), SignalChannel::COUNT, || at() + ".channels")?;
    for channel in channels {
        within(channel.pearson, UNIT, || at() + ", r of a channel")?;
        within(channel.cosine, UNIT, || at() + ", cosine of a channel")?;
        within(channel.mean_abs_diff, POSITIVE, || at() + ", difference of a channel")?;
    }
    within(pair.full_cosine, UNIT, || at() + ".full_cosine")?;
    for latent in latents.iter().flatten() {
        within(latent.pearson, UNIT, || at() + ", r of a latent")?;
        within(latent.cosine, UNIT, || at() + ", cosine of a latent")?;
    }
    limited(latents.as_ref().map_or(0, Vec::len), MAX_DIMS, || at() + ".latents")?;
    pair.latent_cosine.map_or(Ok(()), |cosine| within(cosine, UNIT, || at() + ".latent_cosine"))
}
