//! Whether a text is what the name of its file says: one JSON text, or a JSON value in each line.
//!
//! What is neither was put together by hand, with remarks and fragments between its values. Single values could be cut out of it, and
//! nobody could say what they were meant for; so it is refused whole, before anything of it is handed over.

use std::io::{self, Read};

use crate::source::files::format::Naming;
use crate::source::files::place::Position;
use crate::source::files::scan::{Event, Scanner};
use crate::syntax::Syntax;

/// What makes a text neither the one nor the other.
pub(super) type Broken = (Position, Syntax);

/// Looks through a text without taking anything out of it; `offset` bytes of it, a byte order mark, are no part of it.
pub(super) fn look_through(
    text: &mut dyn Read,
    depth: usize,
    offset: u64,
) -> io::Result<Option<Broken>> {
    let mut scanner = Scanner::new(Naming::Whole, depth, offset);
    let mut survey = Survey::default();
    let mut buffer = vec![0; 64 << 10];
    let mut left_out = usize::try_from(offset).unwrap_or_default();
    loop {
        let n = match text.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let chunk = buffer.get(left_out.min(n)..n).unwrap_or_default();
        left_out = left_out.saturating_sub(n);
        let met = if n == 0 {
            scanner.finish(&mut |event| survey.meet(event))
        } else {
            scanner.feed(chunk, &mut |event| survey.meet(event))
        };
        match met {
            Err(broken) => return Ok(Some(broken)),
            Ok(()) if n == 0 || scanner.is_dead() => return Ok(None),
            Ok(()) => {}
        }
    }
}

/// What was met so far.
#[derive(Debug, Default)]
struct Survey {
    /// The line in which the value began that was met last.
    line: Option<u64>,
    /// Whether a value goes over several lines.
    is_long: bool,
}

impl Survey {
    fn meet(&mut self, event: Event<'_>) -> Result<(), Broken> {
        match event {
            Event::Open(opening) => {
                if self.line.is_some_and(|line| line != opening.line) && self.is_long {
                    return Err((opening.start, Syntax::SeveralValues));
                }
                self.line = Some(opening.line);
                self.is_long |= opening.start.line != opening.line;
            }
            Event::Text(text) => self.is_long |= text.contains(&b'\n'),
            Event::Close | Event::EmptyArray(_) => {}
            Event::Fault(syntax, at) => {
                // A line that is wrong alone is told where it stands, and the others may be good.
                if self.is_long {
                    return Err((at, syntax));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::look_through;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let found = look_through(&mut text.as_bytes(), 64, 0).unwrap();
        let found = found.map(|(at, syntax)| format!("{syntax} at {}:{}", at.line, at.column));
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn one_text_and_lines_of_values_are_fine() {
        check("{\n\"a\": 1\n}\n", None);
        check("[\n{},\n{\n}]", None);
        check("{}\n{}\n[{}]", None);
        check("", None);
        check("{}\nx\n{}", None);
        check("{} x", None);
    }

    #[test]
    fn values_of_several_lines_never_follow_one_another() {
        check("{\n}\n{}", Some("another value follows one of several lines at 3:1"));
        check("{}\n{\n}\n{}", Some("another value follows one of several lines at 4:1"));
        check("{\n}\nx", Some("`x` stands where a JSON value should at 3:1"));
        check("[{},\n{}\n{}]", Some("`{` stands where `,` or `]` should at 3:1"));
        check("{\n\"a\": [}", Some("`}` stands where `]` should at 2:7"));
    }
}
