//! Which crate may depend on which: the edges of `ARCHITECTURE.md`, one row a crate.

mod native;
mod page;
mod pure;
mod rule;
mod shared;
mod workers;

pub(crate) use self::rule::Rule;

/// All rows. A crate without a row fails the check: its edges are a decision to take.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    [pure::RULES, shared::RULES, page::RULES, workers::RULES, native::RULES].into_iter().flatten()
}
