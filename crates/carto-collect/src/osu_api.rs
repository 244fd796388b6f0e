use reqwest::Url;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::address::Address;
use crate::credentials::Credentials;
use crate::error::{CollectError, ItemError, Trouble};
use crate::pacer::Pacer;
use crate::token::Tokens;
use crate::web::{Ask, Web, shown};

/// Ids in one request; the API drops more without a word.
pub(crate) const BATCH: usize = 50;

/// osu!'s API v2, as far as it says something of maps.
#[derive(Debug)]
pub(crate) struct OsuApi {
    address: Address,
    tokens: Tokens,
    pacer: Pacer,
}

/// What the API says of one map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Described {
    pub(crate) id: u64,
    /// One line of JSON, otherwise as it was received.
    pub(crate) json: String,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    beatmaps: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Numbered {
    id: u64,
}

impl OsuApi {
    pub(crate) fn new(address: Address, credentials: Credentials, pacer: Pacer) -> Self {
        let tokens = Tokens::new(credentials, address.clone());
        Self { address, tokens, pacer }
    }

    /// What the API says of up to [`BATCH`] maps, in the order of `ids`. Maps
    /// that it leaves out are left out.
    ///
    /// # Errors
    ///
    /// Answers of another layout, and what [`Web::ask`] and the token can come to.
    pub(crate) async fn beatmaps(
        &mut self,
        web: &mut Web<'_>,
        ids: &[u64],
    ) -> Result<Vec<Described>, Trouble> {
        let url = self.url(ids);
        let mut is_retried = false;
        loop {
            let token = self.tokens.current(web, &mut self.pacer).await?;
            let ask = Ask { url: url.clone(), token: Some(&token), post: None };
            let reply = web.ask(&mut self.pacer, &ask).await?;
            match reply.status {
                200..300 => return Ok(described(&url, &reply.body, ids)?),
                401 if is_retried => {
                    return Err(CollectError::TokenRefused { url: shown(&url) }.into());
                }
                401 => {
                    self.tokens.forget();
                    is_retried = true;
                }
                status => {
                    return Err(ItemError::Refused { url: shown(&url), status }.into());
                }
            }
        }
    }

    fn url(&self, ids: &[u64]) -> Url {
        let mut url = self.address.join("api/v2/beatmaps");
        url.query_pairs_mut().extend_pairs(ids.iter().map(|id| ("ids[]", id.to_string())));
        url
    }
}

fn described(url: &Url, body: &[u8], ids: &[u64]) -> Result<Vec<Described>, ItemError> {
    let malformed = |error: serde_json::Error| ItemError::Malformed {
        url: shown(url),
        reason: error.to_string(),
    };
    let answer: Answer<'_> = serde_json::from_slice(body).map_err(malformed)?;
    let mut found = Vec::with_capacity(answer.beatmaps.len());
    for json in answer.beatmaps {
        let Numbered { id } = serde_json::from_str(json.get()).map_err(malformed)?;
        let was_found = found.iter().any(|other: &Described| other.id == id);
        if ids.contains(&id) && !was_found {
            found.push(Described { id, json: on_one_line(json.get()) });
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
        let found = described(&url(), body.as_bytes(), &[3, 7, 8]).unwrap();
        let found: Vec<_> = found.iter().map(|one| (one.id, one.json.as_str())).collect();
        assert_eq!(found, [(3, "{\"id\":3}"), (7, "{\"id\": 7, \"z\": 1.50, \"a\": \"x\\ny\"}")]);
    }

    #[test]
    fn another_layout_is_named() {
        for body in ["<html>", "{}", r#"{"beatmaps": [{"name": 1}]}"#] {
            let error = described(&url(), body.as_bytes(), &[3]).unwrap_err();
            assert!(matches!(error, ItemError::Malformed { .. }), "{error}");
        }
    }

    #[test]
    fn ids_are_asked_for_as_the_api_wants_them() {
        let credentials = Credentials::new("1", crate::Secret::new("s"));
        let address: Address = Address::OSU.parse().unwrap();
        let api = OsuApi::new(address, credentials, Pacer::new(std::time::Duration::ZERO));
        let url = api.url(&[1, 2]);
        assert_eq!(url.query(), Some("ids%5B%5D=1&ids%5B%5D=2"));
    }
}
