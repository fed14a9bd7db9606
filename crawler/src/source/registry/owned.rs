//! Which records an organization was seen to own, when all of them were shown last.

use std::collections::BTreeSet;

use ontology::Ctid;

use crate::client::FetchError;
use crate::session::Session;

/// How many records are remembered under one name; values have to stay below 64 KiB.
const TOGETHER: usize = 400;

/// What it owned; nothing where that is not remembered.
pub(super) fn owned_by(
    session: &Session,
    organization: &Ctid,
) -> Result<Option<BTreeSet<String>>, FetchError> {
    let parts = session.list::<Vec<String>>(&prefix(organization))?;
    let is_known = !parts.is_empty();
    Ok(is_known.then(|| parts.into_values().flatten().collect()))
}

/// Remembers what it owns.
pub(super) fn remember(
    session: &Session,
    organization: &Ctid,
    owned: &BTreeSet<String>,
) -> Result<(), FetchError> {
    let prefix = prefix(organization);
    for name in session.list::<Vec<String>>(&prefix)?.into_keys() {
        session.forget(&name);
    }
    // Nothing is remembered of one that owns nothing, unless that is.
    session.put(&format!("{prefix}none"), &Vec::<String>::new())?;
    let owned: Vec<&String> = owned.iter().collect();
    for (n, part) in owned.chunks(TOGETHER).enumerate() {
        session.put(&format!("{prefix}{n:08}"), &part)?;
    }
    Ok(())
}

fn prefix(organization: &Ctid) -> String {
    format!("owned/{organization}/")
}
