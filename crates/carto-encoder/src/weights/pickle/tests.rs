#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use super::*;
use crate::weights::tensor_view::Dtype;

fn read_all(bytes: &[u8]) -> Result<Pickled<'_>, PickleError> {
    read(bytes, 10_000_000)
}

/// `pickle.dumps({"a": [1, -2, 300], "b": None}, 2)`, as CPython writes it.
const PROTOCOL_2: &[u8] =
    b"\x80\x02}q\x00(X\x01\x00\x00\x00aq\x01]q\x02(K\x01J\xfe\xff\xff\xffM,\x01eX\x01\x00\x00\x00bq\x03Nu.";
/// The same in protocol 4.
const PROTOCOL_4: &[u8] =
    b"\x80\x04\x95\x18\x00\x00\x00\x00\x00\x00\x00}\x94(\x8c\x01a\x94]\x94(K\x01J\xfe\xff\xff\xffM,\x01e\x8c\x01b\x94Nu.";

#[test]
fn tables_lists_and_numbers_are_read_in_old_and_new_protocols() {
    for bytes in [PROTOCOL_2, PROTOCOL_4] {
        let pickled = read_all(bytes).unwrap();
        let list = pickled.member(pickled.root, "a").unwrap();
        let expected = [1, -2, 300].map(Value::Int).to_vec();
        assert_eq!(pickled.node(list), Some(&Node::List(expected)));
        assert_eq!(pickled.member(pickled.root, "b"), None);
    }
}

#[test]
fn a_call_gives_an_inert_record() {
    let pickled = read_all(b"\x80\x02cos\nsystem\nX\x04\x00\x00\x00exit\x85R.").unwrap();
    let record = Node::Record { state: Value::None, items: Vec::new() };
    assert_eq!(pickled.node(pickled.root), Some(&record));
}

#[test]
fn attributes_of_unknown_classes_are_found() {
    let state = b"\x80\x02cm\nC\n)\x81}X\x01\x00\x00\x00aK\x07sb.";
    let slots = b"\x80\x02cm\nC\n)\x81N}X\x01\x00\x00\x00aK\x07s\x86b.";
    let items = b"\x80\x02cm\nC\n)\x81X\x01\x00\x00\x00aK\x07s.";
    for bytes in [state.as_slice(), slots, items] {
        let pickled = read_all(bytes).unwrap();
        assert_eq!(pickled.member(pickled.root, "a"), Some(Value::Int(7)));
    }
}

#[test]
fn a_tensor_is_described() {
    let bytes = b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storage\
        ctorch\nBFloat16Storage\nX\x01\x00\x00\x005X\x03\x00\x00\x00cpuK\x0ctQK\x02K\x02K\x03\x86\
        K\x03K\x01\x86\x89ccollections\nOrderedDict\n)RtR.";
    let pickled = read_all(bytes).unwrap();
    let Some(Node::Tensor(tensor)) = pickled.node(pickled.root) else { unreachable!() };
    assert_eq!((tensor.offset, &tensor.shape, &tensor.strides), (2, &vec![2, 3], &vec![3, 1]));
    assert_eq!((tensor.storage.dtype, tensor.storage.n_numbers), (Some(Dtype::Bf16), 12));
    assert_eq!(pickled.text(tensor.storage.key), Some("5"));
}

#[test]
fn faults_are_named_with_their_place() {
    let cases: [(&[u8], PickleError); 9] = [
        (b"", PickleError::CutShort { offset: 0 }),
        (b"\x80\x02\x82\x01.", PickleError::UnknownOpcode { opcode: 0x82, offset: 2 }),
        (b"\x80\x02h\x07.", PickleError::NotRemembered { index: 7, offset: 2 }),
        (b"\x80\x02j\xff\xff\xff\xff.", PickleError::NotRemembered { index: u32::MAX, offset: 2 }),
        (b"\x80\x02X\x00\xca\x9a\x3bab", PickleError::CutShort { offset: 7 }),
        (b"\x80\x02X\x01\x00\x00\x00\xff.", PickleError::BadText { offset: 2 }),
        (b"\x80\x02}(K\x01u.", PickleError::WrongKind { expected: "pairs", offset: 6 }),
        (b"\x80\x02K\x01(0.", PickleError::EmptyStack { offset: 5 }),
        (b"\x80\x02t.", PickleError::NoMark { offset: 2 }),
    ];
    for (bytes, expected) in cases {
        assert_eq!(read_all(bytes).unwrap_err(), expected);
    }
}

#[test]
fn no_depth_of_nesting_overflows_the_stack() {
    let n_levels = 1_000_000;
    let mut bytes = b"\x80\x02".to_vec();
    bytes.extend([b']'].repeat(n_levels));
    bytes.extend([b'a'].repeat(n_levels - 1));
    bytes.push(b'.');
    assert_eq!(read_all(&bytes).unwrap().nodes.len(), n_levels);
    assert_eq!(read(&bytes, 1000).unwrap_err(), PickleError::TooManyOps { limit: 1000 });
}
