//! Where one stretch of sound fits best into another: the search of the time stretch.

/// Samples that are averaged for the first, coarse search: what decides there is below 3 kHz.
pub(crate) const COARSE: usize = 8;

/// The offset at which `candidates` is most like `template`, from 0 to `2 * nominal`.
///
/// Likeness is their correlation divided by the level of the candidate; all offsets are tried on
/// averages of eight samples, and then every one around the best. Where nothing is alike, as in
/// silence, the offset is `nominal`.
///
/// `candidates` has at least `template.len() + 2 * nominal` samples, and `nominal` is a multiple
/// of [`COARSE`].
pub(crate) fn best_fit(template: &[f32], candidates: &[f32], nominal: usize) -> usize {
    let coarse_template = averages(template);
    let coarse_candidates = averages(candidates);
    let coarse_nominal = nominal / COARSE;
    let coarse =
        best_of(&coarse_template, &coarse_candidates, 0..=2 * coarse_nominal, coarse_nominal);
    let Some(coarse) = coarse else { return nominal };
    // The place of the coarse search, on whole samples again.
    let around = coarse * COARSE;
    let range = around.saturating_sub(COARSE)..=(around + COARSE).min(2 * nominal);
    best_of(template, candidates, range, around).unwrap_or(nominal)
}

/// The best offset of a range; of equally good ones the one nearest to `preferred`.
fn best_of(
    template: &[f32],
    candidates: &[f32],
    offsets: std::ops::RangeInclusive<usize>,
    preferred: usize,
) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    for offset in offsets {
        let Some(candidate) = candidates.get(offset..offset + template.len()) else { break };
        let likeness = likeness(template, candidate);
        let is_better = match best {
            None => likeness > 0.0,
            Some((so_far, at)) => {
                likeness > so_far
                    || (likeness == so_far && offset.abs_diff(preferred) < at.abs_diff(preferred))
            }
        };
        if is_better {
            best = Some((likeness, offset));
        }
    }
    best.map(|(_, offset)| offset)
}

/// Correlation of both, divided by the level of the candidate: 0 where either is silent.
fn likeness(template: &[f32], candidate: &[f32]) -> f32 {
    let (dot, energy) = products(template, candidate);
    if energy > 1e-9 { dot / energy.sqrt() } else { 0.0 }
}

/// Sum of the products of both, and of the squares of the second, each in four interleaved sums,
/// which a compiler turns into wide instructions and which are the same everywhere.
fn products(template: &[f32], candidate: &[f32]) -> (f32, f32) {
    let (mut dots, mut squares) = ([0.0_f32; 4], [0.0_f32; 4]);
    let (templates, template_rest) = template.as_chunks::<4>();
    let (candidates, candidate_rest) = candidate.as_chunks::<4>();
    for (t, c) in templates.iter().zip(candidates) {
        for ((dot, square), (t, c)) in dots.iter_mut().zip(&mut squares).zip(t.iter().zip(c)) {
            *dot += t * c;
            *square += c * c;
        }
    }
    let (mut dot, mut square) = (dots.iter().sum::<f32>(), squares.iter().sum::<f32>());
    for (t, c) in template_rest.iter().zip(candidate_rest) {
        dot += t * c;
        square += c * c;
    }
    (dot, square)
}

/// Averages of eight samples each; what is left over at the end is left out.
fn averages(samples: &[f32]) -> Vec<f32> {
    samples
        .as_chunks::<COARSE>()
        .0
        .iter()
        .map(|chunk| chunk.iter().sum::<f32>() / COARSE as f32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random samples, the same each time, with little above 3 kHz.
    fn music(n_samples: usize) -> Vec<f32> {
        let mut random = 1_u32;
        let mut level = 0.0_f32;
        (0..n_samples)
            .map(|_| {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                level += 0.1 * ((random >> 8) as f32 / 8_388_608.0 - 1.0 - level);
                level
            })
            .collect()
    }

    #[test]
    fn a_planted_stretch_is_found_to_the_sample() {
        let candidates = music(1146 + 2 * 528);
        for planted in [0, 5, 527, 528, 530, 777, 1056] {
            let template = candidates[planted..planted + 1146].to_vec();
            assert_eq!(best_fit(&template, &candidates, 528), planted);
        }
    }

    #[test]
    fn silence_is_not_moved() {
        assert_eq!(best_fit(&[0.0; 64], &[0.0; 96], 16), 16);
        assert_eq!(best_fit(&[0.5; 64], &[0.0; 96], 16), 16);
    }

    #[test]
    fn what_fits_everywhere_is_not_moved() {
        assert_eq!(best_fit(&[0.5; 64], &[0.5; 96], 16), 16);
    }
}
