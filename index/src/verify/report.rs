//! What a verification found.

use std::error::Error;

use serde::Serialize;

use crate::error::IndexError;
use crate::verify::content::ContentDigest;

/// The most faults of one check that are named; the rest are counted.
const MAX_NAMED: usize = 100;

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The checks, always the same ones in the same order.
    pub checks: Vec<Check>,
    /// How many bodies no version of a record needs. A crash leaves them, and they do no harm.
    pub orphans: u64,
    /// What the current generation holds; `None` where nothing was published, or where it cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<ContentDigest>,
}

impl Report {
    /// Whether no check found a fault.
    pub fn is_sound(&self) -> bool {
        self.checks.iter().all(|check| check.faults.is_empty())
    }
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// What was checked.
    pub name: &'static str,
    /// What is wrong, a clause each. Beyond a hundred the last one says how many more there are.
    pub faults: Vec<String>,
    /// How many things were looked at.
    pub n_checked: u64,
}

/// A check while it is made.
#[derive(Debug)]
pub(super) struct Checking {
    name: &'static str,
    faults: Vec<String>,
    n_faults: usize,
    n_checked: u64,
}

impl Checking {
    pub(super) fn begin(name: &'static str) -> Self {
        Self { name, faults: Vec::new(), n_faults: 0, n_checked: 0 }
    }

    /// A check that cannot be made because of what an earlier one found.
    pub(super) fn skipped(name: &'static str, why: &str) -> Check {
        let mut checking = Self::begin(name);
        checking.fault(format!("not checked: {why}"));
        checking.end()
    }

    /// Counts one thing that was looked at.
    pub(super) fn count(&mut self) {
        self.n_checked += 1;
    }

    pub(super) fn fault(&mut self, fault: String) {
        self.n_faults += 1;
        if self.faults.len() < MAX_NAMED {
            self.faults.push(fault);
        }
    }

    /// Takes an error for a fault: whatever cannot be read is not known to be whole.
    pub(super) fn absorb<T>(&mut self, result: Result<T, IndexError>) -> Option<T> {
        result.map_err(|error| self.fault(in_words(&error))).ok()
    }

    /// Compares two things that should be the same.
    pub(super) fn compare<T: PartialEq + std::fmt::Display>(
        &mut self,
        what: &str,
        said: &T,
        found: &T,
    ) {
        self.count();
        if said != found {
            self.fault(format!("{what}: the manifest says {said}, there are {found}"));
        }
    }

    pub(super) fn end(self) -> Check {
        let mut faults = self.faults;
        let n_more = self.n_faults - faults.len();
        if n_more > 0 {
            faults.push(format!("and {n_more} more"));
        }
        Check { name: self.name, faults, n_checked: self.n_checked }
    }
}

/// An error with its causes, on one line.
pub(super) fn in_words(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::Checking;

    #[test]
    fn the_first_hundred_faults_are_named_and_the_rest_counted() {
        for (n_faults, n_lines, last) in
            [(1, 1, "fault 0"), (100, 100, "fault 99"), (130, 101, "and 30 more")]
        {
            let mut checking = Checking::begin("x");
            (0..n_faults).for_each(|n| checking.fault(format!("fault {n}")));
            let faults = checking.end().faults;
            assert_eq!((faults.len(), faults.last().map(String::as_str)), (n_lines, Some(last)));
        }
    }
}
