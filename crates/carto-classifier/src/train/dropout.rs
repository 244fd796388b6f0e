use burn::tensor::{Device, Tensor, TensorData};

use carto_random::Normal;

/// Drops numbers at random and makes up for it in those that stay.
///
/// Draws from the job's own stream and not from Burn's, which all threads share: a
/// job gives the same whatever runs beside it.
pub(super) fn dropout(x: Tensor<2>, share: f64, random: &mut Normal, device: &Device) -> Tensor<2> {
    if share <= 0.0 {
        return x;
    }
    let [n_rows, width] = x.dims();
    let kept = (1.0 / (1.0 - share)) as f32;
    let draw = || if random.unit() < share { 0.0 } else { kept };
    let mask: Vec<f32> = std::iter::repeat_with(draw).take(n_rows * width).collect();
    x.mul(Tensor::from_data(TensorData::new(mask, [n_rows, width]), device))
}
