use carto_types::{OutputFile, RunResult};

use crate::figures::figures;
use crate::layouts::layouts;
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
    let file = |name: &str, text: String| OutputFile { name: name.to_owned(), text };
    let mut files = vec![file("result.json", write_result(result))];
    files.extend(layouts(result)?);
    files.extend(tables(result));
    for (name, svg) in figures(result) {
        let svg = svg.map_err(|error| ResultError::Figure { name, message: error.to_string() })?;
        files.push(file(name, svg));
    }
    files.push(file("methods.txt", methods(result)));
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

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
}
