//! The few colours, each with a meaning.

use anstyle::{AnsiColor, Style};

use crate::harmless::line_by_line;

/// A heading.
pub(crate) const HEADING: Style = Style::new().bold();
/// Something good.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Something to look at.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// Something bad.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// Something beside the point.
pub(crate) const DIM: Style = Style::new().dimmed();

/// Wraps a text in a style, and lets no control sequence of its own through.
pub(crate) fn painted(style: Style, text: &str) -> String {
    let text = line_by_line(text);
    format!("{style}{text}{style:#}")
}
