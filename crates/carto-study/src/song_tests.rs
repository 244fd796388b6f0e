use carto_types::PlannedMap;

use super::*;

fn map(archive_idx: u32, audio_idx: Option<u32>) -> PlannedMap {
    PlannedMap {
        archive_idx,
        map_idx: 0,
        label: String::new(),
        entry_idx: 0,
        audio_idx,
        is_bare: false,
        refusal: None,
        creator: String::new(),
        mapper: archive_idx,
        owner: None,
        star_rating: None,
        version: String::new(),
        file_name: String::new(),
    }
}

#[test]
fn audio_is_one_file_within_a_set_and_else_told_by_its_length() {
    let of = |maps: [PlannedMap; 2], n_frames: [Option<u32>; 2]| {
        let (title, artist) = (String::new(), String::new());
        let maps = maps.to_vec();
        let song = SongPlan {
            song_idx: 0,
            title,
            artist,
            archives: vec![0, 1],
            maps,
            pairs: Vec::new(),
            evidence: None,
        };
        let status = MapStatus::Encoded;
        let outcomes =
            n_frames.map(|audio_frames| MapOutcome { audio_frames, status: status.clone() });
        audio_relation(&song, &outcomes, 0, 1)
    };
    let (no_length, long) = ([None; 2], [Some(2000), Some(2000)]);
    use AudioRelation::{Other, SameFile, SameLength};
    assert_eq!(of([map(0, Some(3)), map(0, Some(3))], no_length), SameFile);
    assert_eq!(of([map(0, Some(3)), map(0, Some(4))], no_length), Other);
    assert_eq!(of([map(0, Some(3)), map(1, Some(3))], no_length), Other);
    assert_eq!(of([map(0, None), map(0, None)], no_length), Other);
    assert_eq!(of([map(0, Some(3)), map(1, Some(1))], long), SameLength);
    // 8 frames are 47.9 ms, 9 are 53.8 ms.
    let apart = |n: u32| [Some(2000), Some(2000 + n)];
    assert_eq!(of([map(0, Some(3)), map(1, Some(3))], apart(8)), SameLength);
    assert_eq!(of([map(0, Some(3)), map(1, Some(3))], apart(9)), Other);
}
