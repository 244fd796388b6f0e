//! Classifiers from files, and the one that was asked for last.

use std::cell::RefCell;
use std::rc::Rc;

use carto_classifier::{Classifier, ClassifierError};
use carto_types::ModelFacts;

use crate::rows;

/// What a file should be, in one word.
pub(crate) const WHAT: &str = "classifier";

/// The largest file that is read: the reader takes no more than 32 MiB of weights,
/// and the bundled one has 1 MB.
pub(crate) const MAX_BYTES: u64 = 48 << 20;

/// A classifier's file and what it says of itself.
pub(crate) type Loaded = (Vec<u8>, ModelFacts);

thread_local! {
    /// By its name in calls: each job brings the file along, and it is read once.
    static LAST: RefCell<Option<(u32, Rc<Classifier>)>> = const { RefCell::new(None) };
}

/// The classifier of a job.
///
/// - `read`: gives its file, where this worker does not have it
///
/// # Errors
///
/// Words for a file that is none or cannot be read.
pub(crate) fn get(
    model_id: u32,
    read: impl FnOnce() -> Result<Vec<u8>, String>,
) -> Result<Rc<Classifier>, String> {
    let known = LAST.with_borrow(|last| match last {
        Some((id, classifier)) if *id == model_id => Some(Rc::clone(classifier)),
        _ => None,
    });
    if let Some(classifier) = known {
        return Ok(classifier);
    }
    let classifier = Classifier::from_bytes(&read()?)
        .map_err(|error| format!("the classifier cannot be used: {error}; load it again"))?;
    let classifier = Rc::new(classifier);
    LAST.set(Some((model_id, Rc::clone(&classifier))));
    Ok(classifier)
}

/// Reads the classifier that is served with the page.
///
/// # Errors
///
/// Words that name the file and say what to do.
pub(crate) fn bundled(url: &str, bytes: Vec<u8>) -> Result<Loaded, String> {
    let name = url.rsplit('/').next().unwrap_or(url);
    read(name, bytes, "reload the page to fetch it again")
}

/// Reads a classifier that a person has.
///
/// # Errors
///
/// As [`bundled`].
pub(crate) fn dropped(name: &str, bytes: Vec<u8>) -> Result<Loaded, String> {
    read(name, bytes, "save or copy it again from where it was made")
}

/// - `again`: how to get a whole file in place of a damaged one
fn read(name: &str, bytes: Vec<u8>, again: &str) -> Result<Loaded, String> {
    let classifier = Classifier::from_bytes(&bytes).map_err(|error| match &error {
        ClassifierError::NotAClassifier => format!(
            "{name} is no classifier: choose a file that this page or the carto command wrote"
        ),
        ClassifierError::Version { .. } => {
            format!("{name} is of another version of this page ({error}): reload the page")
        }
        ClassifierError::Damaged { .. } => format!("{name}: {error}; {again}"),
        _ => format!("{name}: {error}; train it again"),
    })?;
    let names = rows::names();
    if let Some(missing) = classifier.columns().iter().find(|column| !names.contains(column)) {
        return Err(format!(
            "{name} looks at `{missing}`, which this page does not read from maps: \
             train it on the columns of `carto features`"
        ));
    }
    let facts = facts(&classifier);
    Ok((bytes, facts))
}

/// What a classifier says of itself.
pub(crate) fn facts(classifier: &Classifier) -> ModelFacts {
    let about = classifier.about();
    ModelFacts {
        labels: classifier.labels().to_vec(),
        n_maps: about.n_maps as u32,
        n_songs: about.n_songs as u32,
        cross_validated_top_1: about.cross_validated_top_1,
        note: about.note.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::tests::trained;

    #[test]
    fn a_file_says_what_it_knows() {
        let bytes = trained().bytes.clone();
        let Ok((same, facts)) = dropped("mine.clf", bytes.clone()) else {
            unreachable!("a classifier is read")
        };
        assert_eq!(same, bytes);
        assert_eq!(facts, trained().facts.clone());
        assert_eq!(facts.labels, ["jump", "stream"]);
    }

    #[test]
    fn what_is_none_is_named_with_what_to_do() {
        let said = |bytes: &[u8]| dropped("a.clf", bytes.to_vec()).err().unwrap_or_default();
        assert!(said(b"PK").starts_with("a.clf is no classifier: choose"));
        let bytes = trained().bytes.clone();
        let cut = &bytes[..bytes.len() - 1];
        assert!(said(cut).starts_with("a.clf: the classifier's file is damaged"), "{}", said(cut));
        let bundled = bundled("https://a.b/models/c.bin", cut.to_vec()).err().unwrap_or_default();
        assert!(bundled.starts_with("c.bin: ") && bundled.contains("reload the page"), "{bundled}");
        let mut later = bytes.clone();
        later[8] = 9;
        assert!(said(&later).contains("layout 9"), "{}", said(&later));
    }

    #[test]
    fn the_one_that_is_served_looks_at_what_the_page_reads() {
        let bytes = include_bytes!("../../../public/models/classifier.bin").to_vec();
        let facts = bundled("https://a.b/models/classifier.bin", bytes).map(|(_, facts)| facts);
        assert_eq!(facts.map(|facts| facts.labels.len()), Ok(15));
    }

    #[test]
    fn a_file_is_read_once() {
        let bytes = || Ok(trained().bytes.clone());
        let Ok(first) = get(7, bytes) else { unreachable!("a classifier is read") };
        let again = get(7, || unreachable!("it is read once"));
        assert!(again.is_ok_and(|again| Rc::ptr_eq(&first, &again)));
        assert!(get(8, || Ok(Vec::new())).is_err());
    }
}
