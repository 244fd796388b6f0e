/// Why the GPU path cannot start or go on. None of them says anything of the
/// weights or the map: the CPU path can do the same work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GpuError {
    /// No adapter; in the browser perhaps no WebGPU at all.
    #[error("no graphics adapter was found")]
    NoAdapter {
        /// In words for whoever sets up drivers.
        reason: String,
    },
    /// There is an adapter, but it gives no device.
    #[error("the graphics adapter gives no device: {reason}")]
    NoDevice {
        /// In the driver's or browser's words.
        reason: String,
    },
    /// The encoder is larger than what the adapter admits.
    #[error("this encoder needs {needed} bytes of {what}, the graphics adapter allows {limit}")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// Bytes.
        needed: u64,
        /// Bytes.
        limit: u64,
    },
    /// A kernel does not compile on this driver.
    #[error("the graphics driver does not compile the kernel `{kernel}`: {reason}")]
    Kernel {
        /// Its name.
        kernel: &'static str,
        /// In the driver's or browser's words.
        reason: String,
    },
    /// More slots than one batch holds.
    #[error("a batch of {n_slots} slots, the limit is {limit}")]
    BatchTooLong {
        /// Slots of all items together, with their halos.
        n_slots: usize,
        /// Slots.
        limit: usize,
    },
    /// The memory is used up.
    #[error("the graphics memory is used up")]
    OutOfMemory,
    /// The driver refused a command.
    #[error("the graphics driver refuses a command: {reason}")]
    Refused {
        /// In the driver's or browser's words.
        reason: String,
    },
    /// The device is gone: reset, taken out, or its process ended.
    #[error("the graphics device was lost: {reason}")]
    Lost {
        /// In the driver's or browser's words.
        reason: String,
    },
    /// The results could not be read.
    #[error("the results could not be read from the graphics memory")]
    Unreadable,
}

impl From<wgpu::Error> for GpuError {
    fn from(error: wgpu::Error) -> Self {
        match error {
            wgpu::Error::OutOfMemory { .. } => Self::OutOfMemory,
            wgpu::Error::Validation { description, .. }
            | wgpu::Error::Internal { description, .. } => Self::Refused { reason: description },
        }
    }
}
