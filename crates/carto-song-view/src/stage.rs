//! What is drawn, frame by frame: the strips, the profile, both playfields and the cursor on them.
//!
//! Nothing is drawn while nothing changes. A frame draws what has changed since the last and asks for
//! no layout: sizes are taken when the browser says that they change, what is moved is moved by a
//! transform, and the room for curves is kept from one frame to the next.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

use carto_playfield::FrameIndex;
use carto_protocol::OpenedPair;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlCanvasElement, HtmlElement};

use crate::draw::{
    Area, FieldMap, Palette, PlayfieldLook, PlayfieldPen, ProfilePlot, RowsInSight, StripData,
    StripPen, StripRows, Surface, draw_playfield, draw_profile, draw_strips,
};
use crate::latent_strips::LatentStrips;
use crate::visible::Stretch;

/// A part that is drawn on a canvas of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Agreement through the song.
    Profile,
    /// The nine channels.
    Strips,
    /// The playfield of A, or of both over each other.
    FieldA,
    /// The playfield of B.
    FieldB,
    /// Latents.
    Latents,
}

impl Part {
    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What has to be drawn with every new place of the cursor.
const CURSOR: u8 = 1 << 5;

const ALL: u8 = 0b11_1111;

/// The parts with a cursor.
const WITH_CURSOR: [Part; 3] = [Part::Profile, Part::Strips, Part::Latents];

/// Size of a clip, px: both playfields side by side.
const CLIP: (u32, u32) = (1280, 504);

/// Where the song is while it plays; `None` while it does not.
type PlayingAt = dyn Fn() -> Option<f64>;

/// What the browser calls before it paints.
type OnFrame = Closure<dyn FnMut(f64)>;

/// Told where the song is after each frame in which it plays.
type OnPlayed = dyn Fn(f64);

/// The canvases of the view, and what is on them.
pub(crate) struct Stage {
    me: Weak<Self>,
    surfaces: RefCell<[Option<Surface>; 5]>,
    /// The lines at the cursor, in the order of [`WITH_CURSOR`].
    cursors: RefCell<[Option<HtmlElement>; 3]>,
    /// What is recorded, as long as it is.
    clip: RefCell<Option<Surface>>,
    scene: RefCell<Scene>,
    /// What is to be drawn, a bit for each [`Part`] and one for the cursor.
    changed: Cell<u8>,
    is_asked: Cell<bool>,
    on_frame: RefCell<Option<OnFrame>>,
    playing_at: RefCell<Option<Box<PlayingAt>>>,
    on_played: RefCell<Option<Box<OnPlayed>>>,
}

#[derive(Default)]
struct Scene {
    pair: Option<Arc<OpenedPair>>,
    /// What finds the objects of A and of B that are seen.
    indexes: [FrameIndex; 2],
    plot: Option<ProfilePlot>,
    visible: Stretch,
    /// What is drawn on [`Part::Latents`].
    latents: Option<Arc<LatentStrips>>,
    /// Where the rows of the strips and of the latents stand, and which are in sight.
    rows: [Option<(StripRows, RowsInSight)>; 2],
    cursor_ms: f64,
    palette: Palette,
    is_over: bool,
    is_calm: bool,
    strip_pen: StripPen,
    field_pen: PlayfieldPen,
}

impl Stage {
    /// A stage without canvases.
    pub(crate) fn new() -> Rc<Self> {
        let stage = Rc::new_cyclic(|me: &Weak<Self>| Self {
            me: me.clone(),
            surfaces: RefCell::default(),
            cursors: RefCell::default(),
            clip: RefCell::new(None),
            scene: RefCell::default(),
            changed: Cell::new(0),
            is_asked: Cell::new(false),
            on_frame: RefCell::new(None),
            playing_at: RefCell::new(None),
            on_played: RefCell::new(None),
        });
        let me = stage.me.clone();
        let on_frame = move |_| {
            if let Some(stage) = me.upgrade() {
                stage.frame();
            }
        };
        *stage.on_frame.borrow_mut() = Some(Closure::new(on_frame));
        stage.take_palette();
        stage
    }

    /// Follows a song that plays.
    ///
    /// - `playing_at`: where it is, ms; `None` while it does not play
    /// - `on_played`: told of that after each frame
    pub(crate) fn follow(
        &self,
        playing_at: impl Fn() -> Option<f64> + 'static,
        on_played: impl Fn(f64) + 'static,
    ) {
        *self.playing_at.borrow_mut() = Some(Box::new(playing_at));
        *self.on_played.borrow_mut() = Some(Box::new(on_played));
    }

    /// Draws a part on this canvas from now on.
    pub(crate) fn put(&self, part: Part, canvas: HtmlCanvasElement) {
        let surface = Surface::new(canvas);
        if let Some(slot) = self.surfaces.borrow_mut().get_mut(part as usize) {
            *slot = surface;
        }
        self.fit(part);
    }

    /// Draws a part no more.
    pub(crate) fn remove(&self, part: Part) {
        if let Some(slot) = self.surfaces.borrow_mut().get_mut(part as usize) {
            *slot = None;
        }
    }

    /// Moves this element to the cursor from now on; it stands at the left edge of its part.
    pub(crate) fn put_cursor(&self, part: Part, element: &HtmlElement) {
        let mut cursors = self.cursors.borrow_mut();
        for (slot, _) in cursors.iter_mut().zip(WITH_CURSOR).filter(|(_, it)| *it == part) {
            *slot = Some(element.clone());
        }
        drop(cursors);
        self.change(CURSOR);
    }

    /// The size of a part's canvas may have changed.
    pub(crate) fn fit(&self, part: Part) {
        if let Some(Some(surface)) = self.surfaces.borrow().get(part as usize) {
            surface.fit();
        }
        if part == Part::Profile {
            self.make_plot();
        }
        self.change(part.bit() | CURSOR);
    }

    /// Where the rows of the strips or of the latents stand on their canvas, and which are in sight.
    pub(crate) fn set_rows(&self, part: Part, rows: StripRows, in_sight: RowsInSight) {
        let [of_strips, of_latents] = &mut self.scene.borrow_mut().rows;
        let slot = if part == Part::Latents { of_latents } else { of_strips };
        *slot = Some((rows, in_sight));
        self.change(part.bit());
    }

    /// Shows other latents.
    pub(crate) fn set_latents(&self, latents: Option<Arc<LatentStrips>>) {
        self.scene.borrow_mut().latents = latents;
        self.change(Part::Latents.bit());
    }

    /// The theme may have changed.
    pub(crate) fn take_palette(&self) {
        self.scene.borrow_mut().palette = Palette::read();
        self.change(ALL);
    }

    /// Shows another pair.
    pub(crate) fn set_pair(&self, pair: Option<Arc<OpenedPair>>) {
        let mut scene = self.scene.borrow_mut();
        let drawn = pair.as_ref().map(|pair| &pair.drawn);
        scene.indexes = drawn.map(|maps| maps.each_ref().map(FrameIndex::new)).unwrap_or_default();
        scene.pair = pair;
        drop(scene);
        self.make_plot();
        self.change(ALL);
    }

    /// Shows another stretch.
    pub(crate) fn set_visible(&self, visible: Stretch) {
        self.scene.borrow_mut().visible = visible;
        let parts = Part::Strips.bit() | Part::Latents.bit() | Part::Profile.bit();
        self.change(parts | CURSOR);
    }

    /// Shows another moment.
    pub(crate) fn set_cursor(&self, cursor_ms: f64) {
        self.scene.borrow_mut().cursor_ms = cursor_ms;
        self.change(CURSOR);
    }

    /// How playfields are drawn.
    ///
    /// - `is_over`: both on the canvas of A
    /// - `is_calm`: approach circles do not shrink
    pub(crate) fn set_look(&self, is_over: bool, is_calm: bool) {
        let mut scene = self.scene.borrow_mut();
        (scene.is_over, scene.is_calm) = (is_over, is_calm);
        drop(scene);
        self.change(CURSOR);
    }

    /// The moment that is shown, ms.
    pub(crate) fn cursor_ms(&self) -> f64 {
        self.scene.borrow().cursor_ms
    }

    /// Does something with the places on the profile, where there is one.
    pub(crate) fn with_plot<T>(&self, act: impl FnOnce(&ProfilePlot) -> T) -> Option<T> {
        self.scene.borrow().plot.as_ref().map(act)
    }

    /// Draws both playfields on a canvas of its own from now on, which is given back; `None` where
    /// the browser has none.
    pub(crate) fn begin_clip(&self) -> Option<HtmlCanvasElement> {
        let surface = Surface::apart(CLIP.0, CLIP.1)?;
        let canvas = surface.canvas().clone();
        *self.clip.borrow_mut() = Some(surface);
        self.change(CURSOR);
        Some(canvas)
    }

    /// Draws no clip any more.
    pub(crate) fn end_clip(&self) {
        *self.clip.borrow_mut() = None;
    }

    /// The song plays from now on, or not: frames follow each other while it does.
    pub(crate) fn wake(&self) {
        self.change(CURSOR);
    }

    fn make_plot(&self) {
        let size = self.surfaces.borrow().first().and_then(Option::as_ref).map(Surface::size);
        let mut scene = self.scene.borrow_mut();
        let song = scene.pair.as_ref().map(|pair| &pair.song);
        scene.plot = song.zip(size).map(|(song, size)| ProfilePlot::new(song, size));
    }

    fn change(&self, bits: u8) {
        self.changed.set(self.changed.get() | bits);
        if !self.is_asked.replace(true)
            && let Some(on_frame) = self.on_frame.borrow().as_ref()
        {
            let _ = window().request_animation_frame(on_frame.as_ref().unchecked_ref());
        }
    }

    fn frame(&self) {
        self.is_asked.set(false);
        let playing_at = self.playing_at.borrow().as_ref().and_then(|playing_at| playing_at());
        let mut changed = self.changed.take();
        if let Some(now_ms) = playing_at {
            self.scene.borrow_mut().cursor_ms = now_ms;
            changed |= CURSOR;
        }
        self.draw(changed);
        if let Some(now_ms) = playing_at {
            self.change(CURSOR);
            if let Some(on_played) = self.on_played.borrow().as_ref() {
                on_played(now_ms);
            }
        }
    }

    fn draw(&self, changed: u8) {
        let surfaces = self.surfaces.borrow();
        let scene = &mut *self.scene.borrow_mut();
        let Some(pair) = scene.pair.clone() else { return };
        let [profile, strips, field_a, field_b, latents] = &*surfaces;
        let is = |part: Part| changed & part.bit() != 0;
        if let (true, Some(surface), Some(plot)) = (is(Part::Profile), profile, &scene.plot) {
            draw_profile(surface, &pair.song, plot, scene.visible, &scene.palette);
        }
        let of_latents = scene.latents.as_deref().map(|it| it as &dyn StripData);
        let sets = [
            (Part::Strips, strips, Some(&pair.strips as &dyn StripData), scene.rows[0]),
            (Part::Latents, latents, of_latents, scene.rows[1]),
        ];
        for (part, surface, data, rows) in sets {
            let (true, Some(surface), Some(data), Some(rows)) = (is(part), surface, data, rows)
            else {
                continue;
            };
            let (visible, palette) = (scene.visible, &scene.palette);
            let data = (data, &*pair.song.bars);
            draw_strips(surface, data, visible, rows, palette, &mut scene.strip_pen);
        }
        if changed & (CURSOR | Part::FieldA.bit() | Part::FieldB.bit()) != 0 {
            let look = PlayfieldLook { palette: &scene.palette, is_calm: scene.is_calm };
            let pen = &mut scene.field_pen;
            let times_ms = [scene.cursor_ms, scene.cursor_ms - pair.song.lag.lag_ms];
            let [a, b] = [0, 1].map(|side| {
                let (map, index) = (&pair.drawn[side], &scene.indexes[side]);
                FieldMap { map, index, time_ms: times_ms[side] }
            });
            let both = [b, a];
            let fields: [(&Option<Surface>, &[_]); 2] = match scene.is_over {
                true => [(field_a, &both[..]), (&None, &[])],
                false => [(field_a, &both[1..]), (field_b, &both[..1])],
            };
            for (surface, maps) in fields {
                let Some(surface) = surface else { continue };
                let Some(context) = surface.begin() else { continue };
                let (width, height) = surface.size();
                let area = Area { left: 0.0, width, height };
                draw_playfield(context, area, maps, &look, pen);
            }
            if let Some(surface) = &*self.clip.borrow() {
                draw_clip(surface, [a, b], &look, pen);
            }
        }
        if changed & CURSOR != 0 {
            self.move_cursors(scene, &*surfaces);
        }
    }

    fn move_cursors(&self, scene: &Scene, surfaces: &[Option<Surface>]) {
        for (cursor, part) in self.cursors.borrow().iter().zip(WITH_CURSOR) {
            let surface = surfaces.get(part as usize).and_then(Option::as_ref);
            let x = match (surface, &scene.plot) {
                (Some(_), Some(plot)) if part == Part::Profile => Some(plot.x(scene.cursor_ms)),
                (Some(surface), _) if scene.visible.has(scene.cursor_ms) => {
                    Some(scene.visible.fraction(scene.cursor_ms) * surface.size().0)
                }
                _ => None,
            };
            if let Some(cursor) = cursor {
                // Outside of its part it is cut off.
                let x = x.unwrap_or(-9999.0);
                let moved = format!("translateX({x:.1}px)");
                let _ = cursor.style().set_property("transform", &moved);
            }
        }
    }
}

/// Both playfields on the ground of a plate: a film has no page behind it.
fn draw_clip(
    surface: &Surface,
    maps: [FieldMap<'_>; 2],
    look: &PlayfieldLook<'_>,
    pen: &mut PlayfieldPen,
) {
    let Some(context) = surface.begin() else { return };
    let (width, height) = surface.size();
    context.set_fill_style_str(&look.palette.sheet);
    context.fill_rect(0.0, 0.0, width, height);
    context.set_fill_style_str(&look.palette.rule2);
    context.fill_rect(width / 2.0 - 0.5, 0.0, 1.0, height);
    for (map, left) in maps.into_iter().zip([0.0, width / 2.0]) {
        draw_playfield(context, Area { left, width: width / 2.0, height }, &[map], look, pen);
    }
}
