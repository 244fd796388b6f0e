//! Python's pickles, read as data.

mod input;
mod machine;
mod objects;
mod value;

pub use input::PickleError;
pub(super) use machine::read;
pub(super) use value::{Node, Pickled, Value};

#[cfg(test)]
mod tests;
