//! A framework as a server holds it.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// A package, and how it stands on the server.
#[derive(Debug, Clone)]
pub(crate) struct Framework {
    pub package: Value,
    pub standing: Standing,
    /// Kept as v1.0: asked for under v1p1 it is a conflict.
    pub is_v1p0: bool,
    /// What comes instead of the package.
    pub stead: Option<Stead>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Public,
    /// Shown to whoever shows a token.
    Private,
    /// Out of the list, and still there by its identifier.
    Archived,
}

/// What comes instead of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stead {
    /// A status, and a body in words of the server's own.
    Refusal(u16, &'static str),
    /// An `imsx_StatusInfo` that says failure, with 200.
    Stub,
    /// An HTML page, with 200.
    Page,
    /// Another document: the one that this package holds.
    Other(Box<Value>),
}

impl Framework {
    /// A framework that everybody may see.
    pub(crate) fn of(package: Value) -> Self {
        Self { package, standing: Standing::Public, is_v1p0: false, stead: None }
    }

    pub(crate) fn read(path: &Path) -> Self {
        Self::of(serde_json::from_slice(&fs::read(path).unwrap()).unwrap())
    }

    pub(crate) fn document(&self) -> &Value {
        &self.package["CFDocument"]
    }

    pub(crate) fn identifier(&self) -> &str {
        self.document()["identifier"].as_str().unwrap()
    }

    /// The identifier of the package where it is not that of the document.
    pub(crate) fn own_identifier(&self) -> String {
        let (first, rest) = (self.identifier().get(..8), self.identifier().get(13..));
        format!("{}-ca5e{}", first.unwrap_or_default(), rest.unwrap_or_default())
    }
}
