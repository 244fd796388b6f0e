use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::self_test::WrongLatent;

/// Why the GPU path cannot start or go on. It says nothing of the weights or the map:
/// the CPU path can do the same work.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
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
        /// Bytes that the encoder needs.
        needed: u64,
        /// Bytes that the adapter allows.
        limit: u64,
    },
    /// A kernel does not compile on this driver.
    #[error("the graphics driver does not compile the kernel `{kernel}`: {reason}")]
    Kernel {
        /// Name of the kernel.
        kernel: &'static str,
        /// In the driver's or browser's words.
        reason: String,
    },
    /// More slots than one batch holds.
    #[error("a batch of {n_slots} slots, the limit is {limit}")]
    BatchTooLong {
        /// Slots of all items together, with their halos.
        n_slots: usize,
        /// Slots that one batch holds.
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
    /// The self-test gives other numbers than it should.
    #[error("it computes wrong numbers: {0}")]
    WrongNumbers(#[from] WrongLatent),
}

impl GpuError {
    /// The error on one line: drivers explain themselves over several.
    #[must_use]
    pub fn one_line(&self) -> String {
        self.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
    }
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

/// The first thing that went wrong with a device outside of any error scope:
/// drivers report such things later and on threads of their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Faults(Arc<Mutex<Option<GpuError>>>);

impl Faults {
    /// Listens to a device from now on.
    pub(super) fn of(device: &wgpu::Device) -> Self {
        let faults = Self::default();
        let on_error = faults.clone();
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| on_error.note(error.into())));
        let on_loss = faults.clone();
        device.set_device_lost_callback(move |_, reason| on_loss.note(GpuError::Lost { reason }));
        faults
    }

    /// # Errors
    ///
    /// What went wrong first; the loss of the device comes before all else.
    pub(super) fn check(&self) -> Result<(), GpuError> {
        self.lock().clone().map_or(Ok(()), Err)
    }

    fn note(&self, error: GpuError) {
        let mut first = self.lock();
        if first.is_none() || matches!(error, GpuError::Lost { .. }) {
            *first = Some(error);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<GpuError>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Errors of the calls made while it lives, which no other handler sees then.
pub(super) struct Scopes {
    internal: wgpu::ErrorScopeGuard,
    validation: wgpu::ErrorScopeGuard,
    memory: wgpu::ErrorScopeGuard,
}

impl Scopes {
    pub(super) fn open(device: &wgpu::Device) -> Self {
        Self {
            internal: device.push_error_scope(wgpu::ErrorFilter::Internal),
            validation: device.push_error_scope(wgpu::ErrorFilter::Validation),
            memory: device.push_error_scope(wgpu::ErrorFilter::OutOfMemory),
        }
    }

    /// Closes all three at once, in the reverse order; the answer may come later.
    pub(super) fn close(self) -> impl Future<Output = Result<(), GpuError>> {
        let answers = (self.memory.pop(), self.validation.pop(), self.internal.pop());
        async move {
            // A lack of memory makes what follows invalid, so it is asked first.
            let memory = answers.0.await;
            let validation = answers.1.await;
            let internal = answers.2.await;
            memory.or(validation).or(internal).map_or(Ok(()), |error| Err(error.into()))
        }
    }
}
