//! Two runs of training compared: their latents matched, then classes and spectra.

use carto_agreement::{Latents, Moments, agreement};
use carto_types::AgreementClass;
use carto_types::crossval::{Comparison, LatentMatch};

use super::assignment::assignment;

/// Matches the latents of two runs one to one, so that the sum of `|r|` is as
/// large as it can be: numbers of latents cannot be compared across runs.
///
/// - `a`, `b`: latents of the same maps in the same order, each map's of one length
/// - returns: by the number of the latent in `a`; as many as the smaller of the two has
///   latents. Their r is Pearson's over all maps, 0 where either is constant or not
///   finite; its sign means nothing, since a latent may be turned round
#[must_use]
pub fn match_latents(a: &[Latents<'_>], b: &[Latents<'_>]) -> Vec<LatentMatch> {
    let (a, b) = (joined(a), joined(b));
    let measured = |dims: &[Vec<f32>]| dims.iter().map(|dim| Moments::of(dim)).collect::<Vec<_>>();
    let (moments_a, moments_b) = (measured(&a), measured(&b));
    let r = |a_idx: usize, b_idx: usize| {
        let of_a = (a[a_idx].as_slice(), moments_a[a_idx]);
        let r = agreement(of_a, (b[b_idx].as_slice(), moments_b[b_idx])).pearson;
        if r.is_finite() { r } else { 0.0 }
    };
    let rs: Vec<Vec<f64>> =
        (0..a.len()).map(|a_idx| (0..b.len()).map(|b_idx| r(a_idx, b_idx)).collect()).collect();
    let costs: Vec<Vec<f64>> =
        rs.iter().map(|row| row.iter().map(|r| -r.abs()).collect()).collect();
    let places = assignment(&costs);
    let matched = places.into_iter().enumerate();
    matched.filter_map(|(a, b)| b.map(|b| LatentMatch { a, b, pearson: rs[a][b] })).collect()
}

/// The dimensions of all maps, one behind the other.
fn joined(maps: &[Latents<'_>]) -> Vec<Vec<f32>> {
    let n_dims = maps.first().map_or(0, |map| map.dims().len());
    let mut dims = vec![Vec::new(); n_dims];
    for map in maps {
        for (dim, values) in dims.iter_mut().zip(map.dims()) {
            dim.extend_from_slice(values);
        }
    }
    dims
}

/// Agreement of a latent in one run: its mean r, and its class.
pub type LatentClassed = (f64, AgreementClass);

/// Compares the classes of matched latents, and the spectra of two runs: the mean r of
/// their latents, by rank.
///
/// - `runs`: places of the two runs, as the result notes them
/// - `matches`: as [`match_latents`] gives them
/// - `a`, `b`: all latents of both runs, by number of the latent
/// - returns: `None` without matches
#[must_use]
pub fn compare_runs(
    runs: (usize, usize),
    matches: Vec<LatentMatch>,
    a: &[LatentClassed],
    b: &[LatentClassed],
) -> Option<Comparison> {
    let mut table = [[0; 3]; 3];
    let (mut sum, mut n) = (0.0, 0_usize);
    for found in &matches {
        let (Some(of_a), Some(of_b)) = (a.get(found.a), b.get(found.b)) else { continue };
        table[place(of_a.1)][place(of_b.1)] += 1;
        sum += found.pearson.abs();
        n += 1;
    }
    if n == 0 {
        return None;
    }
    let total = n as f64;
    let same_class = (0..3).map(|class| table[class][class]).sum::<usize>() as f64 / total;
    let diffs: Vec<f64> = spectrum(a).zip(spectrum(b)).map(|(a, b)| (a - b).abs()).collect();
    Some(Comparison {
        a: runs.0,
        b: runs.1,
        mean_abs_pearson: sum / total,
        same_class,
        kappa: kappa(&table, same_class, total),
        table,
        spectrum_max_diff: diffs.iter().copied().fold(0.0, f64::max),
        spectrum_mean_diff: diffs.iter().sum::<f64>() / diffs.len().max(1) as f64,
        matches,
    })
}

/// Cohen's kappa: agreement beyond what the shares of the classes alone would give; 1 is
/// full agreement, 0 that of chance, `None` where one class holds all.
fn kappa(table: &[[usize; 3]; 3], same_class: f64, total: f64) -> Option<f64> {
    let by_chance: f64 = (0..3)
        .map(|class| {
            let of_a: usize = table[class].iter().sum();
            let of_b: usize = table.iter().map(|row| row[class]).sum();
            of_a as f64 / total * (of_b as f64 / total)
        })
        .sum();
    (by_chance < 1.0).then(|| (same_class - by_chance) / (1.0 - by_chance))
}

/// Place of a class in the table: perceptual, mixed, stylistic.
fn place(class: AgreementClass) -> usize {
    match class {
        AgreementClass::Perceptual => 0,
        AgreementClass::Mixed => 1,
        AgreementClass::Stylistic => 2,
    }
}

/// Mean r of all latents, highest first.
fn spectrum(latents: &[LatentClassed]) -> impl Iterator<Item = f64> {
    let mut means: Vec<f64> = latents.iter().map(|latent| latent.0).collect();
    means.sort_by(|a, b| b.total_cmp(a));
    means.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use AgreementClass::{Mixed, Perceptual, Stylistic};

    #[test]
    fn latents_in_another_order_and_turned_round_find_themselves() {
        let wave = |n: usize| (0..90).map(move |time| ((time * (n + 2)) as f32 / 9.0).sin());
        let a: Vec<f32> = (0..4).flat_map(wave).collect();
        let order = [2, 0, 3, 1];
        let b: Vec<f32> = order.iter().flat_map(|&n| wave(n).map(|value| -2.0 * value)).collect();
        let (a, b) = (Latents::new(&a, 4).unwrap(), Latents::new(&b, 4).unwrap());
        for found in match_latents(&[a, a], &[b, b]) {
            assert_eq!(order[found.b], found.a);
            assert!((found.pearson + 1.0).abs() < 1e-9, "{found:?}");
        }
        assert_eq!(match_latents(&[a], &[b]).len(), 4);
    }

    #[test]
    fn a_latent_that_is_no_number_goes_with_what_is_left() {
        let a = [f32::NAN, 1.0, 2.0, 0.0, 1.0, 3.0];
        let b = [0.0, 1.0, 3.0, 2.0, 0.0, 1.0];
        let (a, b) = (Latents::new(&a, 2).unwrap(), Latents::new(&b, 2).unwrap());
        let found = match_latents(&[a], &[b]);
        assert_eq!((found[0].a, found[0].b, found[0].pearson), (0, 1, 0.0));
        assert_eq!((found[1].a, found[1].b), (1, 0));
        assert_eq!(match_latents(&[], &[]), []);
    }

    fn matches(of_b: [usize; 4]) -> Vec<LatentMatch> {
        let matched = of_b.into_iter().enumerate();
        matched.map(|(a, b)| LatentMatch { a, b, pearson: -0.5 }).collect()
    }

    #[test]
    fn a_run_is_stable_against_itself_in_another_order() {
        let a = [(0.5, Perceptual), (0.2, Mixed), (0.0, Stylistic), (0.4, Perceptual)];
        let b = [a[3], a[2], a[0], a[1]];
        let found = compare_runs((1, 4), matches([2, 3, 1, 0]), &a, &b).unwrap();
        assert_eq!((found.a, found.b, found.matches.len()), (1, 4, 4));
        assert_eq!((found.same_class, found.kappa), (1.0, Some(1.0)));
        assert_eq!((found.spectrum_max_diff, found.mean_abs_pearson), (0.0, 0.5));
    }

    #[test]
    fn kappa_is_what_is_left_beyond_chance() {
        let a = [(0.5, Perceptual), (0.5, Perceptual), (0.0, Stylistic), (0.0, Stylistic)];
        let b = [(0.5, Perceptual), (0.1, Stylistic), (0.4, Perceptual), (0.0, Stylistic)];
        let found = compare_runs((0, 1), matches([0, 1, 2, 3]), &a, &b).unwrap();
        assert_eq!((found.same_class, found.kappa), (0.5, Some(0.0)));
        assert_eq!(found.table, [[1, 0, 1], [0, 0, 0], [1, 0, 1]]);
        assert!((found.spectrum_max_diff - 0.1).abs() < 1e-12);
        assert!((found.spectrum_mean_diff - 0.05).abs() < 1e-12);
        let same = [(0.5, Perceptual); 4];
        let of_same = compare_runs((0, 1), matches([0, 1, 2, 3]), &same, &same);
        assert_eq!(of_same.unwrap().kappa, None);
        assert_eq!(compare_runs((0, 1), Vec::new(), &a, &b), None);
    }
}
