//! What is taken from a registry.

use std::collections::BTreeSet;
use std::time::Duration;

use ontology::lineage;

/// What is taken from a registry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegistryScope {
    /// The community, such as `ce-registry`.
    pub community: String,
    /// Only these records, by CTID.
    pub ctids: Vec<String>,
    /// Only what these organizations own, by CTID.
    pub organizations: Vec<String>,
    /// Only records of these classes, such as `ceterms:Certification`, or ones below them; all where there are none.
    pub types: Vec<String>,
    /// Whether the registry's own dump is taken first, which needs a token.
    pub dump: bool,
    /// How long a complete walk is good for; until then only what has changed is asked for.
    pub walk_every: Duration,
}

impl RegistryScope {
    /// Whether only some records are asked for, by name or by owner.
    pub(super) fn has_seeds(&self) -> bool {
        !self.ctids.is_empty() || !self.organizations.is_empty()
    }

    /// Whether a record of these classes is taken.
    pub(super) fn wants(&self, classes: &[String]) -> bool {
        let above: BTreeSet<String> = classes.iter().flat_map(|class| lineage(class)).collect();
        self.types.is_empty() || self.types.iter().any(|wanted| above.contains(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_of_a_class_below_a_wanted_one_is_taken() {
        let scope = RegistryScope {
            types: vec!["ceterms:Degree".into(), "ceasn:CompetencyFramework".into()],
            ..RegistryScope::default()
        };
        let check = |class: &str, expected: bool| {
            assert_eq!(scope.wants(&["urn:x".to_owned(), class.to_owned()]), expected, "{class}");
        };
        check("ceterms:Degree", true);
        check("ceterms:BachelorOfScienceDegree", true);
        check("ceasn:CompetencyFramework", true);
        check("ceterms:Certification", false);
        check("ceterms:Credential", false);
        assert!(!scope.wants(&[]));
        assert!(RegistryScope::default().wants(&[]));
    }
}
