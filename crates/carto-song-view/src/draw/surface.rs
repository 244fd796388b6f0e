//! A canvas with its context, as sharp as the screen.

use std::cell::Cell;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::context::{DrawTarget, DrawingContext};

/// More pixels than this for one of the page's are not seen, and cost time.
const MAX_RATIO: f64 = 2.0;

/// A canvas that is drawn on in pixels of the page.
pub(crate) struct Surface {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    size: Cell<(f64, f64)>,
    ratio: Cell<f64>,
}

impl Surface {
    /// `None` where the browser gives no context.
    pub(crate) fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let surface = Self { canvas, context, size: Cell::default(), ratio: Cell::new(1.0) };
        surface.fit();
        Some(surface)
    }

    /// A canvas that is no part of the page, of a fixed size; `None` where the browser gives none.
    pub(crate) fn apart(width: u32, height: u32) -> Option<Self> {
        let canvas = document().create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
        canvas.set_width(width);
        canvas.set_height(height);
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let size = Cell::new((f64::from(width), f64::from(height)));
        Some(Self { canvas, context, size, ratio: Cell::new(1.0) })
    }

    /// The element.
    pub(crate) fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// Takes the size that the page gives the canvas; to be called when that may have changed, and
    /// not in every frame, since it asks for the layout.
    pub(crate) fn fit(&self) {
        let (width, height) =
            (f64::from(self.canvas.client_width()), f64::from(self.canvas.client_height()));
        let ratio = window().device_pixel_ratio().clamp(1.0, MAX_RATIO);
        if (width, height) != self.size.get() || (ratio - self.ratio.get()).abs() > 1e-9 {
            self.canvas.set_width((width * ratio).round() as u32);
            self.canvas.set_height((height * ratio).round() as u32);
            self.size.set((width, height));
            self.ratio.set(ratio);
        }
    }

    /// Width and height in pixels of the page.
    pub(crate) fn size(&self) -> (f64, f64) {
        self.size.get()
    }

    /// The context of an empty canvas, in pixels of the page; `None` while it has no size.
    pub(crate) fn begin(&self) -> Option<&CanvasRenderingContext2d> {
        let ((width, height), ratio) = (self.size.get(), self.ratio.get());
        if width < 1.0 || height < 1.0 {
            return None;
        }
        self.context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).ok()?;
        self.context.clear_rect(0.0, 0.0, width, height);
        self.context.set_global_alpha(1.0);
        Some(&self.context)
    }
}

impl DrawTarget for Surface {
    fn begin(&self) -> Option<&dyn DrawingContext> {
        Self::begin(self).map(|context| context as &dyn DrawingContext)
    }

    fn size(&self) -> (f64, f64) {
        Self::size(self)
    }
}
