//! Any bytes as a file of collections, of both kinds, and as a table: no panic,
//! and no more maps than the limits allow.
#![no_main]

use carto_dataset::{Dataset, Limits, read_collection_db, read_osdb};
use libfuzzer_sys::fuzz_target;

/// Tight, so that a limit that does not hold is seen as a slow or large run.
const LIMITS: Limits = Limits {
    max_rows: 1_000,
    max_collection_bytes: 1 << 20,
    max_collections: 100,
    max_maps: 1_000,
    max_object_bytes: 1 << 16,
};

fuzz_target!(|bytes: &[u8]| {
    for collections in [read_collection_db(bytes, &LIMITS), read_osdb(bytes, &LIMITS)] {
        let n_maps: usize = collections.iter().flatten().map(|c| c.maps.len()).sum();
        assert!(n_maps <= LIMITS.max_maps);
    }
    // What was read and written once is written again as it is.
    if let Ok(dataset) = Dataset::from_csv(bytes, &LIMITS) {
        let csv = dataset.to_csv();
        let again = Dataset::from_csv(&csv, &LIMITS).map(|dataset| dataset.to_csv());
        assert_eq!(again.as_ref(), Ok(&csv));
    }
});
