use burn::tensor::Device;

use super::Vae;
use carto_encoder::EncoderConfig;
use carto_encoder::plain::paths;
use carto_random::Normal;

/// A model whose weights follow from the seed alone, on every device: standard
/// normal where weights are normed anyway, and of the usual spread for their
/// inputs in the heads, whose biases are zero.
pub(super) fn random(config: &EncoderConfig, seed: u64, device: &Device) -> Vae {
    let mut random = Normal::new(seed);
    paths::replace(Vae::new(config, device), device, |path, shape| {
        let is_in_head = path.split('.').any(|name| matches!(name, "mu" | "logvar" | "head"));
        let fan_in: usize = shape[1..].iter().product();
        let std = match (is_in_head, shape.len()) {
            (true, 1) => 0.0,
            (true, _) => 1.0 / (fan_in as f64).sqrt(),
            (false, _) => 1.0,
        };
        let n: usize = shape.iter().product();
        Some((0..n).map(|_| (std * random.next()) as f32).collect())
    })
}
