//! Opening, comparing and writing results.
//!
//! Every reply is the words of a refusal where there is nothing else to give: what is
//! wrong with the file, the link or the address, and what to do.

use carto_types::{OutputFile, OwnerRow, ResultLabel, ResultLink, ShownResult};
use serde::{Deserialize, Serialize};

use crate::call::{NoProgress, calls};

/// What the worker of results is asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub enum ResultsRequest {
    /// Read a result.
    OpenResult(OpenResult),
    /// Read the published figures where they are kept.
    RefreshPublished(RefreshPublished),
    /// Write a result as the fragment of a link.
    MakeLink(MakeLink),
    /// Make the files of a result.
    ExportResult(ExportResult),
    /// Write a result under another label.
    LabelResult(LabelResult),
    /// Put files into one archive.
    PackFiles(PackFiles),
    /// Say how one result differs from another.
    CompareResults(CompareResults),
    /// Read a cross-validation that the command wrote.
    ReadCrossValidation(ReadCrossValidation),
}

calls! { ResultsRequest:
    OpenResult = 0 => Result<OpenedResult, String>, NoProgress;
    RefreshPublished = 1 => Result<RefreshedResult, String>, NoProgress;
    MakeLink = 2 => Result<ResultLink, String>, NoProgress;
    ExportResult = 3 => Result<Vec<OutputFile>, String>, NoProgress;
    LabelResult = 4 => Result<String, String>, NoProgress;
    PackFiles = 5 => Result<Vec<u8>, String>, NoProgress;
    CompareResults = 6 => Result<String, String>, NoProgress;
    ReadCrossValidation = 7 => Result<String, String>, NoProgress;
}

/// Reads a result. Its files where the source is one: one of ours, or several of the
/// published layouts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenResult {
    /// Where it is.
    pub source: ResultSource,
}

/// A result that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenedResult {
    /// What to draw.
    pub shown: ShownResult,
    /// The result file's text.
    pub json: String,
    /// What a person said of the owners of difficulties.
    pub owners: Vec<OwnerRow>,
}

/// Reads the published figures where they are kept, and says what differs from those
/// that are served with the page. No file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshPublished {
    /// Address of the folder of the published site, with a slash at its end; absolute.
    pub url: String,
    /// Address of the result file that is served with the page; absolute.
    pub bundled_url: String,
}

/// What the published site has now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefreshedResult {
    /// What differs from what is served with the page, as HTML; `None` where nothing
    /// does.
    pub changes: Option<String>,
    /// The figures of the site.
    pub live: OpenedResult,
}

/// Writes a result as the fragment of a link, without its `#`. No file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeLink {
    /// The result.
    pub result: ResultText,
    /// Whether titles of songs and names of mappers go with it, as far as they fit.
    pub has_names: bool,
    /// What it is called.
    pub label: ResultLabel,
}

/// Makes the files of a result: tables, figures, layouts, methods. No file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportResult {
    /// The result.
    pub result: ResultText,
}

/// Writes a result file under another label. No file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelResult {
    /// The result.
    pub result: ResultText,
    /// What it is called.
    pub label: ResultLabel,
}

/// Puts files into one zip; the result among them under another label. No file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFiles {
    /// The files, in the order of the zip.
    pub files: Vec<OutputFile>,
    /// What the result is called.
    pub label: ResultLabel,
}

/// Says how one result differs from another, as HTML. No file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareResults {
    /// The result.
    pub result: ResultText,
    /// What it is held against.
    pub against: ResultText,
}

/// Reads a cross-validation that the command wrote, and gives it as HTML. Its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadCrossValidation {
    /// The file's name.
    pub name: String,
}

/// The text of a result file, or where to read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResultText {
    /// The text itself.
    Json(String),
    /// The absolute address of the file.
    Url(String),
}

/// Where a result is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResultSource {
    /// In the file that comes with the call.
    File {
        /// As the person knows it.
        name: String,
    },
    /// In the fragment of a link, without its `#`.
    Link {
        /// As it stood in the address.
        fragment: String,
    },
    /// Of a run that the browser kept, in a text that is here.
    Kept {
        /// The text of its result file.
        text: String,
        /// What it is called.
        label: ResultLabel,
    },
    /// At an address that a person gave.
    Address {
        /// Absolute.
        url: String,
    },
}
