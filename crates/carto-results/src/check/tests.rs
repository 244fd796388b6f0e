use carto_types::{AgreementClass, ChannelMatrix, RunResult};

use super::check;
use crate::fixtures;

/// Breaks a good result and gives what is said of it.
fn broken(breaks: impl FnOnce(&mut RunResult)) -> String {
    let mut result = fixtures::result(7);
    breaks(&mut result);
    check(&result).unwrap_err().to_string()
}

#[test]
fn a_whole_run_is_fine_and_so_is_an_empty_one() {
    let mut result = fixtures::result(7);
    assert_eq!(check(&result), Ok(()));
    (result.track_a, result.track_b, result.synthesis) = (None, None, None);
    (result.held_out, result.songs) = (None, Vec::new());
    assert_eq!(check(&result), Ok(()));
}

#[test]
fn figures_of_the_published_layouts_may_lack_tables() {
    let mut result = fixtures::result(7);
    let synthesis = result.synthesis.as_mut().unwrap();
    synthesis.upsampled = ChannelMatrix::default();
    synthesis.between_channels = ChannelMatrix::default();
    synthesis.mean_abs_upsampled = 0.0;
    result.track_b.as_mut().unwrap().cosines.clear();
    assert_eq!(check(&result), Ok(()));
}

#[test]
fn every_fault_of_a_track_has_its_place() {
    type Break = (&'static str, fn(&mut RunResult));
    let breaks: [Break; 12] = [
        ("format is \"x\" instead of", |result| result.format = "x".to_owned()),
        ("track_a.channels has 8 entries instead of 9", |result| {
            result.track_a.as_mut().unwrap().channels.pop();
        }),
        ("ONSET, name is \"COMBO\" instead of \"ONSET\"", |result| {
            result.track_a.as_mut().unwrap().channels.swap(0, 1);
        }),
        ("COMBO, pearson_mean is 1.5", |result| {
            result.track_a.as_mut().unwrap().channels[1].pearson_mean = 1.5;
        }),
        ("COMBO, mad_std is NaN", |result| {
            result.track_a.as_mut().unwrap().channels[1].mad_std = f64::NAN;
        }),
        ("latent 3, dim is \"4\" instead of \"3\"", |result| {
            result.track_b.as_mut().unwrap().dims.swap(3, 4);
        }),
        ("latent 3, class is", |result| {
            let latent = &mut result.track_b.as_mut().unwrap().dims[3];
            latent.class = match latent.class {
                AgreementClass::Mixed => AgreementClass::Stylistic,
                _ => AgreementClass::Mixed,
            };
        }),
        ("track_b.ranking does not name every latent once", |result| {
            result.track_b.as_mut().unwrap().ranking[0] = 5;
            result.track_b.as_mut().unwrap().ranking[1] = 5;
        }),
        ("track_b.cosines has 2 entries instead of 3", |result| {
            result.track_b.as_mut().unwrap().cosines.pop();
        }),
        ("one list of latents has 31 entries instead of 32", |result| {
            let track_b = result.track_b.as_mut().unwrap();
            track_b.dims.pop();
            track_b.ranking = (0..31).collect();
        }),
        ("held_out.ranking", |result| result.held_out.as_mut().unwrap().ranking.clear()),
        ("between_var_mean is inf", |result| {
            result.track_b.as_mut().unwrap().dims[0].between_var_mean = f64::INFINITY;
        }),
    ];
    for (words, breaks) in breaks {
        let said = broken(breaks);
        assert!(said.contains(words), "{said:?} lacks {words:?}");
    }
}

#[test]
fn every_fault_of_matrices_and_songs_has_its_place() {
    type Break = (&'static str, fn(&mut RunResult));
    let breaks: [Break; 12] = [
        ("synthesis.down has 279 entries instead of 288", |result| {
            result.synthesis.as_mut().unwrap().downsampled = ChannelMatrix::zeros(31);
        }),
        ("synthesis.raw has 72 entries instead of 81", |result| {
            result.synthesis.as_mut().unwrap().between_channels = ChannelMatrix::zeros(8);
        }),
        ("synthesis.up[4] is -1.1", |result| {
            result.synthesis.as_mut().unwrap().upsampled.cells_mut()[4] = -1.1;
        }),
        ("pairs has 35 entries instead of 36", |result| {
            result.synthesis.as_mut().unwrap().pairs.pop();
        }),
        ("each set of channels once, has 83 entries", |result| {
            let triples = &mut result.synthesis.as_mut().unwrap().triples;
            triples[1] = triples[0].clone();
        }),
        ("pairs[0].channels is \"[1, 0]\"", |result| {
            result.synthesis.as_mut().unwrap().pairs[0].channels = vec![1, 0];
        }),
        ("same_count is 33", |result| {
            let row = &mut result.synthesis.as_mut().unwrap().pairs[0];
            row.same_count = row.valid_rows + 1;
            row.same_count = 33;
        }),
        ("songs[1].pairs[0] compares maps 0 and 3 of 3", |result| result.songs[1].pairs[0].b = 3),
        ("songs[0].pairs[0] compares maps 1 and 1 of 3", |result| result.songs[0].pairs[0].a = 1),
        ("songs[0].pairs[0].channels has 8 entries", |result| {
            result.songs[0].pairs[0].channels.pop();
        }),
        ("songs[0].pairs[0].latents has 31 entries", |result| {
            result.songs[0].pairs[0].latents.as_mut().unwrap().pop();
        }),
        ("one of its texts has a length of 5000", |result| result.name = "x".repeat(5000)),
    ];
    for (words, breaks) in breaks {
        let said = broken(breaks);
        assert!(said.contains(words), "{said:?} lacks {words:?}");
    }
}
