//! Tables of text: fields in quotation marks may hold commas, line ends and doubled quotation marks.

/// Reads every row of a table whose fields are parted by commas.
pub(crate) fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' if is_quoted => is_quoted = false,
            '"' if field.is_empty() => is_quoted = true,
            ',' if !is_quoted => row.push(std::mem::take(&mut field)),
            '\r' if !is_quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows
}

/// Reads every row of a table whose fields are parted by tabs.
pub(crate) fn tabbed(text: &str) -> Vec<Vec<&str>> {
    text.lines().filter(|line| !line.is_empty()).map(|line| line.split('\t').collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::{rows, tabbed};

    #[test]
    fn quoted_fields_hold_commas_line_ends_and_quotation_marks() {
        let read = rows("a,b\r\n\"x, y\",\"say \"\"so\"\"\nthen\"\n,\n5\" pipe,z");
        let expected: [&[&str]; 4] =
            [&["a", "b"], &["x, y", "say \"so\"\nthen"], &["", ""], &["5\" pipe", "z"]];
        assert_eq!(read, expected);
        assert_eq!(tabbed("Q1\tone two\n\nQ2\t\n"), [vec!["Q1", "one two"], vec!["Q2", ""]]);
    }
}
