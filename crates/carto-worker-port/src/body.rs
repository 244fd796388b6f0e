use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

/// Reads what a server answers piece by piece, until its end, or until `on_piece`
/// says that it wants no more by giving false.
///
/// Gives false where the connection broke before the end or no more was wanted.
pub async fn read_pieces(response: &Response, mut on_piece: impl FnMut(Vec<u8>) -> bool) -> bool {
    let Some(body) = response.body() else { return true };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let Ok(chunk) = JsFuture::from(reader.read()).await else { return false };
        let field = |name: &str| Reflect::get(&chunk, &JsValue::from_str(name)).ok();
        if field("done").is_none_or(|done| done.is_truthy()) {
            return true;
        }
        let value = field("value").and_then(|value| value.dyn_into::<Uint8Array>().ok());
        if value.is_some_and(|value| !on_piece(value.to_vec())) {
            let _ = reader.cancel();
            return false;
        }
    }
}
