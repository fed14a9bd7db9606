//! The server that is asked in private, out of the table `[resolve]`.

use crawler::access::Network;
use crawler::range::Server;

use crate::config::key::Key;
use crate::config::network::{is_loopback, is_private, network};
use crate::config::sheet::Sheet;

/// Reads which server is asked; `None` where none is named.
pub(super) fn server(sheet: &mut Sheet) -> Option<Server> {
    let table = Key::of(&["resolve"]);
    let key = table.child("server");
    let url = sheet.url(&key);
    let shown = |network: &Network| format!("{}/{}", network.address, network.prefix);
    let private_networks = sheet.list(&table.child("private_networks"), network, shown);
    let url = url?;
    let is_near = is_loopback(&url) || is_private(&url) || !private_networks.is_empty();
    if url.scheme() != "https" && !is_near {
        sheet.fault(
            &key,
            "over plain `http://` everybody on the way sees what is asked; write `https://`",
        );
    }
    Some(Server { url, private_networks })
}
