//! A resource with what stands around it, as a drawing: the resource in the middle, the others in a column on either side of it.
//!
//! Every place is worked out here, so that the page needs neither a script nor a style of its own for it.

/// The box of a resource.
pub(crate) const BOX_WIDTH: u32 = 200;
pub(crate) const BOX_HEIGHT: u32 = 70;

/// What is free between two boxes of a column.
const FREE: u32 = 16;

/// What is free between two columns: room for a line with its words.
const GAP: u32 = 190;

/// How far from the box in the middle a line turns to lie flat.
const TURN: u32 = 34;

/// How much of a text fits, in widths of a small letter.
const FITS_BOX: usize = 25;
const FITS_SMALL: usize = 27;
const FITS_LINE: usize = 22;

/// What is drawn as a box.
pub(crate) struct Labelled {
    /// Where the box leads.
    pub href: Option<String>,
    pub is_foreign: bool,
    /// The code and the name.
    pub name: String,
    /// The title of the framework.
    pub framework: String,
}

/// What is drawn as a line.
pub(crate) struct Reason {
    /// How the resource stands to the one in the middle.
    pub how: String,
    /// Who says so.
    pub says: String,
    /// The class of the line.
    pub class: &'static str,
}

/// A box in its place.
pub(crate) struct Shape {
    pub x: u32,
    pub y: u32,
    pub href: Option<String>,
    pub is_foreign: bool,
    /// Everything that the box stands for, in full.
    pub title: String,
    /// The lines of the name, as far as they fit.
    pub lines: Vec<String>,
    /// The framework, as far as it fits.
    pub framework: String,
}

/// A line in its place, with its words above and below.
pub(crate) struct Stroke {
    /// The way of the line, as SVG writes it.
    pub way: String,
    pub class: &'static str,
    /// The middle of its words, and the height of the line.
    pub x: u32,
    pub y: u32,
    pub how: String,
    pub says: String,
}

/// The drawing.
pub(crate) struct Diagram {
    pub width: u32,
    pub height: u32,
    pub middle: Shape,
    pub around: Vec<(Stroke, Shape)>,
}

/// Draws what stands around a resource, in order: down the right side, then down the left.
pub(crate) fn diagram(middle: Labelled, around: Vec<(Reason, Labelled)>) -> Diagram {
    let on_left = around.len() / 2;
    let on_right = around.len() - on_left;
    let x_middle = if on_left > 0 { BOX_WIDTH + GAP } else { 0 };
    let height = column(on_right.max(1));
    let y_middle = (height - BOX_HEIGHT) / 2;
    let mut placed = Vec::with_capacity(around.len());
    for (at, (reason, labelled)) in around.into_iter().enumerate() {
        let is_right = at < on_right;
        let (row, n_rows) = if is_right { (at, on_right) } else { (at - on_right, on_left) };
        let x = if is_right { x_middle + BOX_WIDTH + GAP } else { 0 };
        let y = (height - column(n_rows)) / 2 + offset(row);
        let shape = shape(x, y, labelled, &reason);
        placed.push((stroke((x_middle, y_middle), (x, y), &reason), shape));
    }
    let unsaid = Reason { how: String::new(), says: String::new(), class: "" };
    Diagram {
        width: x_middle + BOX_WIDTH + if on_right > 0 { GAP + BOX_WIDTH } else { 0 },
        height,
        middle: shape(x_middle, y_middle, middle, &unsaid),
        around: placed,
    }
}

/// How far down a box of a column stands.
fn offset(row: usize) -> u32 {
    u32::try_from(row).unwrap_or_default().saturating_mul(BOX_HEIGHT + FREE)
}

/// How high a column of so many boxes is.
fn column(n_rows: usize) -> u32 {
    offset(n_rows).saturating_sub(FREE)
}

fn shape(x: u32, y: u32, labelled: Labelled, reason: &Reason) -> Shape {
    let Labelled { href, is_foreign, name, framework } = labelled;
    let parts = [&*name, &*framework, &*reason.how, &*reason.says];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Shape {
        x,
        y,
        href,
        is_foreign,
        title: parts.join(". "),
        lines: lines(&name, FITS_BOX),
        framework: cut(&framework, FITS_SMALL),
    }
}

/// The line from the box in the middle to one beside it: aslant, then flat under its words.
fn stroke((x_from, y_from): (u32, u32), (x, y): (u32, u32), reason: &Reason) -> Stroke {
    let (from, to) = (y_from + BOX_HEIGHT / 2, y + BOX_HEIGHT / 2);
    let (start, turn, end) = if x > x_from {
        (x_from + BOX_WIDTH, x_from + BOX_WIDTH + TURN, x)
    } else {
        (x_from, x_from - TURN, x + BOX_WIDTH)
    };
    Stroke {
        way: format!("M{start} {from}L{turn} {to}H{end}"),
        class: reason.class,
        x: u32::midpoint(turn, end),
        y: to,
        how: cut(&reason.how, FITS_LINE),
        says: cut(&reason.says, FITS_LINE),
    }
}

/// How wide a character is, in widths of a small letter.
fn width(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0,
        // Scripts of full squares begin here.
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'.. => 2,
        _ => 1,
    }
}

/// The beginning of a text that fits, with a mark where that is not all.
fn cut(text: &str, fits: usize) -> String {
    if text.chars().map(width).sum::<usize>() <= fits {
        return text.to_owned();
    }
    let mut taken = 0;
    let head: String = text
        .chars()
        .take_while(|c| {
            taken += width(*c);
            taken < fits
        })
        .collect();
    format!("{}…", head.trim_end())
}

/// A text in two lines at most, broken between words where there are any.
fn lines(text: &str, fits: usize) -> Vec<String> {
    let (mut first, mut taken) = (String::new(), 0);
    let mut words = text.split_inclusive(' ').peekable();
    while let Some(word) = words.peek() {
        taken += word.trim_end().chars().map(width).sum::<usize>();
        if taken > fits {
            break;
        }
        taken += word.len() - word.trim_end().len();
        first.push_str(word);
        words.next();
    }
    let rest: String = words.collect();
    if first.is_empty() {
        return vec![cut(&rest, fits)];
    }
    let both = [first.trim_end().to_owned(), cut(&rest, fits)];
    both.into_iter().filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{BOX_HEIGHT, BOX_WIDTH, Diagram, Labelled, Reason, diagram, lines};

    fn labelled(n: usize) -> Labelled {
        Labelled {
            href: Some(format!("/r/{n}")),
            is_foreign: false,
            name: format!("K.{n} Ties a bowline around a post behind the back in the dark"),
            framework: "A framework with a title that is much too long for its box".to_owned(),
        }
    }

    fn drawn(n: usize) -> Diagram {
        let reason = |n| Reason {
            how: format!("Exact match number {n} of all there are"),
            says: "somebody-with-a-long-name.json".to_owned(),
            class: "same",
        };
        diagram(labelled(0), (1..=n).map(|n| (reason(n), labelled(n))).collect())
    }

    #[test]
    fn nothing_overlaps_and_nothing_leaves_the_box() {
        for n in 0..=13 {
            let drawn = drawn(n);
            let mut shapes = vec![&drawn.middle];
            shapes.extend(drawn.around.iter().map(|(_, shape)| shape));
            assert_eq!(shapes.len(), n + 1);
            for (at, shape) in shapes.iter().enumerate() {
                assert!(shape.x + BOX_WIDTH <= drawn.width, "{n}");
                assert!(shape.y + BOX_HEIGHT <= drawn.height, "{n}");
                for other in shapes.iter().skip(at + 1) {
                    let is_beside = shape.x.abs_diff(other.x) >= BOX_WIDTH;
                    assert!(is_beside || shape.y.abs_diff(other.y) >= BOX_HEIGHT, "{n}");
                }
            }
            for (at, (stroke, _)) in drawn.around.iter().enumerate() {
                // Half of the words, at six and a half units a letter, and the two lines of them.
                let half = 78;
                assert!(stroke.x >= half && stroke.x + half <= drawn.width, "{n}");
                for shape in &shapes {
                    let is_clear =
                        stroke.x + half <= shape.x || stroke.x >= shape.x + BOX_WIDTH + half;
                    assert!(is_clear || n == 0, "{n}: {} and {}", stroke.x, shape.x);
                }
                for (other, _) in drawn.around.iter().skip(at + 1) {
                    assert!(stroke.x != other.x || stroke.y.abs_diff(other.y) >= 40, "{n}");
                }
            }
        }
    }

    #[test]
    fn the_order_is_the_one_given_down_the_right_and_then_the_left() {
        let drawn = drawn(5);
        let places: Vec<(u32, Option<&str>)> =
            drawn.around.iter().map(|(_, shape)| (shape.x, shape.href.as_deref())).collect();
        let (right, left) = (780, 0);
        let expected = [
            (right, Some("/r/1")),
            (right, Some("/r/2")),
            (right, Some("/r/3")),
            (left, Some("/r/4")),
            (left, Some("/r/5")),
        ];
        assert_eq!(places, expected);
        assert!(drawn.around.iter().all(|(stroke, _)| stroke.way.starts_with('M')));
    }

    #[test]
    fn names_are_broken_between_words_and_said_in_full_beside() {
        for (text, expected) in [
            ("Ties knots", vec!["Ties knots"]),
            ("Ties a bowline around a post behind", vec!["Ties a bowline around a", "post behind"]),
            ("Ä".repeat(40).as_str(), vec!["ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ…"]),
            ("结".repeat(40).as_str(), vec!["结结结结结结结结结结结结结…"]),
            ("", vec![""]),
        ] {
            assert_eq!(lines(text, 27), expected);
        }
        let drawn = drawn(1);
        let (stroke, shape) = drawn.around.first().unwrap();
        assert!(shape.title.contains("behind the back in the dark"), "{}", shape.title);
        assert!(shape.title.contains("Exact match number 1 of all there are"), "{}", shape.title);
        assert!(stroke.how.ends_with('…'), "{}", stroke.how);
    }
}
