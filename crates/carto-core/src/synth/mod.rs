//! Invented beatmaps.
