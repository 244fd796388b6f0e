//! The content security policy of the page.

use anyhow::{Context, Result};

use super::files::sha256_base64;

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

const OPENING: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// Puts the policy first into the head, before anything that could load.
///
/// - `styles`: what stands in the page's own `<style>`
///
/// # Errors
///
/// Where the page has no head.
pub(crate) fn with_policy(html: &str, styles: &str) -> Result<String> {
    let (before, after) = html.split_once("<head>").context("index.html has no <head>")?;
    let own_styles = format!("style-src 'self' 'sha256-{}'", sha256_base64(styles.as_bytes()));
    let policy = CONTENT_SECURITY_POLICY.replace("style-src 'self'", &own_styles);
    Ok(format!("{before}<head>{OPENING}{policy}\">{after}"))
}

/// The policy that stands in a built page.
pub(crate) fn policy_of(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once(OPENING)?;
    rest.split_once('"').map(|(policy, _)| policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_comes_before_everything_that_could_load() {
        let page = with_policy("<html><head><meta charset=\"utf-8\"></head>", "").unwrap();
        assert!(page.starts_with("<html><head><meta http-equiv=\"Content-Security-Policy\""));
        assert!(with_policy("<p>no head</p>", "").is_err());
    }

    #[test]
    fn the_policy_allows_the_styles_of_the_page_by_their_hash() {
        let page = with_policy("<head><style>abc</style></head>", "abc").unwrap();
        // The digest of FIPS 180-2, appendix B.1, in base64.
        let hash = "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='";
        let policy = policy_of(&page).unwrap();
        assert!(policy.contains(&format!("style-src 'self' {hash}; style-src-attr")), "{policy}");
    }
}
