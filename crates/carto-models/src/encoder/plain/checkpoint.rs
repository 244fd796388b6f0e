//! Weights by the keys of a checkpoint, into the modules and out of them.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Device, Tensor, TensorData, TensorReadError};

use super::network::Encoder;
use crate::encoder::EncoderWeights;

impl Encoder {
    /// An encoder with the weights of a file.
    #[must_use]
    pub fn load(weights: &EncoderWeights, device: &Device) -> Self {
        let encoder = weights.config().init(device);
        encoder.map(&mut Loader { weights, device, path: ModulePath::default() })
    }

    /// All weights, row-major, each under its key in a checkpoint: what
    /// [`EncoderWeights::new`] takes.
    ///
    /// # Errors
    ///
    /// The device's, if it cannot give them.
    pub fn tensors(&self) -> Result<BTreeMap<String, Vec<f32>>, TensorReadError> {
        let mut reader = Reader { path: ModulePath::default(), tensors: Ok(BTreeMap::new()) };
        self.visit(&mut reader);
        reader.tensors
    }
}

/// Where in the module a traversal is.
#[derive(Default)]
struct ModulePath {
    names: Vec<String>,
}

impl ModulePath {
    fn enter(&mut self, name: &str) {
        self.names.push(name.to_owned());
    }

    fn leave(&mut self) {
        self.names.pop();
    }

    /// The path in the published program's modules, which number the parts of a
    /// sequence where ours have names.
    fn checkpoint_key(&self) -> String {
        let names = self.names.iter().map(|name| match name.as_str() {
            "entry" => "encoder.0",
            "blocks" => "encoder.1.blocks",
            "downs" => "encoder.1.downs",
            "mu" => "encoder.2.mu",
            "logvar" => "encoder.2.logvar",
            "pointwise" | "enter" => "0",
            "depthwise" => "1",
            "leave" => "4",
            "sum" => "out.0",
            "out" => "out.2",
            same => same,
        });
        names.collect::<Vec<_>>().join(".")
    }
}

struct Loader<'a> {
    weights: &'a EncoderWeights,
    device: &'a Device,
    path: ModulePath,
}

impl ModuleMapper for Loader<'_> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.enter(name);
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.leave();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let values = self.weights.tensor(&self.path.checkpoint_key());
        let data = TensorData::new(values.to_vec(), param.lazy_shape());
        let id = param.id;
        param.transform_for_load(Tensor::from_data(data, self.device), id)
    }
}

struct Reader {
    path: ModulePath,
    tensors: Result<BTreeMap<String, Vec<f32>>, TensorReadError>,
}

impl ModuleVisitor for Reader {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.enter(name);
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.leave();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let Ok(tensors) = &mut self.tensors else { return };
        match param.val().try_to_vec_as::<f32>() {
            Ok(values) => {
                tensors.insert(self.path.checkpoint_key(), values);
            }
            Err(error) => self.tensors = Err(error),
        }
    }
}
