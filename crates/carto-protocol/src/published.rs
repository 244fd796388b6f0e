//! The published JSON layouts.
