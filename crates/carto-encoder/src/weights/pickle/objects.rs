//! Opcodes that would run code in Python, and here describe what it would make.

use super::input::PickleError;
use super::machine::Machine;
use super::value::{Node, StorageRef, TensorRef, Value};
use crate::weights::tensor_view::Dtype;

/// Dimensions of a tensor: torch itself stops at 64, convolutions have 3 to 5.
const MAX_RANK: usize = 8;

impl Machine<'_> {
    pub(super) fn step_object(&mut self, opcode: u8) -> Result<(), PickleError> {
        match opcode {
            // GLOBAL, STACK_GLOBAL
            b'c' => {
                let module = self.input.line()?;
                let name = self.input.line()?;
                self.push(Node::Global { module, name });
            }
            0x93 => {
                let name = self.pop()?;
                let module = self.pop()?;
                if self.text_of(name).is_none() || self.text_of(module).is_none() {
                    return Err(self.wrong_kind("a name"));
                }
                self.push(Node::Global { module, name });
            }
            // REDUCE, NEWOBJ: something is called with a tuple.
            b'R' | 0x81 => {
                let arguments = self.pop()?;
                let callable = self.pop()?;
                self.describe(callable, arguments)?;
            }
            // NEWOBJ_EX: with keywords besides.
            0x92 => {
                let _keywords = self.pop()?;
                let arguments = self.pop()?;
                let callable = self.pop()?;
                self.describe(callable, arguments)?;
            }
            // BUILD: a state is set. That of a table is what torch notes beside it.
            b'b' => {
                let new_state = self.pop()?;
                if let Node::Record { state, .. } = self.top_node()? {
                    *state = new_state;
                }
            }
            // BINPERSID: what lies outside of the pickle.
            _ => {
                let id = self.pop()?;
                let storage = self.storage(id);
                let storage = storage.ok_or(self.wrong_kind("the name of a storage"))?;
                self.push(Node::Storage(storage));
            }
        }
        Ok(())
    }

    /// Pushes a description of what calling `callable` would give.
    fn describe(&mut self, callable: Value, arguments: Value) -> Result<(), PickleError> {
        let (Some(&Node::Global { module, name }), Some(Node::Tuple(arguments))) =
            (self.node(callable), self.node(arguments))
        else {
            return Err(self.wrong_kind("a name and its arguments"));
        };
        let described = match (self.text_of(module), self.text_of(name)) {
            (Some("collections"), Some("OrderedDict")) if arguments.is_empty() => {
                Node::Dict(Vec::new())
            }
            (Some("torch._utils"), Some("_rebuild_tensor_v2")) => {
                let tensor = self.tensor(arguments).ok_or(self.wrong_kind("a tensor's parts"))?;
                Node::Tensor(tensor)
            }
            (Some("torch._utils"), Some("_rebuild_parameter")) => {
                let tensor = arguments.first().and_then(|&tensor| self.node(tensor));
                match tensor {
                    Some(Node::Tensor(tensor)) => Node::Tensor(tensor.clone()),
                    _ => return Err(self.wrong_kind("a tensor")),
                }
            }
            _ => Node::Record { state: Value::None, items: Vec::new() },
        };
        self.push(described);
        Ok(())
    }

    /// `(storage, offset, shape, strides, ...)`
    fn tensor(&self, arguments: &[Value]) -> Option<TensorRef> {
        let [storage, offset, shape, strides, ..] = arguments else { return None };
        let Node::Storage(storage) = self.node(*storage)? else { return None };
        let (shape, strides) = (self.counts(*shape)?, self.counts(*strides)?);
        if shape.len() != strides.len() {
            return None;
        }
        Some(TensorRef { storage: *storage, offset: count(*offset)?, shape, strides })
    }

    /// A short tuple of counts.
    fn counts(&self, value: Value) -> Option<Vec<u64>> {
        match self.node(value)? {
            Node::Tuple(values) if values.len() <= MAX_RANK => {
                values.iter().map(|&value| count(value)).collect()
            }
            _ => None,
        }
    }

    /// `("storage", class, key, device, count)`
    fn storage(&self, id: Value) -> Option<StorageRef> {
        let Node::Tuple(parts) = self.node(id)? else { return None };
        let &[kind, class, key, _device, n_numbers] = parts.as_slice() else { return None };
        let &Node::Global { module, name } = self.node(class)? else { return None };
        self.text_of(key)?;
        let class = self.text_of(name)?;
        let is_torch = self.text_of(module)? == "torch";
        let dtype = if is_torch { Dtype::of_torch(class) } else { None };
        let n_numbers = count(n_numbers)?;
        (self.text_of(kind)? == "storage").then_some(StorageRef {
            key,
            class: name,
            dtype,
            n_numbers,
        })
    }
}

fn count(value: Value) -> Option<u64> {
    match value {
        Value::Int(count) => u64::try_from(count).ok(),
        _ => None,
    }
}
