//! The kinds of maps that the bundled classifier knows, as the view shows them.

/// Kinds that belong together, and what they are about.
const FAMILIES: [(&str, &[&str]); 3] = [
    ("Speed and hands", &["speed", "stream", "stamina", "alt", "finger_control"]),
    ("Aim", &["jump", "aim_control", "aim_slop", "precision", "dt_farm"]),
    ("Reading and the rest", &["tech", "reading", "gimmick", "slider", "consistency"]),
];

/// One column of memberships.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Place among the classifier's labels.
    pub(crate) label: usize,
    /// As people write it.
    pub(crate) name: String,
}

/// Kinds side by side under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Family {
    /// Empty for a person's own labels, which stand in no family.
    pub(crate) heading: &'static str,
    pub(crate) kinds: Vec<Kind>,
}

/// The order in which memberships are shown: families for the bundled labels, one
/// row in alphabetical order for any others.
pub(crate) fn families(labels: &[String]) -> Vec<Family> {
    let kind = |label: usize| Kind { label, name: readable(&labels[label]) };
    let n_known: usize = FAMILIES.iter().map(|(_, kinds)| kinds.len()).sum();
    let place = |name: &str| labels.iter().position(|label| label == name);
    let known: Vec<Family> = FAMILIES
        .iter()
        .map(|(heading, names)| Family {
            heading,
            kinds: names.iter().filter_map(|name| place(name)).map(kind).collect(),
        })
        .collect();
    let n_found: usize = known.iter().map(|family| family.kinds.len()).sum();
    if n_found == n_known && labels.len() == n_known {
        return known;
    }
    vec![Family { heading: "", kinds: (0..labels.len()).map(kind).collect() }]
}

/// `aim_control` as `aim control`, `dt_farm` as `DT farm`.
pub(crate) fn readable(label: &str) -> String {
    match label {
        "dt_farm" => "DT farm".to_owned(),
        label => label.replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_labels_stand_in_families_and_others_in_one_row() {
        let mut labels: Vec<String> = FAMILIES
            .iter()
            .flat_map(|(_, kinds)| kinds.iter().map(|&kind| kind.to_owned()))
            .collect();
        labels.sort();
        let known = families(&labels);
        assert_eq!(known.len(), 3);
        assert_eq!(known[0].kinds[0].name, "speed");
        assert_eq!(labels[known[1].kinds[4].label], "dt_farm");
        let own = families(&["b".to_owned(), "my_maps".to_owned()]);
        assert_eq!((own.len(), own[0].heading), (1, ""));
        assert_eq!(own[0].kinds[1].name, "my maps");
    }
}
