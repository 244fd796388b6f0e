//! The labels of a classifier, named and grouped as the view shows them.

/// Groups of the built-in classifier's labels: heading, and labels in their order.
const GROUPS: [(&str, &[&str]); 3] = [
    ("Speed and hands", &["speed", "stream", "stamina", "alt", "finger_control"]),
    ("Aim", &["jump", "aim_control", "aim_slop", "precision", "dt_farm"]),
    ("Reading and others", &["tech", "reading", "gimmick", "slider", "consistency"]),
];

/// A label of the classifier: one bar of each map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// Place among the classifier's labels.
    pub(crate) idx: usize,
    /// As people write it.
    pub(crate) name: String,
}

/// Labels side by side under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LabelGroup {
    /// Empty for a person's own labels, which are in no group.
    pub(crate) heading: &'static str,
    pub(crate) labels: Vec<Label>,
}

/// The labels in the order in which they are shown: groups for those of the built-in
/// classifier, one group in alphabetical order for any others.
///
/// - `labels`: as the classifier has them
pub(crate) fn label_groups(labels: &[String]) -> Vec<LabelGroup> {
    let label = |idx: usize| Label { idx, name: display_name(&labels[idx]) };
    let n_known: usize = GROUPS.iter().map(|(_, names)| names.len()).sum();
    let place = |name: &str| labels.iter().position(|label| label == name);
    let known: Vec<LabelGroup> = GROUPS
        .iter()
        .map(|(heading, names)| LabelGroup {
            heading,
            labels: names.iter().filter_map(|name| place(name)).map(label).collect(),
        })
        .collect();
    let n_found: usize = known.iter().map(|group| group.labels.len()).sum();
    if n_found == n_known && labels.len() == n_known {
        return known;
    }
    vec![LabelGroup { heading: "", labels: (0..labels.len()).map(label).collect() }]
}

/// `aim_control` as `aim control`, `dt_farm` as `DT farm`.
pub(crate) fn display_name(label: &str) -> String {
    match label {
        "dt_farm" => "DT farm".to_owned(),
        label => label.replace('_', " "),
    }
}

/// Labels by falling probability.
///
/// - `probabilities`: `[n_labels]`, in the order of the classifier
pub(crate) fn ranked(groups: &[LabelGroup], probabilities: &[f64]) -> Vec<(Label, f64)> {
    let labels = groups.iter().flat_map(|group| group.labels.iter().cloned());
    let probability = |label: Label| {
        let probability = probabilities.get(label.idx).copied().unwrap_or(0.0);
        (label, probability)
    };
    let mut ranked: Vec<(Label, f64)> = labels.map(probability).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_labels_stand_in_groups_and_others_in_one_row() {
        let mut labels: Vec<String> = GROUPS
            .iter()
            .flat_map(|(_, names)| names.iter().map(|&name| name.to_owned()))
            .collect();
        labels.sort();
        let known = label_groups(&labels);
        assert_eq!(known.len(), 3);
        assert_eq!(known[0].labels[0].name, "speed");
        assert_eq!(labels[known[1].labels[4].idx], "dt_farm");
        let own = label_groups(&["b".to_owned(), "my_maps".to_owned()]);
        assert_eq!((own.len(), own[0].heading), (1, ""));
        assert_eq!(own[0].labels[1].name, "my maps");
        let ranked = ranked(&own, &[0.2, 0.8]);
        assert_eq!((ranked[0].0.idx, ranked[1].1), (1, 0.2));
    }
}
