//! One pass from the sources of the page to its files.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::files::{PageFiles, content_hash, read};
use super::first_chart::{PLACE, first_chart};
use super::html::{Styles, Tag, replace_tags};
use super::kept_files::insert_service_worker;
use super::policy::with_policy;
use super::programs::{APP, PROGRAMS, ProgramFiles};

/// What the page opens on. Its name changes with its content: a new program never reads
/// an older visit's figures, which may have another layout.
const FIGURES: &str = "published/published.bin";

/// What one build has that another has not.
#[derive(Debug)]
pub(crate) struct Extras {
    /// More files, by name.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// Changes of `index.html`, each a text that stands in it and what takes its place.
    pub(crate) edits: Vec<(String, String)>,
    /// Whether a service worker keeps the page, so that it opens without a network.
    pub(crate) is_kept: bool,
}

impl Default for Extras {
    fn default() -> Self {
        Self { files: Vec::new(), edits: Vec::new(), is_kept: true }
    }
}

/// Puts the page together.
///
/// - `root`: the folder of `index.html`, `www` and `public`
/// - `programs`: in the order of [`PROGRAMS`]
///
/// # Errors
///
/// Names the file that cannot be read, and what `index.html` lacks.
pub(crate) fn assemble(
    root: &Path,
    programs: Vec<ProgramFiles>,
    extras: Extras,
) -> Result<PageFiles> {
    let mut page = Assembly::new(root);
    page.files.insert_folder(&root.join("public"))?;
    for (name, bytes) in extras.files {
        page.files.insert(name, bytes)?;
    }
    let figures = page.files.take(FIGURES)?;
    let mut html = read(&root.join("index.html"))?;
    if html.contains(PLACE) {
        html = html.replace(PLACE, &first_chart(&figures)?);
    }
    page.insert_renamed(FIGURES, figures)?;
    for (program, files) in PROGRAMS.iter().zip(programs) {
        page.insert_program(program.name, files)?;
    }
    for (from, to) in extras.edits {
        html = replace_once(&html, &from, &to)?;
    }
    let html = page.document(&html)?;
    page.files.insert("index.html", html.into_bytes())?;
    if extras.is_kept {
        insert_service_worker(&mut page.files, &read(&root.join("www/sw.js"))?)?;
    }
    Ok(page.files)
}

struct Assembly<'a> {
    root: &'a Path,
    files: PageFiles,
    styles: Styles,
    /// The scripts that run after the page is read, in their order.
    deferred: String,
    /// Names in the sources, and those in the page.
    renamed: Vec<(String, String)>,
}

/// Stand for what is known once all tags were read.
const STYLES_HERE: &str = "<!--styles-->";
const DEFERRED_HERE: &str = "<!--deferred-->";

impl<'a> Assembly<'a> {
    fn new(root: &'a Path) -> Self {
        Self {
            root,
            files: PageFiles::default(),
            styles: Styles::default(),
            deferred: String::new(),
            renamed: Vec::new(),
        }
    }

    fn insert_renamed(&mut self, name: &str, bytes: Vec<u8>) -> Result<()> {
        let versioned = self.files.insert_versioned(name, bytes)?;
        self.renamed.push((name.to_owned(), versioned));
        Ok(())
    }

    /// Adds the files of a program, all with one version in their names, and but for the
    /// app a script that starts it.
    fn insert_program(&mut self, name: &str, mut files: ProgramFiles) -> Result<()> {
        if name != APP {
            let loader = format!("import init from './{name}.js';await init();");
            files.insert(format!("{name}_loader.js"), loader.into_bytes());
        }
        let content: Vec<u8> = files.values().flatten().copied().collect();
        let versioned = format!("{name}-{}", content_hash(&content));
        let own: Vec<(String, String)> = files
            .keys()
            .filter_map(|file| {
                Some((file.clone(), format!("{versioned}{}", file.strip_prefix(name)?)))
            })
            .collect();
        for (file, bytes) in files {
            let Some((_, new_name)) = own.iter().find(|(old, _)| *old == file) else {
                self.files.insert(file, bytes)?; // A snippet, whose folder has a version.
                continue;
            };
            let bytes = match String::from_utf8(bytes) {
                Ok(script) if file.ends_with(".js") => rename(&script, &own).into_bytes(),
                Ok(text) => text.into_bytes(),
                Err(binary) => binary.into_bytes(),
            };
            self.files.insert(new_name, bytes)?;
        }
        self.renamed.extend(own);
        Ok(())
    }

    fn document(&mut self, html: &str) -> Result<String> {
        for program in PROGRAMS.iter().filter(|program| program.name != APP) {
            let name = program.name;
            if !html.contains(&format!("./{name}_loader.js\"")) {
                bail!(
                    "index.html does not name the program {name}: add a <meta> with \
                     content=\"./{name}_loader.js\" and let the page read the address from there"
                );
            }
        }
        if !html.contains(FIGURES) {
            bail!("index.html does not name {FIGURES}, which the page opens on");
        }
        let html = replace_tags(html, |tag| self.replaced(tag))?;
        let html = rename(&html, &self.renamed);
        let html = self.with_styles(&html)?;
        let html = self.with_deferred(&html)?;
        with_policy(&html, &self.styles.inline)
    }

    /// What stands in the page in the place of a tag of the sources.
    fn replaced(&mut self, tag: Tag) -> Result<Option<String>> {
        let attribute = if tag.is_script() { "src" } else { "href" };
        let Some(source) = tag.attribute(attribute).filter(|name| name.starts_with("www/")) else {
            return Ok(None);
        };
        let text = read(&self.root.join(source))?;
        if tag.attribute("rel") == Some("stylesheet") {
            let is_first = self.styles == Styles::default();
            self.styles.push(&text, tag.attribute("data-inline").is_some());
            return Ok(Some(if is_first { STYLES_HERE.to_owned() } else { String::new() }));
        }
        if tag.attribute("defer").is_some() {
            let is_first = self.deferred.is_empty();
            self.deferred.push_str(&without_comments(&text));
            return Ok(Some(if is_first { DEFERRED_HERE.to_owned() } else { String::new() }));
        }
        let kind =
            tag.attribute("type").map(|kind| format!(" type=\"{kind}\"")).unwrap_or_default();
        let name = source.rsplit('/').next().unwrap_or(source);
        let script = rename(&without_comments(&text), &self.renamed);
        let name = self.files.insert_versioned(name, script.into_bytes())?;
        Ok(Some(format!("<script{kind} src=\"./{name}\"></script>")))
    }

    fn with_styles(&mut self, html: &str) -> Result<String> {
        let html = html.replace(STYLES_HERE, &format!("<style>{}</style>", self.styles.inline));
        let later = self.styles.later.clone().into_bytes();
        let name = self.files.insert_versioned("later.css", later)?;
        let (before, after) = html.rsplit_once("</body>").context("index.html has no </body>")?;
        Ok(format!("{before}<link rel=\"stylesheet\" href=\"./{name}\">\n</body>{after}"))
    }

    /// One file of the deferred scripts: each request of a first visit takes its turn
    /// before the words can be painted.
    fn with_deferred(&mut self, html: &str) -> Result<String> {
        let deferred = self.deferred.clone().into_bytes();
        let name = self.files.insert_versioned("shims.js", deferred)?;
        let tag = format!("<script src=\"./{name}\" defer></script>");
        Ok(html.replace(DEFERRED_HERE, &tag))
    }
}

fn rename(text: &str, names: &[(String, String)]) -> String {
    names.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from.as_str(), to))
}

fn replace_once(html: &str, from: &str, to: &str) -> Result<String> {
    let (before, after) =
        html.split_once(from).with_context(|| format!("index.html has no {from}"))?;
    Ok(format!("{before}{to}{after}"))
}

/// Without the lines that are comments: they are for those who read the source.
fn without_comments(script: &str) -> String {
    script.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect()
}

#[cfg(test)]
#[path = "assemble_tests.rs"]
mod tests;
