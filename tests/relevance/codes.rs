//! Every code of every package: first in its framework, or behind nothing but items of the same code.

use std::collections::BTreeMap;

use ontology::fold_code;

use crate::relevance::door::{Doors, Found};
use crate::relevance::measure::{DEPTH, share};
use crate::relevance::parallel::each;
use crate::relevance::report::{Gate, Miss, Row, Section};
use crate::relevance::samples::Sample;

/// Types every code as it is written, in its framework.
pub(crate) fn codes(doors: Doors, samples: &[Sample]) -> Section {
    let mut coded: BTreeMap<(&str, &str), Vec<&Sample>> = BTreeMap::new();
    for sample in samples {
        if let Some(code) = sample.code.as_deref().filter(|code| !fold_code(code).is_empty()) {
            coded.entry((&sample.framework, code)).or_default().push(sample);
        }
    }
    let coded: Vec<_> = coded.into_iter().collect();
    let misses = each("codes", &coded, |((framework, code), samples)| {
        let came = doors.search(code, DEPTH, &[("framework", framework)]);
        let found = came.map(|came| came.found);
        let missed = |sample: &&&Sample| match &found {
            Ok(found) => !is_first(found, sample, &fold_code(code)),
            Err(_) => true,
        };
        let got = match &found {
            Ok(found) => found.iter().take(3).map(shown).collect(),
            Err(fault) => vec![fault.clone()],
        };
        let missed = samples.iter().filter(missed);
        missed.map(|sample| miss(code, sample, &got)).collect::<Vec<_>>()
    });
    let misses: Vec<Miss> = misses.into_iter().flatten().collect();
    let n = coded.iter().map(|(_, samples)| samples.len()).sum::<usize>();
    let reached = share(n - misses.len(), n);
    Section {
        name: "codes".to_owned(),
        about: format!("{n} codes of packages, each in its framework"),
        rows: vec![Row {
            system: "alidade search".to_owned(),
            values: vec![("first", reached)],
            ..Row::default()
        }],
        gates: vec![Gate { measure: "first".to_owned(), wanted: 1.0, reached }],
        misses,
    }
}

/// Whether nothing but items of the same code comes before it.
fn is_first(found: &[Found], sample: &Sample, code: &str) -> bool {
    let same = found.iter().take_while(|one| one.code.as_deref() == Some(code));
    let n_same = same.count();
    found.iter().take(n_same + 1).any(|one| one.is(&sample.id)) || n_same == DEPTH
}

fn shown(found: &Found) -> String {
    format!("{} {}", found.code.as_deref().unwrap_or("-"), found.label)
}

fn miss(code: &str, sample: &Sample, got: &[String]) -> Miss {
    let text = sample.statement.as_deref().unwrap_or_default();
    let wanted = format!("{} {text}", sample.id);
    Miss { asked: code.to_owned(), wanted, got: got.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::is_first;
    use crate::relevance::door::Found;
    use crate::relevance::samples::Sample;

    #[test]
    fn only_items_of_the_same_code_may_come_before() {
        let found = |id: &str, code: &str| Found {
            id: id.to_owned(),
            twins: Vec::new(),
            code: Some(code.to_owned()),
            texts: Vec::new(),
            says: String::new(),
            label: String::new(),
        };
        let sample = Sample { id: "c".to_owned(), ..Sample::default() };
        assert!(is_first(&[found("a", "1"), found("c", "1")], &sample, "1"));
        // A copy of it that has another code is shown in its place.
        assert!(is_first(&[found("c", "2")], &sample, "1"));
        assert!(!is_first(&[found("a", "1.a"), found("c", "1")], &sample, "1"));
        assert!(!is_first(&[found("a", "1")], &sample, "1"));
        assert!(!is_first(&[], &sample, "1"));
    }
}
