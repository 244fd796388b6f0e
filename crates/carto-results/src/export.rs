use carto_archive::write_archive;
use carto_types::published::{SynthesisResults, TrackAResults, TrackBResults, to_json};
use carto_types::{OutputFile, ResultLabel, RunResult};

use crate::evidence_file::evidence_file;
use crate::figures::figures;
use crate::methods::methods;
use crate::tables::tables;
use crate::{ResultError, read_any, write_result};

/// What is made of a result alone: its tables, `evidence.json`, its figures and `methods.txt`. What it has no
/// figures for has no file.
#[derive(Debug, Default)]
pub struct ResultFiles {
    /// The files.
    pub files: Vec<OutputFile>,
    /// Figures that cannot be drawn, as of more than 64 latents: the name, and why.
    pub not_drawn: Vec<(&'static str, String)>,
}

impl ResultFiles {
    /// The files of a result.
    #[must_use]
    pub fn of(result: &RunResult) -> Self {
        let mut made = Self { files: tables(result), not_drawn: Vec::new() };
        made.files.extend(evidence_file(result));
        for (name, svg) in figures(result) {
            match svg {
                Ok(svg) => made.files.push(OutputFile::new(name, svg)),
                Err(error) => made.not_drawn.push((name, error.to_string())),
            }
        }
        made.files.push(OutputFile::new("methods.txt", methods(result)));
        made
    }
}

/// All files of a result: `result.json`, the published layouts, and [`ResultFiles`].
///
/// # Errors
///
/// [`ResultError::Figure`] where a figure cannot be drawn.
pub fn export_files(result: &RunResult) -> Result<Vec<OutputFile>, ResultError> {
    let ResultFiles { files: made, not_drawn } = ResultFiles::of(result);
    if let Some((name, message)) = not_drawn.into_iter().next() {
        return Err(ResultError::Figure { name, message });
    }
    let mut files = vec![OutputFile::new(RESULT_FILE, write_result(result))];
    files.extend(layouts(result)?);
    files.extend(made);
    Ok(files)
}

/// One archive of these files, in their order; `result.json` under another label.
///
/// # Errors
///
/// A `result.json` that is none, and files that are too large for a zip.
pub fn pack_files(files: &[OutputFile], label: &ResultLabel) -> Result<Vec<u8>, ResultError> {
    let bytes = |file: &OutputFile| {
        let text = match file.name == RESULT_FILE {
            true => labelled(&file.text, label)?,
            false => file.text.clone(),
        };
        Ok((file.name.clone(), text.into_bytes()))
    };
    let files = files.iter().map(bytes).collect::<Result<Vec<_>, ResultError>>()?;
    write_archive(&files).map_err(|error| ResultError::Archive { message: error.to_string() })
}

/// A result file under another label.
///
/// # Errors
///
/// As of [`read_any`].
pub fn labelled(text: &str, label: &ResultLabel) -> Result<String, ResultError> {
    let mut result = read_any(&[(RESULT_FILE, text)])?;
    label.put_on(&mut result);
    Ok(write_result(&result))
}

/// Name of the result file among the files of a result.
pub const RESULT_FILE: &str = "result.json";

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
    fn evidence_goes_with_the_files_and_not_with_a_link() {
        let result = fixtures::result_with_evidence(82);
        let files = export_files(&result).unwrap();
        let names: Vec<_> = files.iter().map(|file| &*file.name).collect();
        for name in ["evidence.json", "evidence_channels.csv", "evidence_pairs.csv"] {
            assert!(names.contains(&name), "{name}");
        }
        let link = crate::make_link(&result, false).unwrap().fragment;
        let linked = crate::read_link(&link).unwrap();
        assert_eq!(linked.why_no_evidence(), Some("no evidence: a link holds means only"));
    }

    #[test]
    fn a_link_s_result_has_all_files_that_it_has_figures_for() {
        let link = crate::make_link(&fixtures::result(81), false).unwrap().fragment;
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
