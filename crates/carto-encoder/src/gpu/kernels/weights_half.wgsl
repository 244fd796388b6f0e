@group(0) @binding(3) var<storage, read> weights: array<vec2<u32>>;

fn weight(place: u32) -> vec4<f32> {
    let packed = weights[place];
    return vec4(unpack2x16float(packed.x), unpack2x16float(packed.y));
}
