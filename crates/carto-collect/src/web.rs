use std::error::Error;
use std::time::{Duration, SystemTime};

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Url};

use crate::error::{CollectError, ItemError, Trouble};
use crate::event::Event;
use crate::pacer::Pacer;
use crate::retry::{Retry, retry_after};
use crate::secret::Secret;
use crate::stop::Stop;

/// Bounds a hostile answer: the largest maps have some megabytes, 50 maps of
/// the API a quarter of one.
const MAX_BODY_BYTES: usize = 64 << 20;

/// One request.
#[derive(Debug)]
pub(crate) struct Ask<'a> {
    pub(crate) url: Url,
    pub(crate) token: Option<&'a Secret>,
    /// Posted as JSON.
    pub(crate) post: Option<&'a Secret>,
}

impl Ask<'_> {
    pub(crate) fn get(url: Url) -> Self {
        Self { url, token: None, post: None }
    }
}

/// A whole answer that asking again would not change.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// An answer that may change, or none.
struct Fault {
    reason: String,
    /// What `Retry-After` asks for.
    pause: Option<Duration>,
}

impl Fault {
    /// Everything that the error knows, without the address, which is said anyway.
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
    pub(crate) tell: &'a mut (dyn FnMut(Event) + Send),
}

impl Web<'_> {
    /// Asks until there is an answer that stands.
    ///
    /// Lost connections, answers cut short, 408, 429 and 5xx are asked again,
    /// after the pause that the service asks for, or else after a growing one.
    ///
    /// # Errors
    ///
    /// [`ItemError::Unanswered`] after the last attempt;
    /// [`CollectError::LongWait`] and [`CollectError::Stopped`] end the run.
    pub(crate) async fn ask(&mut self, pacer: &mut Pacer, ask: &Ask<'_>) -> Result<Reply, Trouble> {
        let mut failure_idx = 0;
        loop {
            pacer.turn(&self.stop).await?;
            let fault = match self.stop.unless(once(&self.client, ask)).await? {
                Ok(reply) => return Ok(reply),
                Err(fault) => fault,
            };
            let pause = self.pause(&fault, failure_idx, ask)?;
            pacer.hold(pause);
            failure_idx += 1;
            let url = shown(&ask.url);
            let reason = fault.reason;
            if failure_idx >= self.retry.attempts {
                let attempts = failure_idx;
                return Err(ItemError::Unanswered { url, attempts, reason }.into());
            }
            (self.tell)(Event::Waiting { url, reason, pause });
        }
    }

    fn pause(
        &mut self,
        fault: &Fault,
        failure_idx: u32,
        ask: &Ask<'_>,
    ) -> Result<Duration, CollectError> {
        match fault.pause {
            Some(pause) if pause > self.retry.longest_wait => Err(CollectError::LongWait {
                url: shown(&ask.url),
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

async fn once(client: &Client, ask: &Ask<'_>) -> Result<Reply, Fault> {
    let mut request = match ask.post {
        Some(body) => client
            .post(ask.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body.reveal().to_owned()),
        None => client.get(ask.url.clone()),
    };
    if let Some(token) = ask.token
        && let Ok(mut value) = HeaderValue::from_str(&format!("Bearer {}", token.reveal()))
    {
        value.set_sensitive(true);
        request = request.header(AUTHORIZATION, value);
    }
    // Without it the API answers what it refuses with a page.
    if ask.token.is_some() || ask.post.is_some() {
        request = request.header(ACCEPT, "application/json");
    }
    let mut response = request.send().await.map_err(Fault::of_network)?;
    let status = response.status();
    if status.is_server_error() || matches!(status.as_u16(), 408 | 429) {
        let value = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let pause = value.and_then(|value| retry_after(value, SystemTime::now()));
        return Err(Fault { reason: format!("status {}", status.as_u16()), pause });
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Fault::of_network)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_BODY_BYTES {
            let reason = format!("more than {} MB", MAX_BODY_BYTES >> 20);
            return Err(Fault { reason, pause: None });
        }
    }
    Ok(Reply { status: status.as_u16(), body })
}
