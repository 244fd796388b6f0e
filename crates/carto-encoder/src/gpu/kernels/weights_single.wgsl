@group(0) @binding(3) var<storage, read> weights: array<vec4<f32>>;

fn weight(place: u32) -> vec4<f32> {
    return weights[place];
}
