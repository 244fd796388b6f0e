//! osu!'s API v2: what it says of maps, and the token that it wants to see.

use std::time::Duration;

use reqwest::Url;
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::time::Instant;

use crate::address::Address;
use crate::credentials::{Credentials, Secret};
use crate::error::{CollectError, ItemError, RequestError};
use crate::pacer::Pacer;
use crate::web::{Request, Web, shown};

/// Number of ids in one request; the API drops more without a word.
pub(crate) const BATCH: usize = 50;

/// A token is replaced this long before it expires; one that lives shorter
/// than ten times that, a tenth of its life before.
const MARGIN: Duration = Duration::from_secs(300);

/// osu!'s API v2, as far as it says something of maps.
#[derive(Debug)]
pub(crate) struct OsuApi {
    address: Address,
    credentials: Credentials,
    /// Got when a request needs it, and anew before it expires.
    token: Option<Token>,
    pacer: Pacer,
}

/// An access token of the API.
#[derive(Debug)]
struct Token {
    text: Secret,
    fresh_until: Instant,
}

/// What the API says of one map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiBeatmap {
    pub(crate) id: u64,
    /// One line of JSON, otherwise as it was received.
    pub(crate) json: String,
}

/// The id of an object, whose other members are kept as they are.
#[derive(Deserialize)]
pub(crate) struct OnlyId {
    pub(crate) id: u64,
}

#[derive(Deserialize)]
struct BeatmapsAnswer<'a> {
    #[serde(borrow)]
    beatmaps: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    /// Seconds.
    expires_in: u64,
}

impl OsuApi {
    pub(crate) fn new(address: Address, credentials: Credentials, pacer: Pacer) -> Self {
        Self { address, credentials, token: None, pacer }
    }

    /// What the API says of up to [`BATCH`] maps, in the order of `ids`. Maps
    /// that it leaves out are left out.
    ///
    /// # Errors
    ///
    /// Answers of another layout, and what [`Web::send`] and the token can come to.
    pub(crate) async fn beatmaps(
        &mut self,
        web: &mut Web<'_>,
        ids: &[u64],
    ) -> Result<Vec<ApiBeatmap>, RequestError> {
        let url = self.beatmaps_url(ids);
        let mut is_retried = false;
        loop {
            let token = self.token(web).await?;
            let request = Request { url: url.clone(), token: Some(&token), post: None };
            let response = web.send(&mut self.pacer, &request).await?;
            match response.status {
                200..300 => return Ok(read_beatmaps(&url, &response.body, ids)?),
                401 if is_retried => {
                    return Err(CollectError::TokenRefused { url: shown(&url) }.into());
                }
                401 => {
                    self.token = None;
                    is_retried = true;
                }
                status => {
                    return Err(ItemError::Refused { url: shown(&url), status }.into());
                }
            }
        }
    }

    fn beatmaps_url(&self, ids: &[u64]) -> Url {
        let mut url = self.address.join("api/v2/beatmaps");
        url.query_pairs_mut().extend_pairs(ids.iter().map(|id| ("ids[]", id.to_string())));
        url
    }

    /// A token that is still good for a while.
    ///
    /// # Errors
    ///
    /// All of them end the run: without a token there is nothing to ask for.
    async fn token(&mut self, web: &mut Web<'_>) -> Result<Secret, CollectError> {
        if let Some(token) = &self.token
            && Instant::now() < token.fresh_until
        {
            return Ok(token.text.clone());
        }
        let token = self.fetch_token(web).await?;
        Ok(self.token.insert(token).text.clone())
    }

    async fn fetch_token(&mut self, web: &mut Web<'_>) -> Result<Token, CollectError> {
        let url = self.address.join("oauth/token");
        let name = url.to_string();
        let form = serde_json::json!({
            "client_id": self.credentials.client_id,
            "client_secret": self.credentials.client_secret.reveal(),
            "grant_type": "client_credentials",
            "scope": "public",
        });
        let form = Secret::new(form.to_string());
        let request = Request { url, token: None, post: Some(&form) };
        let response = web.send(&mut self.pacer, &request).await.map_err(|error| match error {
            RequestError::Item(error) => CollectError::TokenUnanswered(error),
            RequestError::Run(error) => error,
        })?;
        match response.status {
            200..300 => read_token(&response.body).ok_or(CollectError::NoToken { url: name }),
            status @ 400..=403 => Err(CollectError::CredentialsRefused { url: name, status }),
            status => Err(CollectError::TokenUnanswered(ItemError::Refused { url: name, status })),
        }
    }
}

fn read_beatmaps(url: &Url, body: &[u8], ids: &[u64]) -> Result<Vec<ApiBeatmap>, ItemError> {
    let malformed = |error: serde_json::Error| ItemError::Malformed {
        url: shown(url),
        reason: error.to_string(),
    };
    let answer: BeatmapsAnswer<'_> = serde_json::from_slice(body).map_err(malformed)?;
    let mut found: Vec<ApiBeatmap> = Vec::with_capacity(answer.beatmaps.len());
    for json in answer.beatmaps {
        let OnlyId { id } = serde_json::from_str(json.get()).map_err(malformed)?;
        if ids.contains(&id) && found.iter().all(|other| other.id != id) {
            found.push(ApiBeatmap { id, json: on_one_line(json.get()) });
        }
    }
    found.sort_by_key(|one| ids.iter().position(|&id| id == one.id));
    Ok(found)
}

/// JSON without line breaks: inside of strings there are none, and between
/// the tokens they mean nothing.
fn on_one_line(json: &str) -> String {
    json.replace(['\n', '\r'], "")
}

/// `None` where the answer holds no token, or one that no header can hold.
fn read_token(body: &[u8]) -> Option<Token> {
    let answer: TokenAnswer = serde_json::from_slice(body).ok()?;
    let is_plain = |token: &str| !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
    let text = Some(answer.access_token).filter(|token| is_plain(token)).map(Secret::new)?;
    // A year bounds what an answer may claim, so that the sum exists.
    let life = Duration::from_secs(answer.expires_in.min(365 * 86_400));
    let fresh_until = Instant::now() + life - MARGIN.min(life / 10);
    Some(Token { text, fresh_until })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url() -> Url {
        Url::parse("https://osu.ppy.sh/api/v2/beatmaps").unwrap()
    }

    #[test]
    fn objects_stay_as_they_are_received() {
        let body = "{\"beatmaps\": [{\"id\": 7, \"z\": 1.50,\r\n \"a\": \"x\\ny\"}, {\"id\":3},\
                    {\"id\": 99}, {\"id\": 3, \"again\": 1}]}";
        let found = read_beatmaps(&url(), body.as_bytes(), &[3, 7, 8]).unwrap();
        let found: Vec<_> = found.iter().map(|one| (one.id, one.json.as_str())).collect();
        assert_eq!(found, [(3, "{\"id\":3}"), (7, "{\"id\": 7, \"z\": 1.50, \"a\": \"x\\ny\"}")]);
    }

    #[test]
    fn another_layout_is_named() {
        for body in ["<html>", "{}", r#"{"beatmaps": [{"name": 1}]}"#] {
            let error = read_beatmaps(&url(), body.as_bytes(), &[3]).unwrap_err();
            assert!(matches!(error, ItemError::Malformed { .. }), "{error}");
        }
    }

    #[test]
    fn ids_are_asked_for_as_the_api_wants_them() {
        let credentials = Credentials::new("1", Secret::new("s"));
        let address: Address = Address::OSU.parse().unwrap();
        let api = OsuApi::new(address, credentials, Pacer::new(Duration::ZERO));
        let url = api.beatmaps_url(&[1, 2]);
        assert_eq!(url.query(), Some("ids%5B%5D=1&ids%5B%5D=2"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_is_replaced_before_it_expires() {
        for (expires_in, fresh_s) in [(86_400, 86_100), (600, 540), (0, 0)] {
            let body = format!(r#"{{"access_token": "abc", "expires_in": {expires_in}}}"#);
            let token = read_token(body.as_bytes()).unwrap();
            assert_eq!((token.fresh_until - Instant::now()).as_secs(), fresh_s);
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for body in ["{}", "<html>", r#"{"access_token": "a b", "expires_in": 1}"#] {
            assert!(read_token(body.as_bytes()).is_none(), "{body}");
        }
    }
}
