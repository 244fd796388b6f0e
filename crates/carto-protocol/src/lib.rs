//! What page and workers say to each other.
//!
//! Calls only: what they carry is the data model of [`carto_types`]. The first message
//! each way carries [`PROTOCOL_VERSION`].

mod codec;
mod exchange;
mod messages;
mod sources;

pub use codec::{DecodeError, decode, encode};
pub use exchange::{Answer, Question};
pub use messages::{JobError, JobId, Request, Response};
pub use sources::{DeviceChoice, EncoderSource, ResultSource, ResultText};

/// Changes with every change of a type that crosses the boundary.
pub const PROTOCOL_VERSION: u32 = 5;
