//! Requests, made again where that can help, and the client that makes them.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Url};
use rustls::{ClientConfig, RootCertStore};

use crate::config::{Retry, retry_after};
use crate::credentials::Secret;
use crate::error::{CollectError, ItemError, RequestError};
use crate::pacer::Pacer;
use crate::report::Event;
use crate::stop::Stop;

/// Bounds a hostile answer: the largest maps have some megabytes, 50 maps of
/// the API a quarter of one.
const MAX_BODY_BYTES: usize = 64 << 20;

/// One request.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) url: Url,
    pub(crate) token: Option<&'a Secret>,
    /// JSON to post; `None` for GET.
    pub(crate) post: Option<&'a Secret>,
}

impl Request<'_> {
    pub(crate) fn get(url: Url) -> Self {
        Self { url, token: None, post: None }
    }
}

/// A whole answer, which another request would not change.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// A failure that another request may not have.
struct Transient {
    reason: String,
    /// The pause that `Retry-After` asks for.
    pause: Option<Duration>,
}

impl Transient {
    /// All causes of an error, without the address, which messages have anyway.
    fn of_network(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let mut reason = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            reason = format!("{reason}: {cause}");
            source = cause.source();
        }
        Self { reason, pause: None }
    }
}

/// Makes requests, and makes them again where that can help.
pub(crate) struct Web<'a> {
    pub(crate) client: Client,
    pub(crate) retry: Retry,
    pub(crate) stop: Stop,
    pub(crate) random: fastrand::Rng,
    pub(crate) on_event: &'a mut (dyn FnMut(Event) + Send),
}

impl Web<'_> {
    /// Makes a request until there is an answer that another one would not change.
    ///
    /// Lost connections, answers cut short, 408, 429 and 5xx are tried again,
    /// after the pause that the service asks for, or else after a growing one.
    ///
    /// # Errors
    ///
    /// [`ItemError::Unanswered`] after the last attempt;
    /// [`CollectError::LongWait`] and [`CollectError::Stopped`] end the run.
    pub(crate) async fn send(
        &mut self,
        pacer: &mut Pacer,
        request: &Request<'_>,
    ) -> Result<Response, RequestError> {
        let mut failure_idx = 0;
        loop {
            pacer.turn(&self.stop).await?;
            let failure = match self.stop.unless(send_once(&self.client, request)).await? {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            let url = shown(&request.url);
            let pause = self.pause(failure.pause, failure_idx, &url)?;
            pacer.hold(pause);
            failure_idx += 1;
            let reason = failure.reason;
            if failure_idx >= self.retry.attempts {
                let attempts = failure_idx;
                return Err(ItemError::Unanswered { url, attempts, reason }.into());
            }
            (self.on_event)(Event::Waiting { url, reason, pause });
        }
    }

    /// Pause after a failure: what the service asks for, or else a growing one.
    fn pause(
        &mut self,
        asked_for: Option<Duration>,
        failure_idx: u32,
        url: &str,
    ) -> Result<Duration, CollectError> {
        match asked_for {
            Some(pause) if pause > self.retry.longest_wait => Err(CollectError::LongWait {
                url: url.to_owned(),
                minutes: pause.as_secs().div_ceil(60),
            }),
            Some(pause) => Ok(pause.max(self.retry.first_pause)),
            None => Ok(self.retry.pause(failure_idx, &mut self.random)),
        }
    }
}

/// An address as messages say it: fifty ids in it say less than none.
pub(crate) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    if url.query().is_some_and(|query| query.len() > 60) {
        url.set_query(None);
    }
    url.to_string()
}

async fn send_once(client: &Client, request: &Request<'_>) -> Result<Response, Transient> {
    let mut builder = match request.post {
        Some(body) => client
            .post(request.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body.reveal().to_owned()),
        None => client.get(request.url.clone()),
    };
    if let Some(token) = request.token
        && let Ok(mut value) = HeaderValue::from_str(&format!("Bearer {}", token.reveal()))
    {
        value.set_sensitive(true);
        builder = builder.header(AUTHORIZATION, value);
    }
    // Without it the API answers what it refuses with a page.
    if request.token.is_some() || request.post.is_some() {
        builder = builder.header(ACCEPT, "application/json");
    }
    let mut response = builder.send().await.map_err(Transient::of_network)?;
    let status = response.status();
    if status.is_server_error() || matches!(status.as_u16(), 408 | 429) {
        let value = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let pause = value.and_then(|value| retry_after(value, SystemTime::now()));
        return Err(Transient { reason: format!("status {}", status.as_u16()), pause });
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Transient::of_network)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_BODY_BYTES {
            let reason = format!("more than {} MB", MAX_BODY_BYTES >> 20);
            return Err(Transient { reason, pause: None });
        }
    }
    Ok(Response { status: status.as_u16(), body })
}

/// A service far away answers within seconds; a minute is a dead line.
const SILENCE: Duration = Duration::from_secs(60);
/// Bounds a service that sends byte by byte.
const WHOLE_REQUEST: Duration = Duration::from_secs(5 * 60);
const REDIRECTS: usize = 5;

/// Makes the client of all requests.
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
