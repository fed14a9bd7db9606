//! The name of a value, as the file, the environment and `--set` spell it.

use std::fmt;

/// What the variables begin with.
const PREFIX: &str = "ALIDADE_";

/// What stands between the parts of a variable.
const BETWEEN: &str = "__";

/// The name of a value: the tables that it lies in, and its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(Vec<String>);

impl Key {
    /// The key of these parts.
    pub(crate) fn of(parts: &[&str]) -> Self {
        Self(parts.iter().map(|part| (*part).to_owned()).collect())
    }

    /// Reads a key as `--set` spells it: `sources.georgia.pace`.
    pub(crate) fn dotted(text: &str) -> Self {
        Self(text.split('.').map(|part| part.trim().to_owned()).collect())
    }

    /// Reads the name of a variable: `ALIDADE_SOURCES__GEORGIA__PACE`. The dashes of a source are underscores there.
    ///
    /// Variables without two underscores in a row mean something else, `ALIDADE_DATA` excepted.
    pub(crate) fn of_variable(name: &str) -> Option<Self> {
        let name = name.strip_prefix(PREFIX)?;
        if name == "DATA" {
            return Some(Self::of(&["data"]));
        }
        if !name.contains(BETWEEN) {
            return None;
        }
        let mut parts: Vec<String> = name.split(BETWEEN).map(str::to_ascii_lowercase).collect();
        if let [table, source, ..] = parts.as_mut_slice()
            && table == "sources"
        {
            *source = source.replace('_', "-");
        }
        Some(Self(parts))
    }

    /// The variable that sets this value.
    pub(crate) fn variable(&self) -> String {
        let parts = self.0.iter().map(|part| part.to_ascii_uppercase().replace('-', "_"));
        format!("{PREFIX}{}", parts.collect::<Vec<_>>().join(BETWEEN))
    }

    /// The key of what lies in the table of this name.
    pub(crate) fn child(&self, name: &str) -> Self {
        Self(self.0.iter().cloned().chain([name.to_owned()]).collect())
    }

    /// The key of the table that the value lies in.
    pub(crate) fn table(&self) -> Self {
        Self(self.0.split_last().map(|(_, tables)| tables.to_vec()).unwrap_or_default())
    }

    /// The parts, from the outside in.
    pub(crate) fn parts(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).collect()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn a_variable_names_the_same_value_as_the_flag() {
        for (variable, dotted) in [
            ("ALIDADE_HARVEST__CONTACT", "harvest.contact"),
            ("ALIDADE_SOURCES__GEORGIA__PACE", "sources.georgia.pace"),
            ("ALIDADE_SOURCES__NEW_YORK__MAX_BYTES", "sources.new-york.max_bytes"),
            (
                "ALIDADE_SOURCES__A_1__CREDENTIALS__CLIENT_SECRET",
                "sources.a-1.credentials.client_secret",
            ),
            ("ALIDADE_DATA", "data"),
        ] {
            let key = Key::dotted(dotted);
            assert_eq!(Key::of_variable(variable).unwrap(), key, "{variable}");
            assert_eq!(key.variable(), variable);
            assert_eq!(key.to_string(), dotted);
        }
    }

    #[test]
    fn other_variables_are_let_be() {
        for name in ["ALIDADE_CONFIG", "ALIDADE_CRASH_AT", "HOME", "XALIDADE_SERVE__LISTEN"] {
            assert_eq!(Key::of_variable(name), None, "{name}");
        }
    }
}
