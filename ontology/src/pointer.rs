//! Where a value stands in a JSON document.

use std::fmt;

/// An [RFC 6901](https://www.rfc-editor.org/rfc/rfc6901) JSON pointer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pointer(String);

impl Pointer {
    /// Points at a member of the object here.
    pub(crate) fn member(&self, name: &str) -> Self {
        if name.contains(['~', '/']) {
            return Self(format!("{}/{}", self.0, name.replace('~', "~0").replace('/', "~1")));
        }
        Self(format!("{}/{name}", self.0))
    }

    /// Points at an element of the array here.
    pub(crate) fn element(&self, at: usize) -> Self {
        Self(format!("{}/{at}", self.0))
    }

    /// The pointer as a text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn names_are_escaped_and_the_root_is_empty() {
        assert_eq!(Pointer::default().as_str(), "");
        let place = Pointer::default().member("CFItems").element(4).member("a/b~c");
        assert_eq!(place.as_str(), "/CFItems/4/a~1b~0c");
    }
}
