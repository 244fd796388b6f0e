//! Writes pickles of protocol 2, opcode by opcode.

#[derive(Debug)]
pub(crate) struct Pickler {
    bytes: Vec<u8>,
}

impl Pickler {
    pub(crate) fn new() -> Self {
        Self { bytes: b"\x80\x02".to_vec() }
    }

    /// Opcodes as they are.
    pub(crate) fn op(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend(bytes);
        self
    }

    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.bytes.extend(unicode(text));
        self
    }

    pub(crate) fn int(&mut self, value: i32) -> &mut Self {
        self.bytes.push(b'J');
        self.bytes.extend(value.to_le_bytes());
        self
    }

    fn tuple(&mut self, values: &[i32]) -> &mut Self {
        self.op(b"(");
        for &value in values {
            self.int(value);
        }
        self.op(b"t")
    }

    pub(crate) fn tensor(
        &mut self,
        class: &str,
        key: &str,
        n_numbers: i32,
        offset: i32,
        shape: &[i32],
        strides: &[i32],
    ) -> &mut Self {
        self.op(b"ctorch._utils\n_rebuild_tensor_v2\n((").text("storage");
        self.op(format!("ctorch\n{class}\n").as_bytes()).text(key).text("cpu");
        self.int(n_numbers).op(b"tQ").int(offset).tuple(shape).tuple(strides);
        self.op(b"\x89ccollections\nOrderedDict\n)RtR")
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.bytes.push(b'.');
        self.bytes
    }
}

/// BINUNICODE.
pub(crate) fn unicode(text: &str) -> Vec<u8> {
    let length = (text.len() as u32).to_le_bytes();
    [b"X".as_slice(), &length, text.as_bytes()].concat()
}
