/// Bounds on files of a person and answers of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Rows of a table. The published one has 9,579; a row takes about 1 kB.
    pub max_rows: usize,
    /// Bytes of a collection file, before and after it is unpacked. A hundred
    /// thousand maps with artist, title and comment take about 20 MB.
    pub max_collection_bytes: usize,
    /// Collections of one file. osu! itself becomes unusable far below.
    pub max_collections: usize,
    /// Maps of all collections of one file together.
    pub max_maps: usize,
    /// Bytes of one API object. With all covers, ratings and fail times it has 8 kB.
    pub max_object_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_rows: 500_000,
            max_collection_bytes: 256 << 20,
            max_collections: 100_000,
            max_maps: 1_000_000,
            max_object_bytes: 1 << 20,
        }
    }
}
