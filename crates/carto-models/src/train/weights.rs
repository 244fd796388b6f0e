//! The decoder as a file, beside the encoder's.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Device, Tensor, TensorData};
use half::f16;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};

use super::TrainError;
use crate::encoder::EncoderConfig;
use crate::encoder::plain::Decoder;

/// A decoder as safetensors, float16, each tensor under its path in [`Decoder`].
///
/// # Errors
///
/// [`TrainError::Device`].
pub fn decoder_to_safetensors(decoder: &Decoder) -> Result<Vec<u8>, TrainError> {
    let mut reader = Reader { path: Vec::new(), tensors: Ok(BTreeMap::new()) };
    decoder.visit(&mut reader);
    let tensors = reader.tensors?;
    let views = tensors.iter().map(|(key, (shape, bytes))| {
        TensorView::new(Dtype::F16, shape.clone(), bytes).map(|view| (key.clone(), view))
    });
    let views = views.collect::<Result<Vec<_>, _>>().map_err(TrainError::device)?;
    serialize(views, None).map_err(TrainError::device)
}

/// The decoder of an encoder's file, from what [`decoder_to_safetensors`] wrote.
///
/// # Errors
///
/// [`TrainError::Config`] that names the first tensor that is missing or of
/// another shape.
pub fn decoder_from_safetensors(
    bytes: &[u8],
    config: &EncoderConfig,
    device: &Device,
) -> Result<Decoder, TrainError> {
    let invalid = |reason: String| TrainError::Config { reason };
    let file = SafeTensors::deserialize(bytes).map_err(|error| invalid(error.to_string()))?;
    let mut loader = Loader { file, device, path: Vec::new(), fault: None };
    let decoder = config.init_decoder(device).map(&mut loader);
    match loader.fault {
        Some(key) => Err(invalid(format!("the decoder has no `{key}` of the encoder's size"))),
        None => Ok(decoder),
    }
}

/// Shape and float16 bytes of each tensor, by its path.
type HalfTensors = BTreeMap<String, (Vec<usize>, Vec<u8>)>;

struct Reader {
    path: Vec<String>,
    tensors: Result<HalfTensors, TrainError>,
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
        let shape = tensor.dims().to_vec();
        match tensor.try_to_vec_as::<f32>() {
            Ok(values) => {
                let halves = values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes());
                tensors.insert(self.path.join("."), (shape, halves.collect()));
            }
            Err(error) => self.tensors = Err(TrainError::device(format!("{error:?}"))),
        }
    }
}

struct Loader<'a> {
    file: SafeTensors<'a>,
    device: &'a Device,
    path: Vec<String>,
    /// The first key that could not be used.
    fault: Option<String>,
}

impl ModuleMapper for Loader<'_> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let key = self.path.join(".");
        let shape = param.lazy_shape();
        let found = self
            .file
            .tensor(&key)
            .ok()
            .filter(|view| view.dtype() == Dtype::F16 && view.shape() == shape.as_slice());
        let Some(view) = found else {
            self.fault.get_or_insert(key);
            return param;
        };
        let (pairs, _) = view.data().as_chunks::<2>();
        let values: Vec<f32> =
            pairs.iter().map(|&pair| f16::from_le_bytes(pair).to_f32()).collect();
        let id = param.id;
        param.transform_for_load(Tensor::from_data(TensorData::new(values, shape), self.device), id)
    }
}
