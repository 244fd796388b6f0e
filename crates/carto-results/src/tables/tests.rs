use carto_types::ChannelMatrix;

use super::*;
use crate::fixtures;

fn table(result: &RunResult, name: &str) -> Vec<String> {
    let tables = tables(result);
    let file = tables.iter().find(|file| file.name == name).unwrap();
    file.text.split_terminator("\r\n").map(str::to_owned).collect()
}

#[test]
fn every_table_has_its_rows_and_columns() {
    let result = fixtures::result(40);
    for (name, n_rows, n_columns) in [
        ("channels.csv", 10, 8),
        ("latents.csv", 33, 9),
        ("synthesis.csv", 288, 4),
        ("coupling.csv", 9, 10),
        ("signs.csv", 240, 6),
        ("held_out.csv", 32, 5),
        ("songs.csv", 2, 16),
        ("pairs.csv", 2, 7 + 27 + 2 + 32),
    ] {
        let rows = table(&result, name);
        assert_eq!(rows.len(), n_rows + 1, "{name}");
        assert_eq!(rows[0].split(',').count(), n_columns, "{name}");
        // The last song has a comma in its title, which stands in quotes.
        let n_commas = rows[1].matches(',').count();
        assert_eq!(n_commas, n_columns - 1, "{name}: {}", rows[1]);
    }
}

#[test]
fn figures_are_those_of_the_result_and_titles_no_formulas() {
    let result = fixtures::result(41);
    let latent = &result.track_b.as_ref().unwrap().dims[5];
    let row: Vec<_> = table(&result, "latents.csv")[6].split(',').map(str::to_owned).collect();
    assert_eq!((&*row[0], row[4].parse()), ("5", Ok(latent.pearson_mean)));
    let rows = table(&result, "songs.csv");
    assert!(rows[1].starts_with("1,'=1+1,'+artist,3,1,"), "{}", rows[1]);
    assert!(
        rows[2].starts_with("2,\"Old \"\"Clockwork\"\", <b>loud</b>\",'+artist,"),
        "{}",
        rows[2]
    );
    assert!(table(&result, "pairs.csv")[1].contains(",'@first,Hard,second,Hard,"));
    let synthesis = result.synthesis.as_ref().unwrap();
    let expected = {
        let [down, up] =
            [&synthesis.downsampled, &synthesis.upsampled].map(|matrix| matrix.cells()[0]);
        format!("0,ONSET,{down:?},{up:?}")
    };
    assert_eq!(table(&result, "synthesis.csv")[1], expected);
}

#[test]
fn owners_stars_and_audio_stand_in_the_table_of_pairs() {
    let rows = table(&fixtures::result_with_owners(43), "pairs.csv");
    assert!(rows[0].contains("difficulty_b,evidence_a,stars_a,evidence_b,stars_b,audio,ONSET_r,"));
    let cells = "Hard,second,Hard,name and tags,5.12345,name and tags,,same file,";
    assert!(rows[1].contains(cells), "{}", rows[1]);
    assert_eq!(rows[0].split(',').count(), 7 + 5 + 27 + 2 + 32);
}

#[test]
fn evidence_has_a_row_for_each_dimension_and_each_pair() {
    let result = fixtures::result_with_evidence(44);
    let rows = table(&result, "evidence_channels.csv");
    assert_eq!((rows.len(), rows[0].split(',').count()), (13, 57));
    assert!(rows.iter().all(|row| row.split(',').count() == 57));
    assert!(rows[8].starts_with("phi,ONSET,2,2,0.5,"), "{}", rows[8]);
    let place = "12,11,10,0.5,0.125,0.75,0.625,0.5625,0.6875,placed,0.75,0.6875,0.8125,";
    assert!(rows[8].contains(&format!(",0.03125,undetermined,,,,,,,,{place}")), "{}", rows[8]);
    let rows = table(&result, "evidence_pairs.csv");
    assert_eq!((rows.len(), rows[0].split(',').count()), (4, 43));
    let lag = "aligned,timing points,-12.5,-1,\"'=another beat, too\",400,380,40,36,0.625,0.25,,";
    assert!(rows[1].contains(&format!(",cross,'@first,Hard,second,Hard,{lag}")), "{}", rows[1]);
    assert!(rows[2].contains(",same mapper,second,Hard,second,Normal,aligned,"), "{}", rows[2]);
    assert!(rows[1].ends_with("0.375,,0.375,0.375,0.5,0.5,0.5,0.5,0.5"), "{}", rows[1]);
    let without = tables(&fixtures::result_with_owners(44));
    assert!(without.iter().all(|file| !file.name.starts_with("evidence")));
}

#[test]
fn what_is_not_known_is_empty_or_missing() {
    let mut result = fixtures::result(42);
    let synthesis = result.synthesis.as_mut().unwrap();
    synthesis.upsampled = ChannelMatrix::default();
    synthesis.between_channels = ChannelMatrix::default();
    result.songs[0].pairs.clear();
    result.songs[1].pairs[0].latents = None;
    result.songs[1].pairs[0].latent_cosine = None;
    assert!(table(&result, "synthesis.csv")[1].ends_with(','));
    assert!(table(&result, "songs.csv")[1].ends_with("3,0,,,,,,,,,,,"));
    assert!(table(&result, "pairs.csv")[1].ends_with(','));
    (result.track_a, result.track_b, result.held_out) = (None, None, None);
    (result.synthesis, result.songs) = (None, Vec::new());
    assert_eq!(tables(&result), []);
}
