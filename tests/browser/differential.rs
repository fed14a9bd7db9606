//! The module and the library read every document alike, however it is damaged.

use crate::browser::chromium::Browser;
use crate::browser::documents::{Dice, badges, dirt, mutated};
use crate::browser::module::check;
use crate::support::DataDir;
use crate::support::http::Server;

/// How many damaged documents are read.
const N_DAMAGED: usize = 400;
/// A longer document is not damaged: it would cost more than it tells.
const LONGEST_DAMAGED: usize = 30_000;

#[test]
fn the_browser_reads_what_the_library_reads() {
    let data = DataDir::new();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/badge", server.address()));
    let whole = badges();
    check(&browser, &whole);
    check(&browser, &dirt());
    let short: Vec<Vec<u8>> =
        whole.into_iter().filter(|document| document.len() < LONGEST_DAMAGED).collect();
    let mut dice = Dice::new(4711);
    let damaged: Vec<Vec<u8>> = (0..N_DAMAGED)
        .map(|_| {
            let document = dice.pick(&short);
            mutated(&document, &mut dice)
        })
        .collect();
    check(&browser, &damaged);
}
