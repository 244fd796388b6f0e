//! What the files of a result are for, and the groups in which the menu lists them.

use carto_types::OutputFile;

/// Heading of a group, and its files by name with the purpose of each.
type Group = (&'static str, &'static [(&'static str, &'static str)]);

/// The groups in the order of the menu.
const GROUPS: [Group; 4] = [
    (
        "The result",
        &[
            ("result.json", "To open it here again, send it or publish it"),
            ("methods.txt", "A paragraph for a paper, from the run’s own parameters"),
            ("evidence.json", "Is it real? All of the evidence, for scripts"),
        ],
    ),
    (
        "Figures",
        &[
            ("cross_mapper_agreement.svg", "Part A: r of the nine channels"),
            ("channel_cosine.svg", "Part A by cosine"),
            ("channel_distance.svg", "Part A by mean absolute difference"),
            ("song_agreement.svg", "Every song: timing r and each channel"),
            ("latent_agreement.svg", "Part B: r of the latents"),
            ("cosine_histogram.svg", "Part B: cosines of the pairs"),
            ("synthesis_heatmap.svg", "Part C: latents against channels"),
            ("channel_coupling.svg", "Part C: channels against channels"),
            ("held_out_agreement.svg", "Latents on held-out songs"),
        ],
    ),
    (
        "Tables for spreadsheets",
        &[
            ("songs.csv", "Every song with its means"),
            ("pairs.csv", "Every pair of maps with all its figures"),
            ("channels.csv", "Part A: means and standard deviations of the channels"),
            ("latents.csv", "Part B: means, ranks and classes of the latents"),
            ("synthesis.csv", "Part C: r of each latent and channel"),
            ("coupling.csv", "Part C: r of each two channels"),
            ("signs.csv", "Part C: counts of equal signs and their p-values"),
            ("held_out.csv", "Latents on held-out songs"),
            ("evidence_channels.csv", "Is it real? Every figure over songs, with its interval"),
            ("evidence_pairs.csv", "Is it real? Lag, class and figures of every pair"),
        ],
    ),
    (
        "For scripts, as the published pipeline writes them",
        &[
            ("track_a_results.json", "Agreement of the nine channels"),
            ("track_b_results.json", "Agreement of the latents"),
            ("synthesis_results.json", "Latents against channels"),
            ("multi_mapper_index.json", "Songs with two mappers or more"),
            ("beatmap_registry.json", "Every map that could take part"),
            ("encoding_manifest.json", "The maps that were compared"),
            ("latent_manifest.json", "The maps that have latents"),
            ("report.json", "What was skipped and why, times, versions"),
        ],
    ),
];

/// Heading of files that no group names.
const OTHERS: &str = "Others";

/// A file of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListedFile {
    /// The file's name.
    pub(super) name: String,
    /// What it is for.
    pub(super) purpose: &'static str,
}

/// The files in their groups, each with its heading; groups without a file are left out.
pub(super) fn listed(files: &[OutputFile]) -> Vec<(&'static str, Vec<ListedFile>)> {
    let is_there = |name: &str| files.iter().any(|file| file.name == name);
    let listed = |(name, purpose): &(&'static str, &'static str)| {
        is_there(name).then(|| ListedFile { name: (*name).to_owned(), purpose })
    };
    let known = GROUPS
        .iter()
        .map(|(heading, files)| (*heading, files.iter().filter_map(listed).collect::<Vec<_>>()));
    let is_known = |file: &&OutputFile| {
        GROUPS.iter().flat_map(|(_, files)| *files).any(|(name, _)| *name == file.name)
    };
    let other = |file: &OutputFile| ListedFile { name: file.name.clone(), purpose: "" };
    let others = files.iter().filter(|file| !is_known(file)).map(other).collect();
    known.chain([(OTHERS, others)]).filter(|(_, files)| !files.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_in_their_groups_and_none_is_left_out() {
        let names = ["new.json", "report.json", "pairs.csv", "songs.csv", "result.json"];
        let files = names.map(|name| OutputFile::new(name, String::new()));
        let found: Vec<_> = listed(&files)
            .into_iter()
            .map(|(heading, files)| {
                let names: Vec<_> = files.into_iter().map(|file| file.name).collect();
                format!("{heading}: {}", names.join(" "))
            })
            .collect();
        assert_eq!(
            found,
            [
                "The result: result.json",
                "Tables for spreadsheets: songs.csv pairs.csv",
                "For scripts, as the published pipeline writes them: report.json",
                "Others: new.json",
            ]
        );
    }
}
