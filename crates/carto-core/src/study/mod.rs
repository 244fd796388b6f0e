//! Which maps of which archives are compared.

mod facts;

pub use facts::{
    ArchiveFacts, Issue, MapFacts, MapRefusal, Mode, RegistryFields, SetHead, Severity, SourceKind,
};
