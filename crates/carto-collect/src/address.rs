//! Addresses of the services.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;

/// Where a service is: scheme, host and perhaps a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(Url);

/// Why an address is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// Text that is no address, or one of another kind than http and https.
    #[error("{text:?} is no address like https://osu.ppy.sh")]
    Malformed {
        /// Text that was given as an address.
        text: String,
    },
    /// A name or a password in the address, which messages would show.
    #[error("an address takes no name and no password")]
    WithPassword,
    /// http, without encryption, to another machine.
    #[error("{host} would get the client secret in the clear: use https")]
    InTheClear {
        /// Name or number of the machine.
        host: String,
    },
}

impl Address {
    /// Address of osu!: its API and its maps.
    pub const OSU: &'static str = "https://osu.ppy.sh";
    /// Address of osu!collector.
    pub const COLLECTOR: &'static str = "https://osucollector.com";

    /// The address of something below this one.
    ///
    /// - `path`: without a slash in front
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}/{path}", self.0.path().trim_end_matches('/')));
        url
    }

    /// Whether the address is that of this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let malformed = || AddressError::Malformed { text: text.to_owned() };
        let mut url = Url::parse(text).map_err(|_| malformed())?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::WithPassword);
        }
        let host = url.host_str().ok_or_else(malformed)?.to_owned();
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(AddressError::InTheClear { host }),
            _ => return Err(malformed()),
        }
        url.set_query(None);
        url.set_fragment(None);
        Ok(Self(url))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let ip = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_below_the_folder() {
        for (base, expected) in [
            ("https://osu.ppy.sh", "https://osu.ppy.sh/api/v2/beatmaps"),
            ("http://127.0.0.1:81/a/?x#y", "http://127.0.0.1:81/a/api/v2/beatmaps"),
            ("http://[::1]/", "http://[::1]/api/v2/beatmaps"),
        ] {
            let address: Address = base.parse().unwrap();
            assert_eq!(address.join("api/v2/beatmaps").as_str(), expected);
        }
        assert_eq!(Address::OSU.parse::<Address>().unwrap().to_string(), Address::OSU);
    }

    #[test]
    fn the_secret_goes_nowhere_in_the_clear() {
        let refused = |text: &str| text.parse::<Address>().unwrap_err();
        let in_the_clear = AddressError::InTheClear { host: "osu.ppy.sh".to_owned() };
        assert_eq!(refused("http://osu.ppy.sh"), in_the_clear);
        assert_eq!(refused("https://me:hunter2@osu.ppy.sh"), AddressError::WithPassword);
        for text in ["osu.ppy.sh", "ftp://osu.ppy.sh", "file:///etc", ""] {
            assert!(matches!(refused(text), AddressError::Malformed { .. }), "{text}");
        }
    }
}
