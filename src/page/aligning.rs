//! The alignment that an issuer copies into a badge.

use askama::Template;
use serde_json::Value;

use crate::alignment::{Alignments, Standard};
use crate::lookup::Aligned;
use crate::page::sentence::sentence_of;
use crate::page::shell::Shell;

/// An alignment in the words of one standard.
pub(crate) struct Pasted {
    /// The short name of the standard.
    pub id: &'static str,
    pub title: String,
    /// The alignment, as it is pasted.
    pub json: String,
    pub is_first: bool,
}

/// The alignment that an issuer copies into a badge.
#[derive(Template)]
#[template(path = "resource/alignment.html")]
pub(crate) struct Aligning {
    shell: Shell,
    forms: Vec<Pasted>,
    /// Why somebody might rather align a badge to something else.
    notices: Vec<String>,
}

impl Aligning {
    /// The alignments, or none where there cannot be any.
    pub(crate) fn of(aligned: &Aligned, shell: &Shell) -> Self {
        let ready = match aligned {
            Aligned::Ready(ready) => Some(&**ready),
            Aligned::NoAddress | Aligned::Nothing(_) => None,
        };
        let forms =
            Standard::ALL.into_iter().filter_map(|standard| pasted(standard, ready?, shell));
        let notices = ready.into_iter().flat_map(|ready| &ready.notices);
        Self {
            forms: forms.collect(),
            notices: notices.map(|notice| sentence_of(&notice.text)).collect(),
            shell: shell.clone(),
        }
    }
}

fn pasted(standard: Standard, ready: &Alignments, shell: &Shell) -> Option<Pasted> {
    let title = match standard {
        Standard::OpenBadges3 => shell.say("alignment-ob3"),
        Standard::OpenBadges2 => shell.say("alignment-ob2"),
        Standard::Ctdl => shell.say("alignment-ctdl"),
    };
    let json = indented(ready.get(standard)?)?;
    let is_first = standard == Standard::OpenBadges3;
    Some(Pasted { id: standard.as_str(), title, json, is_first })
}

fn indented(value: &Value) -> Option<String> {
    serde_json::to_string_pretty(value).ok()
}
