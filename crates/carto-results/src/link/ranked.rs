//! What goes by the number or the rank of a latent.

use super::bits::Coder;
use super::codes::{below, codes};
use super::layout::number;
use super::quantise::Scale;
use crate::ResultError;
use crate::check::MAX_DIMS;

/// How many there are; a reader makes as many.
pub(super) fn length<T: Clone>(
    coder: &mut dyn Coder,
    values: &mut Vec<T>,
    empty: impl FnOnce() -> T,
) -> Result<(), ResultError> {
    let mut n = values.len() as u32;
    number(coder, &mut n)?;
    if n as usize > MAX_DIMS {
        return Err(coder.refusal("it has too many latents"));
    }
    values.resize(n as usize, empty());
    Ok(())
}

/// Each number by its place among those that are left.
pub(super) fn ranking(
    coder: &mut dyn Coder,
    ranking: &mut Vec<u32>,
    n_dims: usize,
) -> Result<(), ResultError> {
    let mut left: Vec<u32> = (0..n_dims as u32).collect();
    ranking.resize(n_dims, 0);
    for dim in ranking {
        let place = left.iter().position(|number| number == dim);
        let mut place = place.unwrap_or_default() as u64;
        below(coder, &mut place, left.len() as u64)?;
        if place as usize >= left.len() {
            return Err(coder.refusal("its ranking is none"));
        }
        *dim = left.remove(place as usize);
    }
    Ok(())
}

/// Figures in the order of a ranking by them: small steps from one to the next.
pub(super) fn ranked(
    coder: &mut dyn Coder,
    mut values: Vec<&mut f64>,
    ranking: &[u32],
    scale: Scale,
) -> Result<(), ResultError> {
    let order = || ranking.iter().map(|&dim| dim as usize);
    let rounded: Vec<_> = order().map(|dim| scale.code(*values[dim])).collect();
    let mut steps: Vec<_> = rounded.windows(2).map(|two| two[1].wrapping_sub(two[0])).collect();
    let mut first: Vec<_> = rounded.first().copied().into_iter().collect();
    codes(coder, &mut first)?;
    codes(coder, &mut steps)?;
    let mut code = first.first().copied().unwrap_or_default();
    for (dim, step) in order().zip([0].into_iter().chain(steps)) {
        code = code.wrapping_add(step);
        *values[dim] = scale.value(code);
    }
    Ok(())
}
