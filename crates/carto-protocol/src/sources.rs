//! Where what a request is about can be found, and what is to compute.

use serde::{Deserialize, Serialize};

/// Where an encoder's weights are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncoderSource {
    /// In a file of the site.
    Bundled {
        /// Absolute.
        url: String,
    },
    /// In the file that comes with the message.
    File {
        /// As the person knows it.
        name: String,
    },
    /// The published one, converted, in a file of the site.
    Beside {
        /// Absolute.
        url: String,
    },
    /// At the address of the published checkpoint.
    Published {
        /// Absolute.
        url: String,
        /// Of the whole file, as hex; checked where the whole of it is loaded.
        sha256: String,
        /// Of the whole file.
        size_bytes: u64,
    },
}

/// What is to compute latents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum DeviceChoice {
    /// The graphics processor where there is a real one, else the processor.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// Whatever WebGPU offers, even a program that imitates a graphics processor.
    WebGpu,
}

/// The text of a result file, or where to read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResultText {
    /// It.
    Json(String),
    /// Its address, absolute.
    Url(String),
}

/// Where a result is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResultSource {
    /// In the file that comes with the message.
    File {
        /// As the person knows it.
        name: String,
    },
    /// In the fragment of a link, without its `#`.
    Link {
        /// As it stood in the address.
        fragment: String,
    },
    /// At an address that a person gave.
    Address {
        /// Absolute.
        url: String,
    },
}
