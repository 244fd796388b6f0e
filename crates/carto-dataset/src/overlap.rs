//! How far labels share maps: the label noise that can be measured.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::table::Row;

/// How often two labels name the same map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// One label, in the order of names before the other.
    pub a: String,
    /// The other label.
    pub b: String,
    /// Maps that have both.
    pub n_both: usize,
}

/// What one label shares with the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabelCounts {
    /// Maps that have the label, as their first one or later.
    pub n_maps: usize,
    /// Of those, the ones that have another label too.
    pub n_shared: usize,
}

/// Which labels share how many maps.
///
/// Two people who collect by style and name the same map differently disagree
/// about it. Most maps are in one collection only, so this is a lower bound of
/// the noise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overlap {
    /// All maps.
    pub n_maps: usize,
    /// Maps with two labels or more.
    pub n_shared: usize,
    /// Every label, in the order of names.
    pub labels: BTreeMap<String, LabelCounts>,
    /// Pairs that share a map, the most first, then in the order of names.
    pub pairs: Vec<Pair>,
}

impl Overlap {
    /// Counts first and further labels of all rows as they are; rows that were
    /// added with mods count too, so count before rows are added.
    #[must_use]
    pub fn new(rows: &[Row]) -> Self {
        let mut overlap = Self { n_maps: rows.len(), ..Self::default() };
        let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for row in rows {
            let mut labels: Vec<&str> = row.also.iter().map(String::as_str).collect();
            labels.push(&row.label);
            labels.sort_unstable();
            labels.dedup();
            let is_shared = labels.len() > 1;
            overlap.n_shared += usize::from(is_shared);
            for (idx, label) in labels.iter().enumerate() {
                let counts = overlap.labels.entry((*label).to_owned()).or_default();
                counts.n_maps += 1;
                counts.n_shared += usize::from(is_shared);
                labels[idx + 1..].iter().for_each(|b| *pairs.entry((label, b)).or_default() += 1);
            }
        }
        let pair =
            |((a, b), n_both): ((&str, &str), usize)| Pair { a: a.into(), b: b.into(), n_both };
        overlap.pairs = pairs.into_iter().map(pair).collect();
        // Stable: pairs of one count stay in the order of names.
        overlap.pairs.sort_by_key(|pair| std::cmp::Reverse(pair.n_both));
        overlap
    }

    /// Of all maps, the share that has two labels or more; 0 without maps.
    #[must_use]
    pub fn share(&self) -> f64 {
        share(self.n_shared, self.n_maps)
    }

    fn n_maps_of(&self, label: &str) -> usize {
        self.labels.get(label).map_or(0, |counts| counts.n_maps)
    }

    /// One line a pair: both labels, maps with both, maps of each, shares of
    /// each with four decimals, and the share of all maps with either.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let head =
            ["a", "b", "n_both", "n_a", "n_b", "share_of_a", "share_of_b", "share_of_either"];
        let mut written = writer.write_record(head);
        for Pair { a, b, n_both } in &self.pairs {
            let (n_a, n_b) = (self.n_maps_of(a), self.n_maps_of(b));
            let counts = [*n_both, n_a, n_b].map(|n| n.to_string());
            let shares =
                [n_a, n_b, n_a + n_b - n_both].map(|n| format!("{:.4}", share(*n_both, n)));
            let cells = [a, b].into_iter().chain(&counts).chain(&shares);
            written = written.and_then(|()| writer.write_record(cells));
        }
        debug_assert!(written.is_ok(), "bytes in memory take every row");
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// Two tables in Markdown for a person: labels, and pairs of labels.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = format!(
            "{} of {} maps ({:.1} %) have two labels or more.\n\n\
             | label | maps | with another label | share |\n|---|---:|---:|---:|\n",
            self.n_shared,
            self.n_maps,
            100.0 * self.share()
        );
        // Writing to a String cannot fail.
        for (label, counts) in &self.labels {
            let LabelCounts { n_maps, n_shared } = counts;
            let share = 100.0 * share(*n_shared, *n_maps);
            _ = writeln!(text, "| {label} | {n_maps} | {n_shared} | {share:.1} % |");
        }
        text.push_str(
            "\n| labels | maps with both | of the first | of the second |\n|---|---:|---:|---:|\n",
        );
        for Pair { a, b, n_both } in &self.pairs {
            let of = |label: &str| 100.0 * share(*n_both, self.n_maps_of(label));
            _ = writeln!(text, "| {a}, {b} | {n_both} | {:.1} % | {:.1} % |", of(a), of(b));
        }
        text
    }
}

fn share(part: usize, n: usize) -> f64 {
    if n == 0 { 0.0 } else { part as f64 / n as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlap() -> Overlap {
        let row = |label: &str, also: &[&str]| Row {
            also: also.iter().map(|&label| label.to_owned()).collect(),
            ..Row::new(label)
        };
        Overlap::new(&[
            row("tech", &["alt"]),
            row("alt", &["tech", "jump"]),
            row("alt", &[]),
            row("tech", &[]),
            row("stream", &[]),
        ])
    }

    #[test]
    fn a_map_counts_for_each_of_its_labels_and_pairs() {
        let overlap = overlap();
        assert_eq!((overlap.n_maps, overlap.n_shared, overlap.share()), (5, 2, 0.4));
        assert_eq!(overlap.labels["tech"], LabelCounts { n_maps: 3, n_shared: 2 });
        assert_eq!(overlap.labels["jump"], LabelCounts { n_maps: 1, n_shared: 1 });
        let pairs: Vec<_> =
            overlap.pairs.iter().map(|p| (p.a.as_str(), p.b.as_str(), p.n_both)).collect();
        assert_eq!(pairs, [("alt", "tech", 2), ("alt", "jump", 1), ("jump", "tech", 1)]);
    }

    #[test]
    fn both_texts_hold_the_same_figures() {
        let csv = overlap().to_csv();
        assert_eq!(csv.lines().nth(1), Some("alt,tech,2,3,3,0.6667,0.6667,0.5000"));
        assert_eq!(csv.lines().count(), 4);
        let markdown = overlap().to_markdown();
        for line in [
            "2 of 5 maps (40.0 %) have two labels or more.",
            "| stream | 1 | 0 | 0.0 % |",
            "| alt, tech | 2 | 66.7 % | 66.7 % |",
        ] {
            assert!(markdown.contains(line), "{line:?} in {markdown}");
        }
    }
}
