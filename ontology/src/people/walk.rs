//! A walk through the bytes of a JSON text that knows at each where it stands: under which key, in which node.
//!
//! It builds nothing and needs a few bytes for each level, so that a graph of any size streams through it. Texts come from behind the
//! door, where they were read as JSON; of anything else the walk makes something, and fails at nothing.

use std::collections::BTreeSet;

use crate::ctdl::{is_withheld, is_withheld_class};
use crate::term::local_name;

/// The longest key that is compared; a longer one is no word of any standard.
const MAX_KEY: usize = 4 << 10;

/// What is known of the nodes and terms of a document besides what the standards say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Where the nodes begin that reach a person by their class.
    pub nodes: BTreeSet<u64>,
    /// The document's own words for what reaches a person: properties and classes.
    pub terms: BTreeSet<String>,
}

impl Known {
    /// Whether the values under a key are contact values.
    fn is_withheld_key(&self, key: &str) -> bool {
        let key = key.trim().trim_end_matches(':');
        !key.starts_with('@') && (is_withheld(key) || self.terms.contains(key))
    }

    /// Whether a node of a class reaches a person. A class of the same name in another vocabulary counts too: better a node too many.
    pub(super) fn is_withheld_class(&self, class: &str) -> bool {
        let class = class.trim();
        let local = local_name(class);
        let namespaces = ["ceterms", "schema", "foaf"];
        let is_known = namespaces.iter().any(|name| is_withheld_class(&format!("{name}:{local}")));
        is_known || self.terms.contains(class)
    }
}

/// What a byte belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Brackets, keys, what stands between values.
    Structure,
    /// The first byte of a string, a number or a word.
    First,
    /// A further byte of it.
    Rest,
}

/// An object or an array that is open.
#[derive(Debug, Clone)]
pub(super) struct Level {
    start: u64,
    shape: Shape,
    /// The key of the value that comes next; in an array that of the array.
    key: String,
    region: Region,
    /// Whether the value that comes next is withheld by its key.
    is_next_withheld: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Array,
    /// An object in which a key comes next.
    AtKey,
    /// An object in which a value comes next.
    AtValue,
}

/// What a level is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Region {
    /// Nothing in particular.
    Open,
    /// A context, which is about words and not about people.
    Context,
    /// What is withheld.
    Withheld,
}

impl Level {
    /// Where it begins.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// Whether it is an object.
    pub(super) fn is_object(&self) -> bool {
        self.shape != Shape::Array
    }

    /// The key of the value that stands there.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Whether it is a part of a context.
    pub(super) fn is_context(&self) -> bool {
        self.region == Region::Context
    }

    /// What a level inside of it is a part of.
    fn inside(&self) -> Region {
        match self.region {
            _ if self.key == "@context" => Region::Context,
            Region::Open if self.is_next_withheld => Region::Withheld,
            region => region,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    Text {
        is_key: bool,
        is_escaped: bool,
    },
    Word,
}

/// The walk.
#[derive(Debug, Default)]
pub(super) struct Walk {
    known: Known,
    levels: Vec<Level>,
    at: u64,
    inside: Inside,
    /// The key that is being read, with its quotation marks.
    key: Vec<u8>,
}

impl Walk {
    /// A walk that knows a document already.
    pub(super) fn knowing(known: Known) -> Self {
        Self { known, ..Self::default() }
    }

    /// What is open, the innermost last.
    pub(super) fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The key of the value that stands here; empty at the top.
    pub(super) fn key(&self) -> &str {
        self.levels.last().map_or("", Level::key)
    }

    /// Whether the value that stands here is a contact value.
    pub(super) fn is_withheld(&self) -> bool {
        let here = self.levels.last();
        here.is_some_and(|level| level.inside() == Region::Withheld && level.key != "@type")
    }

    /// Goes one byte further.
    pub(super) fn step(&mut self, byte: u8) -> Part {
        let part = match self.inside {
            Inside::Text { is_key, is_escaped } => self.text(byte, is_key, is_escaped),
            Inside::Word if !is_boundary(byte) => Part::Rest,
            Inside::Word | Inside::Nothing => self.structure(byte),
        };
        self.at += 1;
        part
    }

    fn text(&mut self, byte: u8, is_key: bool, is_escaped: bool) -> Part {
        if is_key && self.key.len() < MAX_KEY {
            self.key.push(byte);
        }
        self.inside = match byte {
            b'"' if !is_escaped => Inside::Nothing,
            _ => Inside::Text { is_key, is_escaped: byte == b'\\' && !is_escaped },
        };
        if is_key { Part::Structure } else { Part::Rest }
    }

    fn structure(&mut self, byte: u8) -> Part {
        self.inside = Inside::Nothing;
        match byte {
            b'{' | b'[' => self.open(byte == b'{'),
            b'}' | b']' => drop(self.levels.pop()),
            b':' => self.end_key(),
            b',' => self.next(),
            b'"' if self.levels.last().is_some_and(|level| level.shape == Shape::AtKey) => {
                self.key.clear();
                self.key.push(byte);
                self.inside = Inside::Text { is_key: true, is_escaped: false };
            }
            b'"' => {
                self.inside = Inside::Text { is_key: false, is_escaped: false };
                return Part::First;
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => {
                self.inside = Inside::Word;
                return Part::First;
            }
        }
        Part::Structure
    }

    fn open(&mut self, is_object: bool) {
        let outer = self.levels.last();
        let mut region = outer.map_or(Region::Open, Level::inside);
        if is_object && region == Region::Open && self.known.nodes.contains(&self.at) {
            region = Region::Withheld;
        }
        let of_array = || outer.map(|level| level.key.clone()).unwrap_or_default();
        self.levels.push(Level {
            start: self.at,
            shape: if is_object { Shape::AtKey } else { Shape::Array },
            key: if is_object { String::new() } else { of_array() },
            region,
            is_next_withheld: false,
        });
    }

    fn end_key(&mut self) {
        let Some(level) = self.levels.last_mut() else { return };
        if level.shape == Shape::AtKey {
            level.shape = Shape::AtValue;
            level.key = serde_json::from_slice(&self.key).unwrap_or_default();
            level.is_next_withheld = self.known.is_withheld_key(&level.key);
        }
    }

    fn next(&mut self) {
        let Some(level) = self.levels.last_mut() else { return };
        if level.is_object() {
            level.shape = Shape::AtKey;
            level.is_next_withheld = false;
            level.key.clear();
        }
    }
}

/// Whether a byte ends a number or a word.
fn is_boundary(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b':' | b',' | b'"') || byte.is_ascii_whitespace()
}
