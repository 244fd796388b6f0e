//! Where the scripts of the workers are.

use carto_port::pool::{Script, lost};
use carto_protocol::JobError;
use carto_ui::meta_element;

/// The script that starts a program; its address stands in `index.html`.
///
/// - `name`: of the program
///
/// # Errors
///
/// [`JobError::WorkerLost`] if the page does not name it.
pub(crate) fn script(name: &str) -> Result<Script, JobError> {
    let url = meta_element(name).and_then(|meta| meta.get_attribute("content"));
    let url = url.ok_or_else(|| lost("the page does not name its worker's script"))?;
    Ok(Script { name: name.to_owned(), url })
}
