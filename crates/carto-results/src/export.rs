use carto_types::published::{SynthesisResults, TrackAResults, TrackBResults, to_json};
use carto_types::{OutputFile, RunResult};

use crate::figures::figures;
use crate::methods::methods;
use crate::tables::tables;
use crate::{ResultError, write_result};

/// All files of a result: `result.json`, the published layouts, the tables, the
/// figures, `methods.txt`. What it has no figures for has no file.
///
/// # Errors
///
/// [`ResultError::Figure`] where a figure cannot be drawn, as of more than 64
/// latents.
pub fn export_files(result: &RunResult) -> Result<Vec<OutputFile>, ResultError> {
    let mut files = vec![OutputFile::new("result.json", write_result(result))];
    files.extend(layouts(result)?);
    files.extend(tables(result));
    for (name, svg) in figures(result) {
        let svg = svg.map_err(|error| ResultError::Figure { name, message: error.to_string() })?;
        files.push(OutputFile::new(name, svg));
    }
    files.push(OutputFile::new("methods.txt", methods(result)));
    Ok(files)
}

/// `track_a_results.json`, `track_b_results.json` and `synthesis_results.json`, as
/// far as there are figures for them.
///
/// # Errors
///
/// None that these layouts can cause; a JSON writer can fail by its type.
fn layouts(result: &RunResult) -> Result<Vec<OutputFile>, ResultError> {
    let (track_a, track_b) = (result.track_a.as_ref(), result.track_b.as_ref());
    let n_songs = track_a.map_or(0, |track| track.songs_analyzed);
    let mut files = Vec::new();
    let mut put = |name: &str, text| files.push(OutputFile::new(name, text));
    if track_a.is_some() {
        put("track_a_results.json", to_json(&TrackAResults::new(track_a, n_songs))?);
    }
    if track_b.is_some() {
        put("track_b_results.json", to_json(&TrackBResults::new(track_b))?);
    }
    if let Some(synthesis) = &result.synthesis {
        let results = SynthesisResults::new(synthesis, track_a, track_b, n_songs);
        put("synthesis_results.json", to_json(&results)?);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fixtures, read_any};

    #[test]
    fn a_whole_run_has_all_its_files() {
        let files = export_files(&fixtures::result(80)).unwrap();
        let names: Vec<_> = files.iter().map(|file| &*file.name).collect();
        assert_eq!(
            names,
            [
                "result.json",
                "track_a_results.json",
                "track_b_results.json",
                "synthesis_results.json",
                "channels.csv",
                "latents.csv",
                "synthesis.csv",
                "coupling.csv",
                "signs.csv",
                "held_out.csv",
                "songs.csv",
                "pairs.csv",
                "cross_mapper_agreement.svg",
                "channel_cosine.svg",
                "channel_distance.svg",
                "song_agreement.svg",
                "latent_agreement.svg",
                "cosine_histogram.svg",
                "synthesis_heatmap.svg",
                "channel_coupling.svg",
                "held_out_agreement.svg",
                "methods.txt",
            ]
        );
        assert!(files.iter().all(|file| !file.text.is_empty()));
    }

    #[test]
    fn a_link_s_result_has_all_files_that_it_has_figures_for() {
        let link = crate::link_fragment(&fixtures::result(81), false).unwrap();
        let files = export_files(&crate::read_link(&link).unwrap()).unwrap();
        assert_eq!(files.len(), 18, "no songs, no pairs, no histogram");
    }

    #[test]
    fn what_is_written_in_the_published_layouts_is_read_from_them() {
        let result = fixtures::result(30);
        let files = layouts(&result).unwrap();
        let names: Vec<_> = files.iter().map(|file| &*file.name).collect();
        assert_eq!(
            names,
            ["track_a_results.json", "track_b_results.json", "synthesis_results.json"]
        );
        let texts: Vec<_> = files.iter().map(|file| (&*file.name, &*file.text)).collect();
        let read = read_any(&texts).unwrap();
        assert_eq!(read.track_a, result.track_a);
        let (ours, theirs) = (read.synthesis.unwrap(), result.synthesis.unwrap());
        assert_eq!((ours.downsampled, ours.n_maps), (theirs.downsampled, theirs.n_maps));
        assert_eq!((ours.pairs, ours.triples), (theirs.pairs, theirs.triples));
        assert!(ours.upsampled.is_empty() && ours.between_channels.is_empty());
        assert_eq!(ours.mean_abs_upsampled, 0.0);
    }

    #[test]
    fn parts_without_figures_have_no_file() {
        let mut result = fixtures::result(30);
        (result.track_b, result.synthesis) = (None, None);
        assert_eq!(layouts(&result).unwrap().len(), 1);
    }
}
