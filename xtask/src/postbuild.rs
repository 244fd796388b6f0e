//! What Trunk leaves undone in `dist/`: versioned workers, no inline scripts, the first
//! view's styles in the page, a policy, and the service worker's list of files.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::first_data::version_figures;
use crate::keep::{list_kept_files, sha256_base64};
use crate::styles::{inlined_styles, split_styles};

/// What the page may load, and from where.
///
/// `connect-src` is as wide as an address that a visitor names can be. It is not
/// what limits the page: `www/boot.js` adds a second policy before anything runs,
/// with the hosts of `<meta name="carto-connect">` and the named ones, and a page
/// obeys both. A worker that starts from a `blob:` obeys them with it, one that
/// starts from an address only what that address was served with.
///
/// The page's own `<style>` is allowed by its hash. `wasm-unsafe-eval` is what compiling WebAssembly needs. Style *attributes*
/// are allowed since charts place their marks with them; they can load nothing
/// that `img-src` and `font-src` do not allow. `blob:` serves what the page
/// makes itself: pictures to save, and the audio of a dropped archive.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; \
    connect-src 'self' https: http://localhost:* http://127.0.0.1:*; \
    style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self'; \
    img-src 'self' data: blob:; media-src 'self' blob:; manifest-src 'self'; \
    base-uri 'self'; form-action 'none'";

/// Turns Trunk's output into the page that is served; on a finished page it only
/// renews what has changed.
///
/// # Errors
///
/// Names the file that cannot be read or written, and says what `index.html`
/// lacks when a worker's name does not stand in it.
pub(crate) fn finish_page(dist: &Path) -> Result<()> {
    let index_path = dist.join("index.html");
    let mut html = read(&index_path)?;
    for worker in unversioned_workers(dist)? {
        html = version_worker(dist, &worker, &html)?;
    }
    let html = version_figures(dist, &html)?;
    let (html, scripts) = extract_scripts(&html);
    for script in scripts {
        write(&dist.join(&script.file_name), &script.text)?;
    }
    let html = join_deferred(dist, &html)?;
    let html = split_styles(dist, &html)?;
    write(&index_path, &with_policy(&html)?)?;
    list_kept_files(dist)
}

/// The names of wasm programs in `dist` that carry no hash: Trunk hashes the
/// page's own program, never a worker's.
fn unversioned_workers(dist: &Path) -> Result<Vec<String>> {
    let mut workers = Vec::new();
    for entry in fs::read_dir(dist).with_context(|| format!("cannot read {}", dist.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix("_bg.wasm")
            && !is_versioned(stem)
        {
            workers.push(stem.to_owned());
        }
    }
    workers.sort();
    Ok(workers)
}

/// Whether a name ends in a hash: a hyphen and at least 8 hexadecimal digits.
pub(crate) fn is_versioned(stem: &str) -> bool {
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Gives the files of one worker names that change with their content, so that
/// a new page never talks to an old worker out of a cache.
///
/// The page learns the name from `index.html` at run time: names inside a
/// compiled program cannot be rewritten.
fn version_worker(dist: &Path, worker: &str, html: &str) -> Result<String> {
    let wasm = fs::read(dist.join(format!("{worker}_bg.wasm")))
        .with_context(|| format!("cannot read {worker}_bg.wasm"))?;
    let scripts: Vec<(&str, String)> = ["_loader.js", ".js"]
        .into_iter()
        .filter(|suffix| dist.join(format!("{worker}{suffix}")).exists())
        .map(|suffix| Ok((suffix, read(&dist.join(format!("{worker}{suffix}")))?)))
        .collect::<Result<_>>()?;

    let mut content = wasm;
    scripts.iter().for_each(|(_, text)| content.extend_from_slice(text.as_bytes()));
    let versioned = format!("{worker}-{}", content_hash(&content));

    let rename = |text: &str| rename_worker(text, worker, &versioned);
    let renamed_html = rename(html);
    if renamed_html == html {
        bail!(
            "index.html does not name the worker: add <meta name=\"{worker}\" \
             content=\"./{worker}_loader.js\"> and let the page read the address from there"
        );
    }
    for (suffix, text) in scripts {
        write(&dist.join(format!("{versioned}{suffix}")), &rename(&text))?;
        remove(&dist.join(format!("{worker}{suffix}")))?;
    }
    let wasm_from = dist.join(format!("{worker}_bg.wasm"));
    fs::rename(&wasm_from, dist.join(format!("{versioned}_bg.wasm")))
        .with_context(|| format!("cannot rename {}", wasm_from.display()))?;
    Ok(renamed_html)
}

fn rename_worker(text: &str, worker: &str, versioned: &str) -> String {
    ["_loader.js", "_bg.wasm", ".js"].iter().fold(text.to_owned(), |text, suffix| {
        text.replace(&format!("{worker}{suffix}"), &format!("{versioned}{suffix}"))
    })
}

/// A script that stood inside the page.
struct InlineScript {
    file_name: String,
    text: String,
}

/// Moves inline scripts into files, so that the policy need not allow any.
fn extract_scripts(html: &str) -> (String, Vec<InlineScript>) {
    let mut page = String::with_capacity(html.len());
    let mut scripts = Vec::new();
    let mut rest = html;
    while let Some(tag_at) = rest.find("<script") {
        let (before, script) = rest.split_at(tag_at);
        page.push_str(before);
        let parts = script.split_once('>').and_then(|(tag, after)| {
            after.split_once("</script>").map(|(text, after)| (tag, text, after))
        });
        let Some((tag, text, after)) = parts else {
            rest = script;
            break;
        };
        if text.trim().is_empty() {
            page.push_str(&format!("{tag}>{text}</script>"));
        } else {
            let file_name = format!("page-{}.js", content_hash(text.as_bytes()));
            page.push_str(&format!("{tag} src=\"./{file_name}\"></script>"));
            scripts.push(InlineScript { file_name, text: format!("{}\n", text.trim()) });
        }
        rest = after;
    }
    page.push_str(rest);
    (page, scripts)
}

/// Makes one file of the scripts that run after the page is read: each request of a
/// first visit takes its turn before the words can be painted.
fn join_deferred(dist: &Path, html: &str) -> Result<String> {
    let tags: Vec<(&str, &str)> = html
        .split_inclusive("</script>")
        .filter_map(|part| {
            let tag = &part[part.rfind("<script")?..];
            let (attributes, text) = tag.strip_suffix("</script>")?.split_once('>')?;
            let file = attributes.split_once("src=\"./")?.1.split('"').next()?;
            let is_deferred = attributes.split_whitespace().any(|word| word.starts_with("defer"));
            (is_deferred && text.is_empty()).then_some((tag, file))
        })
        .collect();
    if tags.len() < 2 {
        return Ok(html.to_owned());
    }
    let mut joined = String::new();
    let mut page = html.to_owned();
    for (_, file) in &tags {
        joined.push_str(&without_comments(&read(&dist.join(file))?));
        remove(&dist.join(file))?;
    }
    let name = format!("shims-{}.js", content_hash(joined.as_bytes()));
    write(&dist.join(&name), &joined)?;
    for (idx, (tag, _)) in tags.iter().enumerate() {
        let instead = format!("<script src=\"./{name}\" defer></script>");
        page = page.replacen(tag, if idx == 0 { &instead } else { "" }, 1);
    }
    Ok(page)
}

/// Without the lines that are comments: they are for those who read the source.
fn without_comments(script: &str) -> String {
    script.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect()
}

/// Puts the policy first into the head, before anything that could load.
fn with_policy(html: &str) -> Result<String> {
    let (before, after) = html.split_once("<head>").context("index.html has no <head>")?;
    // A page that was finished before has one already.
    let old = policy_of(html).map(|policy| format!("{POLICY_OPENING}{policy}\">"));
    let rest = old.as_deref().and_then(|old| after.strip_prefix(old)).unwrap_or(after);
    let own_styles = inlined_styles(html)
        .map(|styles| format!("style-src 'self' 'sha256-{}'", sha256_base64(styles.as_bytes())));
    let policy = match own_styles {
        Some(allowing) => CONTENT_SECURITY_POLICY.replace("style-src 'self'", &allowing),
        None => CONTENT_SECURITY_POLICY.to_owned(),
    };
    Ok(format!("{before}<head>{POLICY_OPENING}{policy}\">{rest}"))
}

const POLICY_OPENING: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// The policy that stands in a finished page.
pub(crate) fn policy_of(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once(POLICY_OPENING)?;
    rest.split_once('"').map(|(policy, _)| policy)
}

/// FNV-1a, 64 bits, as 16 hexadecimal digits: names a version, proves nothing.
pub(crate) fn content_hash(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

pub(crate) fn remove(path: &Path) -> Result<()> {
    fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))
}

#[cfg(test)]
#[path = "postbuild_tests.rs"]
mod tests;
