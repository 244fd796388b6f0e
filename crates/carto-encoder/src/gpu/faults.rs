use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::GpuError;

/// The first thing that went wrong with a device outside of any error scope:
/// drivers report such things later and on threads of their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Faults(Arc<Mutex<Option<GpuError>>>);

impl Faults {
    /// Starts to listen.
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
