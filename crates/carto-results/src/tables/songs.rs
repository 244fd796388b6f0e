//! Songs and pairs of maps.

use carto_agreement::{mean_and_std, mean_r};
use carto_types::csv::{Cell, Csv};
use carto_types::{ResultMap, ResultPair, ResultSong, SignalChannel};

/// One row a song, with means over its pairs; empty without pairs.
pub(super) fn songs(songs: &[ResultSong]) -> String {
    let r_heads = SignalChannel::ALL.map(|channel| format!("{}_r", channel.name()));
    let heads = ["song", "title", "artist", "n_mappers", "n_pairs"];
    let heads = heads
        .into_iter()
        .chain(r_heads.iter().map(String::as_str))
        .chain(["full_cosine", "latent_cosine"]);
    let mut csv = Csv::new(heads);
    for (number, song) in (1..).zip(songs) {
        let r = mean_r(song.pairs.iter().map(|pair| &*pair.channels));
        let r = r.map_or([Cell::Empty; SignalChannel::COUNT], |r| r.map(Cell::Number));
        let mean = |values: &[f64]| Cell::from(mean_and_std(values).map(|(mean, _)| mean));
        let cosines: Vec<_> = song.pairs.iter().map(|pair| pair.full_cosine).collect();
        let latent: Vec<_> = song.pairs.iter().filter_map(|pair| pair.latent_cosine).collect();
        let names = [Cell::Count(number), Cell::Text(&song.title), Cell::Text(&song.artist)];
        let counts = [song.mappers().len(), song.pairs.len()].map(|n| Cell::Count(n as u32));
        let cosines = [mean(&cosines), mean(&latent)];
        csv.row(names.into_iter().chain(counts).chain(r).chain(cosines));
    }
    csv.into_text()
}

/// One row a pair: all figures of its channels, then r of its latents.
pub(super) fn pairs(songs: &[ResultSong]) -> String {
    let latents = songs.iter().flat_map(|song| &song.pairs).map(n_latents);
    let n_latents = latents.max().unwrap_or_default();
    let has_owners = songs.iter().flat_map(|song| &song.maps).any(|map| map.owner.is_some());
    let heads = heads(n_latents, has_owners);
    let mut csv = Csv::new(heads.iter().map(String::as_str));
    for (number, song) in (1..).zip(songs) {
        for pair in &song.pairs {
            let names = [Cell::Count(number), Cell::Text(&song.title), Cell::Text(&song.artist)];
            let maps = [pair.a, pair.b].map(|place| map_cells(song.maps.get(place as usize)));
            let owners = has_owners.then(|| owner_cells(song, pair)).into_iter().flatten();
            let channels = pair.channels.iter().flat_map(|channel| {
                [channel.pearson, channel.cosine, channel.mean_abs_diff].map(Cell::Number)
            });
            let cosines = [Cell::Number(pair.full_cosine), Cell::from(pair.latent_cosine)];
            let r = |idx| pair.latents.as_ref().and_then(|latents| latents.get(idx));
            let latents = (0..n_latents).map(|idx| Cell::from(r(idx).map(|latent| latent.pearson)));
            let cells = names.into_iter().chain(maps.into_iter().flatten());
            let cells = cells.chain(owners).chain(channels);
            csv.row(cells.chain(cosines).chain(latents));
        }
    }
    csv.into_text()
}

/// - `has_owners`: whether any map says who made it
fn heads(n_latents: usize, has_owners: bool) -> Vec<String> {
    let names = ["song", "title", "artist", "mapper_a", "difficulty_a", "mapper_b", "difficulty_b"];
    let owners = ["evidence_a", "stars_a", "evidence_b", "stars_b", "audio"];
    let owners = has_owners.then_some(owners).into_iter().flatten();
    let channels = SignalChannel::ALL.iter().flat_map(|channel| {
        ["r", "cosine", "mean_abs_diff"].map(|figure| format!("{}_{figure}", channel.name()))
    });
    let cosines = ["full_cosine", "latent_cosine"];
    let latents = (0..n_latents).map(|dim| format!("latent_{dim}_r"));
    let names = names.into_iter().chain(owners).map(str::to_owned);
    names.chain(channels).chain(cosines.map(str::to_owned)).chain(latents).collect()
}

/// How the mappers of a pair are known, the stars of its maps, and how their audio relates.
fn owner_cells<'a>(song: &'a ResultSong, pair: &ResultPair) -> [Cell<'a>; 5] {
    let [a, b] = [pair.a, pair.b].map(|place| song.maps.get(place as usize));
    let evidence = |map: Option<&'a ResultMap>| {
        let owner = map.and_then(|map| map.owner.as_ref());
        owner.map_or(Cell::Empty, |owner| Cell::Text(owner.evidence.name()))
    };
    let stars = |map: Option<&ResultMap>| Cell::from(map.and_then(|map| map.star_rating));
    let audio = pair.audio.map_or(Cell::Empty, |audio| Cell::Text(audio.name()));
    [evidence(a), stars(a), evidence(b), stars(b), audio]
}

fn n_latents(pair: &ResultPair) -> usize {
    pair.latents.as_ref().map_or(0, Vec::len)
}

fn map_cells(map: Option<&ResultMap>) -> [Cell<'_>; 2] {
    map.map_or([Cell::Empty; 2], |map| [Cell::Text(&map.creator), Cell::Text(&map.version)])
}
