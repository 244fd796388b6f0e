use carto_types::{
    ChannelAgreement, ChannelSummary, ClassBounds, LatentAgreement, LatentPairAgreement,
    LatentSummary, PairAgreement, SignalChannel, TrackA, TrackB,
};

use crate::mean_and_std;

/// Track A: averages over pairs; songs are not weighted equally (quirk 56).
///
/// - `songs_analyzed`: songs with encoded maps of two mappers or more
/// - returns: `None` without pairs
#[must_use]
pub fn track_a(pairs: &[&PairAgreement], songs_analyzed: u32) -> Option<TrackA> {
    let (cosine_mean, cosine_std) = over(pairs, |pair| Some(pair.full_cosine))?;
    let n_pairs = pairs.len() as u32;
    let summary = |channel: SignalChannel| {
        let of = |value: fn(&ChannelAgreement) -> f64| {
            over(pairs, |pair| Some(value(&pair.channels[channel as usize])))
        };
        let (pearson_mean, pearson_std) = of(|agreement| agreement.pearson)?;
        let (mad_mean, mad_std) = of(|agreement| agreement.mean_abs_diff)?;
        let (cosine_mean, cosine_std) = of(|agreement| agreement.cosine)?;
        Some(ChannelSummary {
            name: channel.name().to_owned(),
            pearson_mean,
            pearson_std,
            mad_mean,
            mad_std,
            cosine_mean,
            cosine_std,
            n_pairs,
        })
    };
    let channels = SignalChannel::ALL.into_iter().map(summary).collect::<Option<_>>()?;
    Some(TrackA { channels, cosine_mean, cosine_std, songs_analyzed, pairs_compared: n_pairs })
}

/// Track B: averages over pairs, and over songs for the variance between creators.
///
/// - `between_vars`: `[n_songs][n_dims]`, of the songs with latents of two mappers or
///   more
/// - returns: `None` without pairs
///
/// # Source
///
/// `step6_track_b` in osu-dreamer-cartography `experiment/run_analysis.py` @
/// `7ec522b`.
#[must_use]
pub fn track_b(pairs: &[&LatentPairAgreement], between_vars: &[&[f64]]) -> Option<TrackB> {
    let (cosine_mean, cosine_std) = over(pairs, |pair| Some(pair.full_cosine))?;
    let n_pairs = pairs.len() as u32;
    let summary = |dim: usize| {
        let of =
            |value: fn(&LatentAgreement) -> f64| over(pairs, |pair| pair.dims.get(dim).map(value));
        let (pearson_mean, pearson_std) = of(|agreement| agreement.pearson)?;
        let (cosine_mean, cosine_std) = of(|agreement| agreement.cosine)?;
        let variance = over(between_vars, |dims| dims.get(dim).copied());
        Some(LatentSummary {
            dim: dim as u32,
            pearson_mean,
            pearson_std,
            cosine_mean,
            cosine_std,
            between_var_mean: variance.map_or(0.0, |(mean, _)| mean),
            n_pairs,
            class: ClassBounds::LATENTS.class_of(pearson_mean),
        })
    };
    let n_dims = pairs.first()?.dims.len();
    let dims: Vec<LatentSummary> = (0..n_dims).map(summary).collect::<Option<_>>()?;
    let mut ranking: Vec<u32> = (0..n_dims as u32).collect();
    let mean_r = |dim: u32| dims[dim as usize].pearson_mean;
    ranking.sort_by(|&a, &b| mean_r(b).total_cmp(&mean_r(a)));
    Some(TrackB {
        ranking,
        dims,
        cosine_mean,
        cosine_std,
        cosines: pairs.iter().map(|pair| pair.full_cosine).collect(),
        songs_analyzed: between_vars.len() as u32,
        pairs_compared: n_pairs,
    })
}

/// Mean r of each channel over the pairs of one song.
///
/// - `pairs`: each `[9]`, in the order of [`SignalChannel::ALL`]
/// - returns: `None` without pairs
pub fn mean_r<'a>(
    pairs: impl IntoIterator<Item = &'a [ChannelAgreement]>,
) -> Option<[f64; SignalChannel::COUNT]> {
    let pairs: Vec<_> = pairs.into_iter().collect();
    let mean = |channel: SignalChannel| {
        let r = over(&pairs, |pair| Some(pair.get(channel as usize)?.pearson));
        r.map_or(0.0, |(mean, _)| mean)
    };
    (!pairs.is_empty()).then(|| SignalChannel::ALL.map(mean))
}

/// Mean and population standard deviation of one value of each item, where it has one;
/// `None` without values.
fn over<T>(items: &[T], value: impl Fn(&T) -> Option<f64>) -> Option<(f64, f64)> {
    mean_and_std(&items.iter().filter_map(value).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(pearsons: [f64; 3]) -> LatentPairAgreement {
        let dim = |pearson| LatentAgreement { pearson, cosine: 0.5 };
        LatentPairAgreement { dims: pearsons.map(dim).to_vec(), full_cosine: 0.25 }
    }

    #[test]
    fn latents_rank_by_their_mean_and_keep_their_order_where_equal() {
        let pairs = [pair([0.2, 0.9, 0.2]), pair([0.4, 0.5, 0.4])];
        let track_b = track_b(&pairs.each_ref(), &[&[1.0; 3], &[3.0; 3]]).unwrap();
        assert_eq!(track_b.ranking, [1, 0, 2]);
        assert!((track_b.dims[0].pearson_mean - 0.3).abs() < 1e-12);
        assert_eq!(track_b.dims[2].between_var_mean, 2.0);
        assert_eq!((track_b.cosine_mean, track_b.pairs_compared), (0.25, 2));
        assert_eq!((track_b.cosines, track_b.songs_analyzed), (vec![0.25; 2], 2));
    }

    #[test]
    fn without_pairs_there_is_no_track_and_no_mean() {
        assert_eq!(track_a(&[], 3), None);
        assert_eq!(track_b(&[], &[]), None);
        assert_eq!(mean_r([]), None);
    }
}
