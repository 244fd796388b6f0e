//! Weights of any module by their path in it: `blocks.0.layers.1.res.weight`.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Device, Tensor, TensorData, TensorReadError};

/// One tensor of a module.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedTensor {
    /// Names of the modules down to it, with dots between them.
    pub path: String,
    /// Sizes, outermost first.
    pub shape: Vec<usize>,
    /// Row-major.
    pub values: Vec<f32>,
}

/// All weights of a module, in the order of the module's fields.
///
/// # Errors
///
/// The device's, if it cannot give them.
pub fn read(module: &impl Module) -> Result<Vec<NamedTensor>, TensorReadError> {
    let mut reader = Reader { path: Vec::new(), tensors: Ok(Vec::new()) };
    module.visit(&mut reader);
    reader.tensors
}

/// A module with other weights, replaced in the order of its fields.
///
/// - `values_of`: of a path and a shape; a weight for which it gives `None` stays
pub fn replace<M: Module>(
    module: M,
    device: &Device,
    values_of: impl FnMut(&str, &[usize]) -> Option<Vec<f32>>,
) -> M {
    module.map(&mut Replacer { path: Vec::new(), device, values_of })
}

struct Reader {
    path: Vec<String>,
    tensors: Result<Vec<NamedTensor>, TensorReadError>,
}

impl ModuleVisitor for Reader {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let Ok(tensors) = &mut self.tensors else { return };
        let tensor = param.val();
        let (path, shape) = (self.path.join("."), tensor.dims().to_vec());
        match tensor.try_to_vec_as::<f32>() {
            Ok(values) => tensors.push(NamedTensor { path, shape, values }),
            Err(error) => self.tensors = Err(error),
        }
    }
}

struct Replacer<'a, F> {
    path: Vec<String>,
    device: &'a Device,
    values_of: F,
}

impl<F: FnMut(&str, &[usize]) -> Option<Vec<f32>>> ModuleMapper for Replacer<'_, F> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let shape = param.lazy_shape();
        match (self.values_of)(&self.path.join("."), shape.as_slice()) {
            None => param,
            Some(values) => {
                let id = param.id;
                let data = TensorData::new(values, shape);
                param.transform_for_load(Tensor::from_data(data, self.device), id)
            }
        }
    }
}
