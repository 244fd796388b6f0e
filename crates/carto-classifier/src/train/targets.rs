use super::ClassifierConfig;
use crate::LabelledTable;

/// What each map should be told to be, times what the map weighs.
///
/// - returns: `[n_rows, n_labels]`, row-major; over all maps the mean weight is 1
pub(super) fn targets(set: &LabelledTable, config: &ClassifierConfig) -> Vec<f32> {
    let n_labels = set.labels().len();
    let weights = weights(set, config.class_weight_power);
    let row = |(&first, also): (&usize, &Vec<usize>)| {
        let smoothed = config.label_smoothing / n_labels as f64;
        let all = 1.0 + config.also_weight * also.len() as f64;
        let mut row = vec![smoothed; n_labels];
        row[first] += (1.0 - config.label_smoothing) / all;
        for &other in also {
            row[other] += (1.0 - config.label_smoothing) * config.also_weight / all;
        }
        let weight = weights[first];
        row.into_iter().map(move |share| (share * weight) as f32)
    };
    set.first().iter().zip(set.also()).flat_map(row).collect()
}

/// Of each label.
fn weights(set: &LabelledTable, power: f64) -> Vec<f64> {
    let counts = set.counts();
    let raw = counts.iter().map(|&count| libm::pow(1.0 / count.max(1) as f64, power));
    let raw: Vec<f64> = raw.collect();
    let sum: f64 = raw.iter().zip(&counts).map(|(weight, &count)| weight * count as f64).sum();
    raw.iter().map(|weight| weight * set.n_rows() as f64 / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FeatureTable;

    fn set() -> LabelledTable {
        let table = FeatureTable::new(vec!["x".to_owned()], vec![0.0; 4]).unwrap();
        let first = ["a", "a", "a", "b"].map(str::to_owned);
        let also = [vec!["b".to_owned()], vec![], vec![], vec![]];
        LabelledTable::new(table, &first, &also, first.to_vec()).unwrap()
    }

    #[test]
    fn other_labels_have_a_share() {
        let config = ClassifierConfig {
            label_smoothing: 0.1,
            also_weight: 0.5,
            class_weight_power: 0.0,
            ..ClassifierConfig::default()
        };
        let found = targets(&set(), &config);
        for (found, expected) in found.iter().zip([0.65, 0.35, 0.95, 0.05]) {
            assert!((found - expected).abs() < 1e-6, "{found}");
        }
    }

    #[test]
    fn maps_of_rare_labels_weigh_more() {
        let weights = weights(&set(), 1.0);
        assert!((weights[0] - 2.0 / 3.0).abs() < 1e-12 && (weights[1] - 2.0).abs() < 1e-12);
    }
}
