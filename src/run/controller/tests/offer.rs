//! A song that is handed to the view of one song.

use super::*;

#[test]
fn a_song_comes_with_its_maps_its_pair_and_the_files_of_its_sources_alone() {
    let mut bench = Bench::new();
    bench.controller.set_mode(Mode::Osu);
    bench.add(&["moon-ann.osz", "moon-bob.osz", "tide-ann.osz", "tide-bob.osz"]);
    bench.drive();
    let row = bench.controller.song_rows().into_iter().find(|row| row.title == "tide").unwrap();
    let name = carto_types::song_name("TIDE", &row.artist);
    let (song, files) = bench.controller.offered_song(&name).unwrap();
    assert_eq!(files, ["tide-ann.osz", "tide-bob.osz"]);
    assert_eq!(song.sources.len(), 2);
    let mappers: Vec<_> = song.maps.iter().map(|map| (&*map.mapper, map.slot)).collect();
    assert_eq!(mappers, [("ann", 0), ("bob", 1)]);
    assert_eq!(song.pairs.iter().map(|pair| (pair.a, pair.b)).collect::<Vec<_>>(), [(0, 1)]);
    assert_eq!((song.title.as_str(), song.mode), ("tide", Mode::Osu));
    assert_eq!(bench.controller.offered_song("nobody - rain"), None);
}
