//! What was learned in private, as a person reads it.

use std::io::{self, Write};

use index::resolve::Verdict;

use crate::present::block::{cut, line, optional_line, paragraph, styled_line, width};
use crate::present::style::{BAD, DIM, GOOD, HEADING, WARNING, painted};
use crate::private::{FoundCard, Inquiry, Meaning, PrivateAnswer};

/// Prints an inquiry.
pub(crate) fn print_inquiry(inquiry: &Inquiry) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    for answer in &inquiry.answers {
        match answer {
            PrivateAnswer::Identifier { text, meaning } => {
                writeln!(out, "{}", painted(HEADING, text))?;
                write_meaning(&mut out, meaning)?;
            }
            PrivateAnswer::Unreadable { file, reason } => {
                writeln!(out, "{}", painted(HEADING, file))?;
                styled_line(&mut out, "refused", reason, BAD)?;
            }
            PrivateAnswer::Badge { file, format_title, mentions } => {
                writeln!(out, "{}  {format_title}", painted(HEADING, file))?;
                for mention in mentions {
                    let given = cut(&mention.text, width().saturating_sub(2));
                    writeln!(out, "\n  {}", painted(DIM, &given))?;
                    write_meaning(&mut out, &mention.meaning)?;
                }
            }
        }
        writeln!(out)?;
    }
    paragraph(&mut out, 2, &told(inquiry))?;
    paragraph(&mut out, 2, inquiry.not_checked)?;
    writeln!(out)
}

/// What the server has learned.
fn told(inquiry: &Inquiry) -> String {
    if inquiry.prefixes == 0 {
        return format!("`{}` was asked nothing.", inquiry.server);
    }
    format!(
        "`{}` was told {} of {} bits each, the address of this machine and the time. Several prefixes together can give a framework away.",
        inquiry.server,
        if inquiry.prefixes == 1 {
            "one prefix".to_owned()
        } else {
            format!("{} prefixes", inquiry.prefixes)
        },
        4 * inquiry.prefix_digits,
    )
}

fn write_meaning(out: &mut dyn Write, meaning: &Meaning) -> io::Result<()> {
    let style = match meaning.verdict {
        Verdict::Resolved => GOOD,
        Verdict::Ambiguous => WARNING,
        _ => BAD,
    };
    styled_line(out, meaning.verdict.as_str(), &meaning.reason, style)?;
    for found in &meaning.found {
        write_found(out, found)?;
    }
    for notice in &meaning.notices {
        styled_line(out, "notice", notice, WARNING)?;
    }
    Ok(())
}

fn write_found(out: &mut dyn Write, found: &FoundCard) -> io::Result<()> {
    let card = &found.card;
    optional_line(out, "name", card.label.as_deref())?;
    optional_line(out, "code", card.code.as_deref())?;
    optional_line(out, "framework", card.framework.as_deref())?;
    optional_line(out, "publisher", card.publisher.as_deref())?;
    optional_line(out, "class", card.class.as_deref())?;
    let because =
        found.because.as_deref().map(|because| format!(", {because}")).unwrap_or_default();
    let style = if found.state == "current" { GOOD } else { WARNING };
    styled_line(out, "standing", &format!("{}{because}", found.state), style)?;
    optional_line(out, "successor", card.successor.as_deref())?;
    if card.texts_withheld {
        line(out, "texts", "left out: its source may not be given away in bulk")?;
    }
    optional_line(out, "id", card.id.as_deref())
}
