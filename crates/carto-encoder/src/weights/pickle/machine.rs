use std::collections::BTreeMap;

use super::input::{Input, PickleError};
use super::value::{Node, Pickled, Value, node, text};

/// Reads a pickle of protocol 2 to 5 without ever calling anything.
///
/// A closed machine of the opcodes that checkpoints use. Names of classes and
/// functions are names; the few that tensors are made with give descriptions of
/// tensors, all others objects with attributes and no behaviour. Each opcode
/// costs constant time and memory beyond what it moves, nothing recurses, and
/// `max_ops` bounds how many there are.
///
/// # Errors
///
/// [`PickleError`] with the place of the first opcode that is unknown, cut off,
/// or finds other things on the stack than it needs.
///
/// # Source
///
/// The comments in CPython 3.11 `Lib/pickletools.py`, which define the opcodes.
pub(in super::super) fn read(bytes: &[u8], max_ops: usize) -> Result<Pickled<'_>, PickleError> {
    let mut machine = Machine {
        input: Input { bytes, at: 0, op_offset: 0 },
        stack: Vec::new(),
        marks: Vec::new(),
        memo: BTreeMap::new(),
        nodes: Vec::new(),
    };
    for _ in 0..max_ops {
        let opcode = machine.input.opcode()?;
        if opcode == b'.' {
            let root = machine.pop()?;
            return Ok(Pickled { bytes, nodes: machine.nodes, root });
        }
        machine.step(opcode)?;
    }
    Err(PickleError::TooManyOps { limit: max_ops })
}

#[derive(Debug)]
pub(super) struct Machine<'a> {
    pub(super) input: Input<'a>,
    pub(super) stack: Vec<Value>,
    /// Heights of the stack, ascending.
    marks: Vec<usize>,
    memo: BTreeMap<u32, Value>,
    pub(super) nodes: Vec<Node>,
}

impl<'a> Machine<'a> {
    fn step(&mut self, opcode: u8) -> Result<(), PickleError> {
        match opcode {
            // PROTO, FRAME: a version and a length that say nothing we need.
            0x80 => self.input.bytes(1).map(drop),
            0x95 => self.input.bytes(8).map(drop),
            b'(' => {
                self.marks.push(self.stack.len());
                Ok(())
            }
            b'0' => self.pop().map(drop),
            b'1' => self.pop_to_mark().map(drop),
            // DUP
            b'2' => {
                let top = self.pop()?;
                self.stack.extend([top, top]);
                Ok(())
            }
            b'q' | b'r' | 0x94 | b'h' | b'j' => self.step_memo(opcode),
            b']'
            | b')'
            | b'}'
            | 0x8f
            | b'a'
            | b'e'
            | 0x90
            | b's'
            | b'u'
            | b't'
            | 0x91
            | 0x85..=0x87 => self.step_container(opcode),
            b'c' | 0x93 | b'R' | 0x81 | 0x92 | b'b' | b'Q' => self.step_object(opcode),
            _ => {
                let value = self.atom(opcode)?;
                self.stack.push(value);
                Ok(())
            }
        }
    }

    /// Opcodes that push a value without parts.
    fn atom(&mut self, opcode: u8) -> Result<Value, PickleError> {
        let input = &mut self.input;
        match opcode {
            b'N' => Ok(Value::None),
            // NEWTRUE, NEWFALSE
            0x88 | 0x89 => Ok(Value::Other),
            // BININT, BININT1, BININT2, LONG1, LONG4
            b'J' => input.integer(4),
            b'K' => Ok(Value::Int(input.number(1)? as i64)),
            b'M' => Ok(Value::Int(input.number(2)? as i64)),
            0x8a => {
                let n_bytes = input.number(1)?;
                input.integer(n_bytes)
            }
            0x8b => {
                let n_bytes = input.number(4)?;
                input.integer(n_bytes)
            }
            // BINFLOAT
            b'G' => input.bytes(8).map(|_| Value::Other),
            // Texts and bytes, by the width of their length.
            b'X' | b'T' => self.text(4),
            0x8c | b'U' => self.text(1),
            0x8d => self.text(8),
            b'B' => self.other(4),
            b'C' => self.other(1),
            0x8e | 0x96 => self.other(8),
            _ => Err(PickleError::UnknownOpcode { opcode, offset: input.op_offset }),
        }
    }

    fn text(&mut self, width: u64) -> Result<Value, PickleError> {
        let n_bytes = self.input.number(width)?;
        self.input.text(n_bytes)
    }

    fn other(&mut self, width: u64) -> Result<Value, PickleError> {
        let n_bytes = self.input.number(width)?;
        self.input.bytes(n_bytes).map(|_| Value::Other)
    }

    fn step_memo(&mut self, opcode: u8) -> Result<(), PickleError> {
        let index = match opcode {
            b'q' | b'h' => u32::from(self.input.u8()?),
            b'r' | b'j' => self.input.u32()?,
            // MEMOIZE: the next free number; there are fewer than opcodes.
            _ => self.memo.len() as u32,
        };
        if matches!(opcode, b'h' | b'j') {
            let offset = self.input.op_offset;
            let value = self.memo.get(&index).copied();
            self.stack.push(value.ok_or(PickleError::NotRemembered { index, offset })?);
        } else {
            let top = self.pop()?;
            self.stack.push(top);
            self.memo.insert(index, top);
        }
        Ok(())
    }

    fn step_container(&mut self, opcode: u8) -> Result<(), PickleError> {
        match opcode {
            // EMPTY_LIST, EMPTY_SET
            b']' | 0x8f => self.push(Node::List(Vec::new())),
            b')' => self.push(Node::Tuple(Vec::new())),
            b'}' => self.push(Node::Dict(Vec::new())),
            // APPEND, APPENDS and ADDITEMS
            b'a' => {
                let value = self.pop()?;
                self.append(vec![value])?;
            }
            b'e' | 0x90 => {
                let values = self.pop_to_mark()?;
                self.append(values)?;
            }
            // SETITEM, SETITEMS
            b's' => {
                let value = self.pop()?;
                let key = self.pop()?;
                self.set_items(&[key, value])?;
            }
            b'u' => {
                let values = self.pop_to_mark()?;
                self.set_items(&values)?;
            }
            // TUPLE, FROZENSET
            b't' | 0x91 => {
                let values = self.pop_to_mark()?;
                self.push(Node::Tuple(values));
            }
            // TUPLE1 to TUPLE3
            _ => {
                let n_values = usize::from(opcode - 0x84);
                let mut values = Vec::with_capacity(n_values);
                for _ in 0..n_values {
                    values.push(self.pop()?);
                }
                values.reverse();
                self.push(Node::Tuple(values));
            }
        }
        Ok(())
    }

    /// Adds to the list on top of the stack. An object of a class of its own
    /// that is a list besides stays without its items: nobody asks for them.
    fn append(&mut self, values: Vec<Value>) -> Result<(), PickleError> {
        match self.top_node()? {
            Node::List(items) => items.extend(values),
            Node::Record { .. } => {}
            _ => return Err(self.wrong_kind("a list")),
        }
        Ok(())
    }

    fn set_items(&mut self, values: &[Value]) -> Result<(), PickleError> {
        let (pairs, rest) = values.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(self.wrong_kind("pairs"));
        }
        match self.top_node()? {
            Node::Dict(items) | Node::Record { items, .. } => {
                items.extend(pairs.iter().map(|&[key, value]| (key, value)));
                Ok(())
            }
            _ => Err(self.wrong_kind("a table")),
        }
    }

    pub(super) fn push(&mut self, node: Node) {
        // There are fewer nodes than opcodes.
        self.stack.push(Value::Node(self.nodes.len() as u32));
        self.nodes.push(node);
    }

    /// Takes the top of the stack, but nothing from below the last mark.
    pub(super) fn pop(&mut self) -> Result<Value, PickleError> {
        let floor = self.marks.last().copied().unwrap_or(0);
        let top = if self.stack.len() > floor { self.stack.pop() } else { None };
        top.ok_or(PickleError::EmptyStack { offset: self.input.op_offset })
    }

    fn pop_to_mark(&mut self) -> Result<Vec<Value>, PickleError> {
        let mark = self.marks.pop();
        let mark = mark.ok_or(PickleError::NoMark { offset: self.input.op_offset })?;
        Ok(self.stack.split_off(mark))
    }

    pub(super) fn top_node(&mut self) -> Result<&mut Node, PickleError> {
        let top = self.pop()?;
        self.stack.push(top);
        let offset = self.input.op_offset;
        let found = match top {
            Value::Node(index) => self.nodes.get_mut(index as usize),
            _ => None,
        };
        found.ok_or(PickleError::WrongKind { expected: "an object", offset })
    }

    pub(super) fn node(&self, value: Value) -> Option<&Node> {
        node(&self.nodes, value)
    }

    pub(super) fn text_of(&self, value: Value) -> Option<&'a str> {
        text(self.input.bytes, value)
    }

    pub(super) fn wrong_kind(&self, expected: &'static str) -> PickleError {
        PickleError::WrongKind { expected, offset: self.input.op_offset }
    }
}
