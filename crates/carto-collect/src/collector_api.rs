//! osu!collector: which maps a collection has.

use std::collections::HashSet;

use reqwest::Url;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::address::Address;
use crate::error::{ItemError, RequestError};
use crate::pacer::Pacer;
use crate::web::{Request, Web};

const PER_PAGE: &str = "100";

/// A million maps; more than osu! has.
const MAX_PAGES: usize = 10_000;

/// osu!collector, as far as it says which maps a collection has.
#[derive(Debug)]
pub(crate) struct CollectorApi {
    address: Address,
    pacer: Pacer,
}

/// A collection as osu!collector has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Collection {
    pub(crate) name: String,
    pub(crate) uploader: String,
    /// Ids of its maps in its order, each once.
    pub(crate) beatmaps: Vec<u64>,
}

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    uploader: Option<Uploader>,
}

#[derive(Deserialize)]
struct Uploader {
    #[serde(default)]
    username: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    beatmaps: Vec<Entry>,
    has_more: bool,
    /// A number or a text, which goes back as it came.
    #[serde(default)]
    next_page_cursor: Value,
}

#[derive(Deserialize)]
struct Entry {
    /// Maps that were never submitted have none above 0.
    #[serde(default)]
    id: Option<i64>,
}

impl CollectorApi {
    pub(crate) fn new(address: Address, pacer: Pacer) -> Self {
        Self { address, pacer }
    }

    /// A collection with all its pages; `None` where there is no such one.
    ///
    /// # Errors
    ///
    /// Answers of another layout, pages without an end, and what [`Web::send`]
    /// can come to.
    pub(crate) async fn collection(
        &mut self,
        web: &mut Web<'_>,
        id: u64,
    ) -> Result<Option<Collection>, RequestError> {
        let url = self.address.join(&format!("api/collections/{id}"));
        let Some(head) = self.get::<Head>(web, url).await? else {
            return Ok(None);
        };
        let Some(beatmaps) = self.pages(web, id).await? else {
            return Ok(None);
        };
        let uploader = head.uploader.and_then(|uploader| uploader.username);
        Ok(Some(Collection {
            name: head.name.unwrap_or_default(),
            uploader: uploader.unwrap_or_default(),
            beatmaps,
        }))
    }

    async fn pages(
        &mut self,
        web: &mut Web<'_>,
        id: u64,
    ) -> Result<Option<Vec<u64>>, RequestError> {
        let mut beatmaps = Vec::new();
        // A page that is asked for again would come again, for ever.
        let mut asked = HashSet::new();
        let mut cursor = "0".to_owned();
        loop {
            let url = self.page_url(id, &cursor);
            asked.insert(cursor);
            let Some(page) = self.get::<Page>(web, url.clone()).await? else {
                return Ok(None);
            };
            let ids = page.beatmaps.iter().filter_map(|entry| entry.id);
            beatmaps.extend(ids.filter_map(|id| u64::try_from(id).ok()).filter(|&id| id > 0));
            if !page.has_more {
                break;
            }
            cursor = match page.next_page_cursor {
                Value::String(text) => text,
                other => other.to_string(),
            };
            if cursor == "null" || asked.contains(&cursor) || asked.len() >= MAX_PAGES {
                return Err(ItemError::NoNextPage { url: url.to_string() }.into());
            }
        }
        let mut seen = HashSet::new();
        beatmaps.retain(|&id| seen.insert(id));
        Ok(Some(beatmaps))
    }

    fn page_url(&self, id: u64, cursor: &str) -> Url {
        let mut url = self.address.join(&format!("api/collections/{id}/beatmapsv2"));
        url.query_pairs_mut().extend_pairs([("cursor", cursor), ("perPage", PER_PAGE)]);
        url
    }

    /// The answer to a request; `None` where the service has nothing at the address.
    async fn get<T: DeserializeOwned>(
        &mut self,
        web: &mut Web<'_>,
        url: Url,
    ) -> Result<Option<T>, RequestError> {
        let request = Request::get(url);
        let response = web.send(&mut self.pacer, &request).await?;
        let url = request.url.to_string();
        match response.status {
            200..300 => match serde_json::from_slice(&response.body) {
                Ok(answer) => Ok(answer),
                Err(error) => Err(ItemError::Malformed { url, reason: error.to_string() }.into()),
            },
            404 | 410 => Ok(None),
            status => Err(ItemError::Refused { url, status }.into()),
        }
    }
}
