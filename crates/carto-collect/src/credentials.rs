//! The credentials of an OAuth application, and texts that must not be seen.

use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Environment variable with the number of the OAuth application.
pub const ID_VARIABLE: &str = "OSU_CLIENT_ID";
/// Environment variable with the client secret of the OAuth application.
pub const SECRET_VARIABLE: &str = "OSU_CLIENT_SECRET";

/// What an OAuth application of osu! shows to get a token.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub(crate) client_id: String,
    pub(crate) client_secret: Secret,
}

/// Why there are no credentials. No message holds a line of the file: it may
/// be the secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The file of credentials exists and cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// File of credentials.
        path: PathBuf,
        /// Error of the system.
        source: io::Error,
    },
    /// A line of the file that is no `NAME=value`.
    #[error("{}: line {line} is not NAME=value; quote a value with spaces or signs", path.display())]
    BadLine {
        /// File of credentials.
        path: PathBuf,
        /// Number of the line, counted from 1, lines without a variable left out.
        line: usize,
    },
    /// A variable that neither the environment nor the file sets.
    #[error(
        "{variable} is not set; make an OAuth application in the settings of your osu! account \
         (https://osu.ppy.sh/home/account/edit#oauth) and put its number and its secret as \
         OSU_CLIENT_ID and OSU_CLIENT_SECRET into the environment or into a file named .env"
    )]
    Missing {
        /// Name of the variable.
        variable: &'static str,
    },
}

impl Credentials {
    /// Takes credentials that are known.
    pub fn new(client_id: impl Into<String>, client_secret: Secret) -> Self {
        Self { client_id: client_id.into(), client_secret }
    }

    /// Takes both variables from the environment, or else from a file.
    ///
    /// A file is read and nothing is put into the environment, where child
    /// processes would see it.
    ///
    /// # Arguments
    ///
    /// - `environment`: the value of a variable, where it is set
    /// - `file`: lines of `NAME=value`; `None` where there is no such file
    ///
    /// # Errors
    ///
    /// A file that cannot be read, and a variable that neither of both has or
    /// that is empty.
    pub fn read(
        environment: impl Fn(&str) -> Option<String>,
        file: Option<&Path>,
    ) -> Result<Self, CredentialsError> {
        let of_environment = |name| environment(name).filter(|value| !value.trim().is_empty());
        let (mut id, mut secret) = (of_environment(ID_VARIABLE), of_environment(SECRET_VARIABLE));
        if let Some(path) = file.filter(|_| id.is_none() || secret.is_none()) {
            for (name, value) in variables(path)? {
                match name.as_str() {
                    ID_VARIABLE => id = id.or(Some(value)),
                    SECRET_VARIABLE => secret = secret.or(Some(value)),
                    _ => {}
                }
            }
        }
        let filled = |value: Option<String>, variable| {
            let value = value.map(|value| value.trim().to_owned());
            value.filter(|value| !value.is_empty()).ok_or(CredentialsError::Missing { variable })
        };
        Ok(Self {
            client_id: filled(id, ID_VARIABLE)?,
            client_secret: Secret::new(filled(secret, SECRET_VARIABLE)?),
        })
    }
}

fn variables(path: &Path) -> Result<Vec<(String, String)>, CredentialsError> {
    let unreadable = |source| CredentialsError::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    let mut found = Vec::new();
    for (idx, variable) in dotenvy::from_read_iter(file).enumerate() {
        match variable {
            Ok(variable) => found.push(variable),
            Err(dotenvy::Error::Io(source)) => return Err(unreadable(source)),
            // The error itself quotes the line.
            Err(_) => {
                return Err(CredentialsError::BadLine { path: path.to_owned(), line: idx + 1 });
            }
        }
    }
    Ok(found)
}

/// Text that must not be seen: a client secret or an access token.
///
/// It has no `Display` and no `Serialize`, and its `Debug` says nothing, so
/// neither an error nor a log nor a file can show it by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one request that it belongs in.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn nothing(_: &str) -> Option<String> {
        None
    }

    fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn the_environment_goes_before_the_file() {
        let (_folder, path) =
            written("# osu!\nexport OSU_CLIENT_ID=7\nOSU_CLIENT_SECRET='of the file'\nOTHER=1\n");
        let read = Credentials::read(nothing, Some(&path)).unwrap();
        assert_eq!((read.client_id.as_str(), read.client_secret.reveal()), ("7", "of the file"));
        let environment = |name: &str| (name == ID_VARIABLE).then(|| "8".to_owned());
        let read = Credentials::read(environment, Some(&path)).unwrap();
        assert_eq!((read.client_id.as_str(), read.client_secret.reveal()), ("8", "of the file"));
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = Credentials::read(nothing, None).unwrap_err().to_string();
        assert!(error.starts_with("OSU_CLIENT_ID is not set"), "{error}");
        let (_folder, path) = written("OSU_CLIENT_ID=7\nOSU_CLIENT_SECRET=\n");
        let error = Credentials::read(nothing, Some(&path)).unwrap_err().to_string();
        assert!(error.starts_with("OSU_CLIENT_SECRET is not set"), "{error}");
    }

    #[test]
    fn a_bad_line_is_not_quoted() {
        let (_folder, path) = written("OSU_CLIENT_ID=7\nOSU_CLIENT_SECRET=hunter2 'half\n");
        let error = Credentials::read(nothing, Some(&path)).unwrap_err();
        assert!(matches!(error, CredentialsError::BadLine { line: 2, .. }), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }

    #[test]
    fn debug_says_nothing() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret:?} {secret:#?}"), "Secret Secret");
        assert_eq!(secret.reveal(), "hunter2");
    }
}
