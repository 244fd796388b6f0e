//! `cite.html` of the page: how to cite it, with the version and the source that it was built
//! from.

use std::process::Command;

use anyhow::{Result, bail};

/// What the page was built from, as far as this machine knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// Commit of the checkout, 40 hexadecimal digits; `None` outside a checkout.
    commit: Option<String>,
    /// Whether files differ from that commit.
    is_changed: bool,
    /// Address of the repository that people can open; `None` for a copy on this machine.
    repository: Option<String>,
}

impl Source {
    /// Asks git, and where the page is built by a workflow, its environment.
    pub(crate) fn of_checkout() -> Self {
        let repository = std::env::var("GITHUB_REPOSITORY")
            .ok()
            .and_then(|name| Some(format!("{}/{name}", std::env::var("GITHUB_SERVER_URL").ok()?)));
        Self {
            commit: git(&["rev-parse", "HEAD"]),
            is_changed: git(&["status", "--porcelain", "--untracked-files=no"])
                .is_some_and(|changes| !changes.is_empty()),
            repository: repository
                .or_else(|| public_address(&git(&["remote", "get-url", "origin"])?)),
        }
    }

    /// `, commit 1a2b3c4d5e6f`, with a word where files differ from it.
    fn commit_text(&self) -> String {
        let changed = if self.is_changed { " with changes" } else { "" };
        let commit = self.commit.as_deref().and_then(|commit| commit.get(..12));
        commit.map_or_else(String::new, |commit| format!(", commit {commit}{changed}"))
    }

    /// Where the source lies: of the commit, if it is there unchanged.
    fn address(&self) -> Option<String> {
        let repository = self.repository.as_deref()?;
        Some(match &self.commit {
            Some(commit) if !self.is_changed => format!("{repository}/tree/{commit}"),
            _ => repository.to_owned(),
        })
    }
}

/// What git says of this checkout; `None` without git or a checkout.
fn git(args: &[&str]) -> Option<String> {
    let output =
        Command::new("git").current_dir(crate::process::root()).args(args).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The address of a remote as a browser opens it; `None` for folders of a machine, and for what
/// holds a name or a password.
fn public_address(remote: &str) -> Option<String> {
    let is_public = remote.starts_with("https://") && !remote.contains('@');
    is_public.then(|| remote.trim_end_matches(".git").trim_end_matches('/').to_owned())
}

/// Fills in the template.
///
/// # Errors
///
/// A place that is not filled.
pub(crate) fn cite(template: &str, version: &str, source: &Source) -> Result<String> {
    let address = source.address();
    let text = |make: &dyn Fn(&str) -> String| address.as_deref().map_or_else(String::new, make);
    let places = [
        ("{{source-text}}", source.commit_text() + &text(&|it| format!(". {}", link(it)))),
        ("{{source-bibtex}}", source.commit_text()),
        ("{{url-bibtex}}", text(&|it| format!("\n  url     = {{{it}}},"))),
        ("{{source-link}}", text(&|it| format!("Source of this page: {}. ", link(it)))),
        ("{{version}}", version.to_owned()),
    ];
    let mut html = template.to_owned();
    for (place, filling) in &places {
        if !html.contains(place) {
            bail!("www/cite.html has no {place}");
        }
        html = html.replace(place, filling);
    }
    // The comment is for those who read the source.
    Ok(html.split_once("-->").map_or(html.as_str(), |(_, rest)| rest.trim_start()).to_owned())
}

fn link(address: &str) -> String {
    let address = address.replace('&', "&amp;").replace('"', "%22").replace('<', "%3C");
    format!("<a href=\"{address}\" target=\"_blank\" rel=\"noopener noreferrer\">{address}</a>")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = include_str!("../../../www/cite.html");
    const CITATION: &str = include_str!("../../../CITATION.cff");

    fn source(is_changed: bool, repository: Option<&str>) -> Source {
        let commit = Some("0123456789abcdef0123456789abcdef01234567".to_owned());
        Source { commit, is_changed, repository: repository.map(str::to_owned) }
    }

    #[test]
    fn version_commit_and_address_stand_in_the_text_and_in_bibtex() {
        let html = cite(TEMPLATE, "1.2.3", &source(false, Some("https://host/a/b"))).unwrap();
        let address = "https://host/a/b/tree/0123456789abcdef0123456789abcdef01234567";
        assert!(html.contains("version 1.2.3, commit 0123456789ab. <a href=\""), "{html}");
        assert!(html.contains("version = {1.2.3, commit 0123456789ab},"), "{html}");
        assert!(html.contains(&format!("url     = {{{address}}},")), "{html}");
        assert!(!html.contains("{{version") && !html.contains("<!--"), "{html}");
    }

    #[test]
    fn a_changed_checkout_says_so_and_one_without_an_address_has_no_link() {
        let html = cite(TEMPLATE, "1.2.3", &source(true, None)).unwrap();
        assert!(html.contains("commit 0123456789ab with changes."), "{html}");
        assert!(!html.contains("Source of this page"), "{html}");
        let html = cite(TEMPLATE, "1.2.3", &Source::default()).unwrap();
        assert!(html.contains("version = {1.2.3},"), "{html}");
        assert!(cite("{{version}}", "1", &Source::default()).is_err());
    }

    #[test]
    fn no_folder_and_no_password_becomes_an_address() {
        let public = |remote| public_address(remote);
        assert_eq!(public("https://host/a/b.git").as_deref(), Some("https://host/a/b"));
        assert_eq!(public("/home/somebody/b"), None);
        assert_eq!(public("git@host:a/b.git"), None);
        assert_eq!(public("https://token@host/a/b"), None);
    }

    #[test]
    fn the_citation_file_has_the_version_of_this_program_and_its_sources() {
        let version = format!("\nversion: {}\n", env!("CARGO_PKG_VERSION"));
        assert!(CITATION.contains(&version), "CITATION.cff names another version");
        for line in
            CITATION.lines().filter_map(|line| line.trim().strip_prefix("repository-code: "))
        {
            assert!(
                TEMPLATE.contains(&format!("href=\"{line}\"")),
                "{line} is not in www/cite.html"
            );
        }
    }
}
