use carto_archive::{ArchiveError, write_archive};
use carto_demo::DemoConfig;
use carto_types::DemoArchive;

/// The seed of the demo set that the page shows.
pub const DEMO_SEED: u64 = 1;

/// Why the demo set could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the demo set cannot be packed")]
pub struct DemoError(#[from] ArchiveError);

/// The demo set: a dozen invented songs, each by three or more invented
/// mappers, as `.osz` archives.
///
/// # Errors
///
/// [`DemoError`] if an archive cannot be written to memory.
pub fn demo_archives(seed: u64) -> Result<Vec<DemoArchive>, DemoError> {
    let config = DemoConfig { seed, ..DemoConfig::default() };
    carto_demo::demo_archives(&config)
        .into_iter()
        .map(|archive| {
            let bytes = write_archive(&archive.files)?;
            Ok(DemoArchive { name: archive.file_name, bytes })
        })
        .collect()
}
