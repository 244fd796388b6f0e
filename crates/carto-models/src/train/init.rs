use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::{Device, Tensor, TensorData};

use super::Vae;
use crate::encoder::EncoderConfig;
use crate::encoder::normal::Normal;

/// A model whose weights follow from the seed alone, on every device: standard
/// normal where weights are normed anyway, and of the usual spread for their
/// inputs in the heads, whose biases are zero.
pub(super) fn random(config: &EncoderConfig, seed: u64, device: &Device) -> Vae {
    let filler = &mut Filler { random: Normal::new(seed), device, path: Vec::new() };
    Vae::new(config, device).map(filler)
}

struct Filler<'a> {
    random: Normal,
    device: &'a Device,
    path: Vec<String>,
}

impl ModuleMapper for Filler<'_> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let shape = param.lazy_shape();
        let is_in_head = self.path.iter().any(|name| matches!(&**name, "mu" | "logvar" | "head"));
        let fan_in: usize = shape.iter().skip(1).product();
        let std = match (is_in_head, D) {
            (true, 1) => 0.0,
            (true, _) => 1.0 / (fan_in as f64).sqrt(),
            (false, _) => 1.0,
        };
        let n = shape.num_elements();
        let values: Vec<f32> = (0..n).map(|_| (std * self.random.next()) as f32).collect();
        let tensor = Tensor::from_data(TensorData::new(values, shape), self.device);
        param.transform_for_load(tensor, burn::module::ParamId::new())
    }
}
