use super::LatentMatch;
use carto_types::AgreementClass;

/// How alike two runs see their latents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stability {
    /// Mean `|r|` of matched latents, in `[0, 1]`.
    pub mean_abs_pearson: f64,
    /// Share of matched latents of one class in both runs.
    pub same_class: f64,
    /// Cohen's kappa: the same beyond what the shares of the classes alone would
    /// give; 1 is full agreement, 0 that of chance, `None` where one class holds all.
    pub kappa: Option<f64>,
    /// Matched latents by class in the one run and in the other: perceptual, mixed,
    /// stylistic.
    pub table: [[usize; 3]; 3],
    /// Largest difference of the two spectra: mean r by rank.
    pub spectrum_max_diff: f64,
    /// Mean absolute difference of the two spectra.
    pub spectrum_mean_diff: f64,
}

/// One run's agreement of a latent: its mean r, and what it says.
pub type LatentClassed = (f64, AgreementClass);

/// Compares the classes of matched latents, and the spectra of both runs.
///
/// - `a`, `b`: by number of the latent
/// - returns: `None` without matches
#[must_use]
pub fn stability(
    matches: &[LatentMatch],
    a: &[LatentClassed],
    b: &[LatentClassed],
) -> Option<Stability> {
    let mut table = [[0; 3]; 3];
    let (mut sum, mut n) = (0.0, 0_usize);
    for found in matches {
        let (Some(of_a), Some(of_b)) = (a.get(found.a), b.get(found.b)) else { continue };
        table[of_a.1 as usize][of_b.1 as usize] += 1;
        sum += found.pearson.abs();
        n += 1;
    }
    if n == 0 {
        return None;
    }
    let total = n as f64;
    let same_class = (0..3).map(|class| table[class][class]).sum::<usize>() as f64 / total;
    let by_chance: f64 = (0..3)
        .map(|class| {
            let of_a: usize = table[class].iter().sum();
            let of_b: usize = table.iter().map(|row| row[class]).sum();
            of_a as f64 / total * (of_b as f64 / total)
        })
        .sum();
    let kappa = (by_chance < 1.0).then(|| (same_class - by_chance) / (1.0 - by_chance));
    let diffs: Vec<f64> = spectrum(a).zip(spectrum(b)).map(|(a, b)| (a - b).abs()).collect();
    Some(Stability {
        mean_abs_pearson: sum / total,
        same_class,
        kappa,
        table,
        spectrum_max_diff: diffs.iter().copied().fold(0.0, f64::max),
        spectrum_mean_diff: diffs.iter().sum::<f64>() / diffs.len().max(1) as f64,
    })
}

fn spectrum(latents: &[LatentClassed]) -> impl Iterator<Item = f64> {
    let mut means: Vec<f64> = latents.iter().map(|latent| latent.0).collect();
    means.sort_by(|a, b| b.total_cmp(a));
    means.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use AgreementClass::{Mixed, Perceptual, Stylistic};

    fn matches(of_b: [usize; 4]) -> Vec<LatentMatch> {
        let matched = of_b.into_iter().enumerate();
        matched.map(|(a, b)| LatentMatch { a, b, pearson: -0.5 }).collect()
    }

    #[test]
    fn a_run_is_stable_against_itself_in_another_order() {
        let a = [(0.5, Perceptual), (0.2, Mixed), (0.0, Stylistic), (0.4, Perceptual)];
        let b = [a[3], a[2], a[0], a[1]];
        let found = stability(&matches([2, 3, 1, 0]), &a, &b).unwrap();
        assert_eq!((found.same_class, found.kappa), (1.0, Some(1.0)));
        assert_eq!((found.spectrum_max_diff, found.mean_abs_pearson), (0.0, 0.5));
    }

    #[test]
    fn kappa_is_what_is_left_beyond_chance() {
        let a = [(0.5, Perceptual), (0.5, Perceptual), (0.0, Stylistic), (0.0, Stylistic)];
        let b = [(0.5, Perceptual), (0.1, Stylistic), (0.4, Perceptual), (0.0, Stylistic)];
        let found = stability(&matches([0, 1, 2, 3]), &a, &b).unwrap();
        assert_eq!((found.same_class, found.kappa), (0.5, Some(0.0)));
        assert_eq!(found.table, [[1, 0, 1], [0, 0, 0], [1, 0, 1]]);
        assert!((found.spectrum_max_diff - 0.1).abs() < 1e-12);
        assert!((found.spectrum_mean_diff - 0.05).abs() < 1e-12);
        let same = [(0.5, Perceptual); 4];
        assert_eq!(stability(&matches([0, 1, 2, 3]), &same, &same).unwrap().kappa, None);
        assert_eq!(stability(&[], &a, &b), None);
    }
}
