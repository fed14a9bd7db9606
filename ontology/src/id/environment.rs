//! Which registry a CTID belongs to.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The instance of the Credential Registry that an identifier belongs to.
///
/// The same CTID in two environments names two records that must never be merged: a sandbox holds trials.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(from = "String", into = "String")]
pub enum Environment {
    /// `credentialengineregistry.org`, and every publisher who mints CTIDs for it.
    #[default]
    Production,
    /// `sandbox.credentialengineregistry.org` and the Finder over it.
    Sandbox,
    /// `staging.credentialengineregistry.org` and the Finder over it.
    Staging,
    /// A registry run by somebody else, by its host.
    Other(String),
}

impl Environment {
    /// The name of the environment: `production`, `sandbox`, `staging`, or the host of another registry.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
            Self::Staging => "staging",
            Self::Other(host) => host,
        }
    }

    /// Reads the environment off a host that carries a CTID: production, unless the host says otherwise.
    pub fn of_host(host: &str) -> Self {
        if let Some(registry) = other_registry(host) {
            return Self::Other(registry.to_owned());
        }
        let labels: Vec<&str> = host.split('.').collect();
        // The last two labels are the owner's name: `sandbox.example` is a company, `sandbox.company.example` is a sandbox.
        let instance = labels.len().saturating_sub(2);
        let mut words = labels.iter().take(instance).flat_map(|label| label.split('-'));
        words
            .find_map(|word| match word {
                "sandbox" => Some(Self::Sandbox),
                "staging" => Some(Self::Staging),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The host under which the environment names its own resources.
    pub(crate) fn registry_host(&self) -> String {
        match self {
            Self::Production => "credentialengineregistry.org".to_owned(),
            Self::Sandbox | Self::Staging => {
                format!("{}.credentialengineregistry.org", self.as_str())
            }
            Self::Other(host) => host.clone(),
        }
    }
}

/// The host of a registry that stands outside Credential Engine's own environments.
fn other_registry(host: &str) -> Option<&str> {
    let bare = host.strip_prefix("www.").unwrap_or(host);
    let bare = bare.strip_prefix("registry.").unwrap_or(bare);
    let is_defence =
        bare == "credentialengineregistry.mil" || bare.ends_with(".credentialengineregistry.mil");
    is_defence.then_some(bare)
}

/// Keeps what a key can hold: lower-case letters, digits, dots and hyphens.
fn plain(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    name.trim()
        .to_ascii_lowercase()
        .chars()
        .map(|letter| if is_plain(letter) { letter } else { '-' })
        .collect()
}

impl From<&str> for Environment {
    /// Reads the name of an environment; the empty name is production.
    fn from(name: &str) -> Self {
        match plain(name).as_str() {
            "" | "production" => Self::Production,
            "sandbox" => Self::Sandbox,
            "staging" => Self::Staging,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl From<String> for Environment {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

impl From<Environment> for String {
    fn from(environment: Environment) -> Self {
        environment.as_str().to_owned()
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_tells_the_environment() {
        for (host, expected) in [
            ("credentialengineregistry.org", "production"),
            ("registry.credentialengineregistry.org", "production"),
            ("sandbox.credentialengineregistry.org", "sandbox"),
            ("www.sandbox.credentialengine.org", "sandbox"),
            ("staging.credentialengine.org", "staging"),
            ("lr-staging.learningtapestry.com", "staging"),
            ("credentialengineregistry.mil", "credentialengineregistry.mil"),
            ("www.credentialengineregistry.mil", "credentialengineregistry.mil"),
            ("sandbox.credentialengineregistry.mil", "sandbox.credentialengineregistry.mil"),
            ("publisher.example", "production"),
            ("sandbox.example", "production"),
            ("sandboxing.publisher.example", "production"),
        ] {
            assert_eq!(Environment::of_host(host).as_str(), expected, "{host}");
        }
    }

    #[test]
    fn a_name_has_one_spelling() {
        for (name, expected) in [
            ("Sandbox", Environment::Sandbox),
            ("production", Environment::Production),
            ("", Environment::Production),
            ("Registry.Example", Environment::Other("registry.example".to_owned())),
            ("a:b|c", Environment::Other("a-b-c".to_owned())),
        ] {
            assert_eq!(Environment::from(name), expected);
        }
    }
}
