//! How one result differs from another.

mod comparison;
mod page;
#[cfg(test)]
mod tests;

pub use comparison::{Compared, Comparison, Figure, compare};
pub use page::compare_html;
