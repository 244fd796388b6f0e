use super::assignment::assignment;
use carto_agreement::{Latents, Moments, agreement};

/// One latent of a run and its counterpart in another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LatentMatch {
    /// In the one run.
    pub a: usize,
    /// In the other.
    pub b: usize,
    /// Pearson's r of the two over all maps, 0 where either is constant or not
    /// finite; its sign means nothing, since a latent may be turned round.
    pub pearson: f64,
}

/// Matches the latents of two runs one to one, so that the sum of `|r|` is as
/// large as it can be: numbers of latents cannot be compared across runs.
///
/// - `a`, `b`: latents of the same maps in the same order, each map's of one length
/// - returns: by `a`; as many as the smaller of the two has latents
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
