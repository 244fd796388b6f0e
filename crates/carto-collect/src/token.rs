use std::time::Duration;

use serde::Deserialize;
use tokio::time::Instant;

use crate::address::Address;
use crate::credentials::Credentials;
use crate::error::{CollectError, ItemError, Trouble};
use crate::pacer::Pacer;
use crate::secret::Secret;
use crate::web::{Ask, Web};

/// A token is replaced this long before it expires; one that lives shorter
/// than ten times that, a tenth of its life before.
const MARGIN: Duration = Duration::from_secs(300);

/// The access token of osu!'s API, got when first needed and anew in time.
#[derive(Debug)]
pub(crate) struct Tokens {
    credentials: Credentials,
    address: Address,
    held: Option<Held>,
}

#[derive(Debug)]
struct Held {
    token: Secret,
    fresh_until: Instant,
}

/// What the service answers, the token in it hidden at once.
#[derive(Deserialize)]
struct Answer {
    access_token: String,
    /// Seconds.
    expires_in: u64,
}

impl Tokens {
    pub(crate) fn new(credentials: Credentials, address: Address) -> Self {
        Self { credentials, address, held: None }
    }

    /// A token that is still good for a while.
    ///
    /// # Errors
    ///
    /// All of them end the run: without a token there is nothing to ask for.
    pub(crate) async fn current(
        &mut self,
        web: &mut Web<'_>,
        pacer: &mut Pacer,
    ) -> Result<Secret, CollectError> {
        if let Some(held) = &self.held
            && Instant::now() < held.fresh_until
        {
            return Ok(held.token.clone());
        }
        let held = self.fetch(web, pacer).await?;
        let token = held.token.clone();
        self.held = Some(held);
        Ok(token)
    }

    /// The service does not take the token any more.
    pub(crate) fn forget(&mut self) {
        self.held = None;
    }

    async fn fetch(&self, web: &mut Web<'_>, pacer: &mut Pacer) -> Result<Held, CollectError> {
        let url = self.address.join("oauth/token");
        let name = url.to_string();
        let form = serde_json::json!({
            "client_id": self.credentials.client_id,
            "client_secret": self.credentials.client_secret.reveal(),
            "grant_type": "client_credentials",
            "scope": "public",
        });
        let form = Secret::new(form.to_string());
        let ask = Ask { url, token: None, post: Some(&form) };
        let reply = web.ask(pacer, &ask).await.map_err(|trouble| match trouble {
            Trouble::Item(error) => CollectError::TokenUnanswered(error),
            Trouble::Run(error) => error,
        })?;
        match reply.status {
            200..300 => held(&reply.body).ok_or(CollectError::NoToken { url: name }),
            status @ 400..=403 => Err(CollectError::CredentialsRefused { url: name, status }),
            status => Err(CollectError::TokenUnanswered(ItemError::Refused { url: name, status })),
        }
    }
}

fn held(body: &[u8]) -> Option<Held> {
    let answer: Answer = serde_json::from_slice(body).ok()?;
    // Anything else could not be sent in a header.
    let is_plain = |token: &str| !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
    let token = Some(answer.access_token).filter(|token| is_plain(token)).map(Secret::new)?;
    // A year bounds what an answer may claim, so that the sum exists.
    let life = Duration::from_secs(answer.expires_in.min(365 * 86_400));
    let fresh_until = Instant::now() + life - MARGIN.min(life / 10);
    Some(Held { token, fresh_until })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_token_is_replaced_before_it_expires() {
        for (expires_in, fresh_s) in [(86_400, 86_100), (600, 540), (0, 0)] {
            let body = format!(r#"{{"access_token": "abc", "expires_in": {expires_in}}}"#);
            let held = held(body.as_bytes()).unwrap();
            assert_eq!((held.fresh_until - Instant::now()).as_secs(), fresh_s);
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for body in ["{}", "<html>", r#"{"access_token": "a b", "expires_in": 1}"#] {
            assert!(held(body.as_bytes()).is_none(), "{body}");
        }
    }
}
