//! How much two signals agree.
