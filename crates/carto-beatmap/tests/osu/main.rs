//! osu!'s own reading of a map: oddities, hostile input and real maps.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

mod corpus;
mod hostile;
mod lines;
mod maps;
mod paths;
