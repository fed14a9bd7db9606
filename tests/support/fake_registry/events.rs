//! `/envelopes/events`: what happened, newest first.

use serde_json::json;

use crate::support::fake_registry::listing::{page, shows};
use crate::support::fake_registry::quirks::RegistryQuirks;
use crate::support::fake_registry::rows::{Event, Rows};
use crate::support::fake_server::clock::{precise_stamp, read};
use crate::support::fake_server::site::{Asked, Said};

/// A page of events; `after` is inclusive, and provisional ones are among them unless the request says otherwise.
pub(crate) fn answer(rows: &Rows, quirks: &RegistryQuirks, asked: &Asked) -> Said {
    let after = asked.parameter("after").map(read);
    if after == Some(None) {
        return Said::json(400, &json!({ "errors": ["after is invalid"] }));
    }
    let after = after.flatten();
    let is_wanted = |event: &&Event| {
        after.is_none_or(|after| event.at >= after)
            && asked.parameter("event").is_none_or(|what| event.what == what)
            && asked.parameter("ctid").is_none_or(|ctid| event.ctid == ctid)
            && shows(asked, "include", event.is_provisional)
    };
    let events: Vec<&Event> = rows.events().iter().rev().filter(is_wanted).collect();
    let show = |event: &&Event| {
        let event = json!({
            "envelope_ceterms_ctid": event.ctid,
            "event": event.what,
            "created_at": precise_stamp(event.at),
        });
        event.to_string()
    };
    page(&events, show, quirks, asked)
}
