use super::GpuError;
use super::error::Faults;

/// Name and kind of a graphics adapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GpuAdapterInfo {
    /// The name that the driver gives; in the browser, which rarely gives that name,
    /// vendor and architecture.
    pub name: String,
    /// Whether a processor does the work after all.
    pub is_software: bool,
}

/// An adapter that has been opened.
#[derive(Debug, Clone)]
pub struct GpuAdapter {
    pub(super) device: wgpu::Device,
    pub(super) queue: wgpu::Queue,
    pub(super) faults: Faults,
    info: GpuAdapterInfo,
}

impl GpuAdapter {
    /// Opens the fastest adapter: in the browser through its WebGPU, elsewhere
    /// through Vulkan, Metal or Direct3D 12.
    ///
    /// A software adapter is taken where there is no other, and says so.
    ///
    /// # Errors
    ///
    /// [`GpuError::NoAdapter`] and [`GpuError::NoDevice`].
    pub async fn request() -> Result<Self, GpuError> {
        if wgpu::Instance::enabled_backend_features().is_empty() {
            // Without any, an instance would be a panic.
            let reason = "this program was built without drivers of graphics processors";
            return Err(GpuError::NoAdapter { reason: reason.to_owned() });
        }
        let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
        descriptor.backends = backends();
        let instance = wgpu::Instance::new(descriptor);
        let options = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            ..Default::default()
        };
        let adapter = instance
            .request_adapter(&options)
            .await
            .map_err(|error| GpuError::NoAdapter { reason: error.to_string() })?;
        let descriptor = wgpu::DeviceDescriptor {
            label: Some("encoder"),
            // The limits that every implementation grants, unless this one has less.
            required_limits: wgpu::Limits::defaults().or_worse_values_from(&adapter.limits()),
            memory_hints: wgpu::MemoryHints::MemoryUsage,
            ..Default::default()
        };
        let (device, queue) = adapter
            .request_device(&descriptor)
            .await
            .map_err(|error| GpuError::NoDevice { reason: error.to_string() })?;
        let info = describe(&adapter.get_info(), &device);
        Ok(Self::new(device, queue, info))
    }

    /// Takes a device that was opened elsewhere; its handlers for errors and
    /// loss are replaced.
    #[must_use]
    pub fn new(device: wgpu::Device, queue: wgpu::Queue, info: GpuAdapterInfo) -> Self {
        let faults = Faults::of(&device);
        Self { device, queue, faults, info }
    }

    /// Name and kind of the adapter.
    #[must_use]
    pub fn info(&self) -> &GpuAdapterInfo {
        &self.info
    }

    /// Gives the device up: what runs on it fails with [`GpuError::Lost`].
    pub fn destroy(&self) {
        self.device.destroy();
    }
}

#[cfg(target_arch = "wasm32")]
fn backends() -> wgpu::Backends {
    wgpu::Backends::BROWSER_WEBGPU
}

#[cfg(not(target_arch = "wasm32"))]
fn backends() -> wgpu::Backends {
    wgpu::Backends::VULKAN | wgpu::Backends::METAL | wgpu::Backends::DX12
}

fn describe(info: &wgpu::AdapterInfo, device: &wgpu::Device) -> GpuAdapterInfo {
    let name = match browser_name(device) {
        _ if !info.name.is_empty() => info.name.clone(),
        Some(name) => name,
        None => "a graphics adapter without a name".to_owned(),
    };
    let words = name.to_lowercase();
    let is_known_software = ["swiftshader", "llvmpipe", "basic render"];
    let is_software = info.device_type == wgpu::DeviceType::Cpu
        || is_known_software.iter().any(|known| words.contains(known));
    GpuAdapterInfo { name, is_software }
}

/// Vendor and architecture, which `wgpu` does not pass on.
#[cfg(target_arch = "wasm32")]
fn browser_name(device: &wgpu::Device) -> Option<String> {
    let get =
        |of: &js_sys::wasm_bindgen::JsValue, key: &str| js_sys::Reflect::get(of, &key.into()).ok();
    let info = get(device.as_webgpu()?.as_ref(), "adapterInfo")?;
    let words = ["vendor", "architecture"].map(|key| get(&info, key)?.as_string());
    let words: Vec<String> = words.into_iter().flatten().filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(not(target_arch = "wasm32"))]
fn browser_name(_device: &wgpu::Device) -> Option<String> {
    None
}
