//! What a pickle describes: inert values, none of which can be called.

use crate::weights::tensor_view::Dtype;

/// One value. Whatever has parts lies in [`Pickled::nodes`], so that no depth of
/// nesting needs any depth of calls, not even to be dropped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) enum Value {
    None,
    Int(i64),
    /// UTF-8 in the pickle itself, from and to.
    Text(u32, u32),
    Node(u32),
    /// What nobody here asks for: floats, booleans, bytes, large integers.
    Other,
}

/// A value with parts.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Node {
    /// A list or a set.
    List(Vec<Value>),
    Tuple(Vec<Value>),
    /// A `dict` or an `OrderedDict`, in order of insertion.
    Dict(Vec<(Value, Value)>),
    /// The name of a class or function.
    Global {
        module: Value,
        name: Value,
    },
    Storage(StorageRef),
    Tensor(TensorRef),
    /// An object of any other class, with what was set on it.
    Record {
        /// What its state is, if it was given one.
        state: Value,
        items: Vec<(Value, Value)>,
    },
}

/// A storage, which holds the numbers of tensors: `archive/data/{key}`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct StorageRef {
    /// Text.
    pub(in super::super) key: Value,
    /// Text: the class as written, `FloatStorage`.
    pub(in super::super) class: Value,
    /// `None` for integers and the like.
    pub(in super::super) dtype: Option<Dtype>,
    /// Numbers in it.
    pub(in super::super) n_numbers: u64,
}

/// A view into a storage; counts and strides in numbers, not bytes.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct TensorRef {
    pub(in super::super) storage: StorageRef,
    pub(in super::super) offset: u64,
    pub(in super::super) shape: Vec<u64>,
    pub(in super::super) strides: Vec<u64>,
}

/// A pickle, read.
#[derive(Debug)]
pub(in super::super) struct Pickled<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) nodes: Vec<Node>,
    pub(in super::super) root: Value,
}

impl<'a> Pickled<'a> {
    pub(in super::super) fn node(&self, value: Value) -> Option<&Node> {
        node(&self.nodes, value)
    }

    pub(in super::super) fn text(&self, value: Value) -> Option<&'a str> {
        text(self.bytes, value)
    }

    /// Items of a table, or of an object that is one besides.
    pub(in super::super) fn items(&self, value: Value) -> Option<&[(Value, Value)]> {
        match self.node(value)? {
            Node::Dict(items) => Some(items),
            Node::Record { items, .. } if !items.is_empty() => Some(items),
            _ => None,
        }
    }

    /// What a table has under `name`, or an object as its attribute; the last
    /// where it was set twice. `None`, Python's too, where there is nothing.
    pub(in super::super) fn member(&self, value: Value, name: &str) -> Option<Value> {
        let in_items = |items: &[(Value, Value)]| {
            items.iter().rfind(|(key, _)| self.text(*key) == Some(name)).map(|(_, value)| *value)
        };
        let in_table = |value: Value| match self.node(value)? {
            Node::Dict(items) => in_items(items),
            _ => None,
        };
        let found = match self.node(value)? {
            Node::Dict(items) => in_items(items),
            Node::Record { state, items } => {
                in_items(items).or_else(|| match self.node(*state)? {
                    // Classes with slots: attributes of both kinds.
                    Node::Tuple(parts) if parts.len() == 2 => {
                        parts.iter().find_map(|&part| in_table(part))
                    }
                    _ => in_table(*state),
                })
            }
            _ => None,
        };
        found.filter(|&value| value != Value::None)
    }
}

pub(super) fn node(nodes: &[Node], value: Value) -> Option<&Node> {
    match value {
        Value::Node(index) => nodes.get(index as usize),
        _ => None,
    }
}

pub(super) fn text(bytes: &[u8], value: Value) -> Option<&str> {
    match value {
        // Checked when it was read.
        Value::Text(from, to) => std::str::from_utf8(bytes.get(from as usize..to as usize)?).ok(),
        _ => None,
    }
}
