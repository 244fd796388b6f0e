use crate::address::Address;
use crate::error::{ItemError, Trouble};
use crate::pacer::Pacer;
use crate::web::{Ask, Web};

/// osu! itself, as far as it serves maps.
#[derive(Debug)]
pub(crate) struct OsuFiles {
    address: Address,
    pacer: Pacer,
}

impl OsuFiles {
    pub(crate) fn new(address: Address, pacer: Pacer) -> Self {
        Self { address, pacer }
    }

    /// The bytes of a map; `None` where it was deleted, which osu! says with
    /// an empty answer or with 404.
    ///
    /// # Errors
    ///
    /// An answer that is no map, and what [`Web::ask`] can come to.
    pub(crate) async fn map(
        &mut self,
        web: &mut Web<'_>,
        id: u64,
    ) -> Result<Option<Vec<u8>>, Trouble> {
        let ask = Ask::get(self.address.join(&format!("osu/{id}")));
        let reply = web.ask(&mut self.pacer, &ask).await?;
        self.pacer.rest();
        let url = ask.url.to_string();
        let fault = match reply.status {
            200..300 if reply.body.is_empty() => return Ok(None),
            200..300 if is_map(&reply.body) => return Ok(Some(reply.body)),
            200..300 => ItemError::NotAMap { url },
            404 | 410 => return Ok(None),
            status => ItemError::Refused { url, status },
        };
        self.pacer.hold(web.retry.first_pause);
        Err(fault.into())
    }
}

/// Whether it begins as every map does, after an optional byte order mark and
/// white space. A page that says that the site is down does not.
fn is_map(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii_start().starts_with(b"osu file format")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_told_from_a_page() {
        for body in ["osu file format v14\r\n", "\u{feff}osu file format v3", "\n\nosu file format"]
        {
            assert!(is_map(body.as_bytes()), "{body:?}");
        }
        for body in ["<!DOCTYPE html>", " ", "osu", "\u{feff}"] {
            assert!(!is_map(body.as_bytes()), "{body:?}");
        }
    }
}
