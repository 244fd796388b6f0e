use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Url};
use rustls::{ClientConfig, RootCertStore};

use crate::error::CollectError;

/// A service far away answers within seconds; a minute is a dead line.
const SILENCE: Duration = Duration::from_secs(60);
/// Bounds a service that sends byte by byte.
const WHOLE_REQUEST: Duration = Duration::from_secs(5 * 60);
const REDIRECTS: usize = 5;

/// What makes requests.
///
/// Encryption comes with the program, and so do Mozilla's roots: a machine
/// needs neither cmake to build it nor certificates to run it.
///
/// # Arguments
///
/// - `is_local`: a service on this machine is asked; no proxy reaches it
///
/// # Errors
///
/// [`CollectError::Client`] and [`CollectError::Encryption`].
pub(crate) fn client(is_local: bool) -> Result<Client, CollectError> {
    let roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    let builder = Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(concat!("carto-collect/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::custom(within_one_host))
        .connect_timeout(SILENCE)
        .read_timeout(SILENCE)
        .timeout(WHOLE_REQUEST);
    let builder = if is_local { builder.no_proxy() } else { builder };
    builder.build().map_err(CollectError::Client)
}

/// A redirect must not carry the secret to another host, or in the clear.
fn within_one_host(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let is_home = |url: &Url| url.origin() == attempt.url().origin();
    if attempt.previous().len() <= REDIRECTS && attempt.previous().first().is_some_and(is_home) {
        attempt.follow()
    } else {
        attempt.stop()
    }
}
