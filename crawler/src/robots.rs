//! What a site's robots.txt wants ([RFC 9309](https://www.rfc-editor.org/rfc/rfc9309)). It is fetched elsewhere.

use std::time::Duration;

use texting_robots::Robot;
use url::Url;

/// Our name in robots.txt.
const PRODUCT: &str = "alidade";

/// How much of a robots.txt is read ([section 2.5](https://www.rfc-editor.org/rfc/rfc9309#section-2.5)).
pub(crate) const MAX_BYTES: usize = 500 << 10;

/// The longest `Crawl-delay` that is kept; no standard knows it, and a day between two requests is a no in other words.
const LONGEST_DELAY: Duration = Duration::from_mins(1);

/// How many rules may end in `$`; each is compiled, and who writes more of them wants us to run out of memory.
const MAX_COMPILED: usize = 1_000;

/// What we may fetch from a site.
#[derive(Debug)]
pub(crate) enum Rules {
    /// Everything: there is no robots.txt.
    Everything,
    /// What these rules allow.
    Some(Box<Robot>),
    /// Nothing, because robots.txt cannot be read, for this reason.
    Nothing(String),
}

impl Rules {
    /// Reads a robots.txt. A page of HTML has no rules in it, whatever its status.
    pub(crate) fn read(text: &[u8]) -> Self {
        let text = text.get(..MAX_BYTES).unwrap_or(text);
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        if text.trim_ascii_start().starts_with(b"<") {
            return Self::Everything;
        }
        let text = without_bombs(text);
        match Robot::new(PRODUCT, &text).or_else(|_| Robot::new(PRODUCT, &without_bad_lines(&text)))
        {
            Ok(robot) => Self::Some(Box::new(robot)),
            Err(error) => Self::Nothing(error.to_string()),
        }
    }

    /// Whether an address may be fetched; if not, why.
    pub(crate) fn check(&self, url: &Url) -> Result<(), String> {
        match self {
            Self::Everything => Ok(()),
            Self::Some(robot) if robot.allowed(url.as_str()) => Ok(()),
            Self::Some(_) => Err("the site's robots.txt disallows it".to_owned()),
            Self::Nothing(reason) => Err(format!("the site's robots.txt cannot be read: {reason}")),
        }
    }

    /// How long the site wants us to wait between two requests.
    pub(crate) fn delay(&self) -> Duration {
        let Self::Some(robot) = self else { return Duration::ZERO };
        let seconds = robot.delay.unwrap_or_default().clamp(0.0, LONGEST_DELAY.as_secs_f32());
        Duration::try_from_secs_f32(seconds).unwrap_or_default()
    }
}

/// Leaves out what would cost too much to compile.
fn without_bombs(text: &[u8]) -> Vec<u8> {
    let mut n_compiled = 0;
    lines_where(text, |line| {
        n_compiled += usize::from(line.contains(&b'$'));
        n_compiled <= MAX_COMPILED || !line.contains(&b'$')
    })
}

/// Leaves out lines that cannot be read even alone: one bad rule must not void the others.
fn without_bad_lines(text: &[u8]) -> Vec<u8> {
    lines_where(text, |line| Robot::new(PRODUCT, line).is_ok())
}

fn lines_where(text: &[u8], mut is_kept: impl FnMut(&[u8]) -> bool) -> Vec<u8> {
    let lines = text.split_inclusive(|byte| matches!(byte, b'\n' | b'\r'));
    lines.filter(|line| is_kept(line)).flatten().copied().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(robots: &str, path: &str, is_allowed: bool) {
        let url = Url::parse("https://case.example.org").unwrap().join(path).unwrap();
        let said = Rules::read(robots.as_bytes()).check(&url);
        assert_eq!(said.is_ok(), is_allowed, "{robots:?} {path}: {said:?}");
    }

    #[test]
    fn a_robots_txt_allows_what_it_does_not_disallow() {
        check("", "/a", true);
        check("User-agent: *\nDisallow: /\n", "/a", false);
        check("User-agent: *\nDisallow:\n", "/a", true);
        check("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/c", false);
        check("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", true);
        check("User-agent: *\nDisallow: /*.json$\n", "/a.json", false);
        check("User-agent: *\nDisallow: /*.json$\n", "/a.json?b", true);
        check("User-agent: *\r\nDisallow: /search?*q=\r\n", "/search?a=1&q=2", false);
        check("User-agent: *\nDisallow: /", "/robots.txt", true);
    }

    #[test]
    fn the_group_with_our_name_counts_before_that_of_all() {
        let robots = "User-agent: *\nDisallow: /\n\nUser-agent: Alidade\nDisallow: /private\n";
        check(robots, "/a", true);
        check(robots, "/private/a", false);
        check("User-agent: other\nDisallow: /\n", "/a", true);
        check("User-agent: other\nUser-agent: alidade\nDisallow: /\n", "/a", false);
    }

    #[test]
    fn a_page_of_html_has_no_rules() {
        check("\u{feff}\n <!doctype html><p>\nUser-agent: *\nDisallow: /\n", "/a", true);
    }

    #[test]
    fn what_cannot_be_read_allows_nothing() {
        let url = Url::parse("https://case.example.org/a").unwrap();
        let said = Rules::Nothing("it answers 500".to_owned()).check(&url);
        assert_eq!(said, Err("the site's robots.txt cannot be read: it answers 500".to_owned()));
    }

    #[test]
    fn a_rule_that_cannot_be_compiled_does_not_void_the_others() {
        let long = "a*".repeat(20_000);
        let robots = format!("User-agent: *\nDisallow: /{long}$\nDisallow: /b\n");
        check(&robots, "/b", false);
        check(&robots, "/c", true);
    }

    #[test]
    fn rules_by_the_thousand_do_not_fill_the_memory() {
        let many = "Disallow: /*a*b*c*d$\n".repeat(20_000);
        let robots = format!("User-agent: *\nDisallow: /b\n{many}");
        check(&robots, "/b", false);
        check(&robots, "/c", true);
    }

    #[test]
    fn a_delay_is_kept_up_to_a_minute() {
        let delay = |robots: &str| Rules::read(robots.as_bytes()).delay().as_secs();
        assert_eq!(delay("User-agent: *\nCrawl-delay: 7\n"), 7);
        assert_eq!(delay("User-agent: *\nCrawl-delay: 86400\n"), 60);
        assert_eq!(delay("User-agent: *\nCrawl-delay: inf\n"), 60);
        assert_eq!(delay("User-agent: *\nCrawl-delay: -3\n"), 0);
        assert_eq!(delay("User-agent: *\nCrawl-delay: NaN\n"), 0);
        assert_eq!(delay("User-agent: other\nCrawl-delay: 7\n"), 0);
    }

    proptest! {
        #[test]
        fn no_robots_txt_makes_us_fail(text: Vec<u8>) {
            let url = Url::parse("https://case.example.org/a").unwrap();
            let rules = Rules::read(&text);
            prop_assert!(rules.delay() <= LONGEST_DELAY);
            prop_assert!(rules.check(&url).is_ok() || !text.is_empty());
        }
    }
}
