//! What befalls the answers of a server, whatever they say.

use std::time::Duration;

use crate::support::containers::gzip;
use crate::support::fake_server::clock::http_date_in;
use crate::support::fake_server::robots::Robots;
use crate::support::fake_server::site::{Asked, Said};
use crate::support::fake_server::wire::Fault;

/// How a server carries itself.
#[derive(Debug, Clone)]
pub(crate) struct Conduct {
    pub robots: Robots,
    /// How long an answer takes.
    pub delay: Duration,
    /// Bodies come in pieces: so many bytes at a time, so long between them.
    pub slow: Option<(usize, Duration)>,
    /// Bodies are packed for whoever takes that.
    pub gzip: bool,
    /// Bodies begin with a byte order mark.
    pub byte_order_mark: bool,
    /// What `Content-Type` says, whatever the body is.
    pub content_type: Option<&'static str>,
    /// Requests that are turned away.
    pub busy: Option<Busy>,
    /// What goes wrong with the answers about a path, so many times.
    pub mishaps: Vec<Mishap>,
    /// What goes wrong by chance.
    pub storm: Option<Storm>,
}

/// A server that has no time.
#[derive(Debug, Clone)]
pub(crate) struct Busy {
    /// Only paths that contain this.
    pub about: &'static str,
    /// How many requests are turned away.
    pub times: u32,
    pub status: u16,
    pub retry_after: RetryAfter,
}

/// When to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryAfter {
    Absent,
    Seconds(u64),
    /// The date that lies so many seconds ahead.
    Date(u64),
}

/// What goes wrong with the answers about paths that contain a text, so many times.
#[derive(Debug, Clone)]
pub(crate) struct Mishap {
    pub about: String,
    pub times: u32,
    pub kind: MishapKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MishapKind {
    /// The connection ends before the answer.
    Dropped,
    /// The connection ends in the middle of the body.
    Short,
    /// The connection is reset in the middle of the body.
    Reset,
    /// Half of the body comes, and `Content-Length` agrees with that.
    Halved,
    /// 500.
    Broken,
}

/// One answer of so many goes wrong, in one of the ways.
#[derive(Debug, Clone)]
pub(crate) struct Storm {
    pub one_in: u64,
    pub seed: u64,
}

impl Default for Conduct {
    fn default() -> Self {
        Self {
            robots: Robots::NotFound,
            delay: Duration::ZERO,
            slow: None,
            gzip: false,
            byte_order_mark: false,
            content_type: None,
            busy: None,
            mishaps: Vec::new(),
            storm: None,
        }
    }
}

impl Conduct {
    /// The answer where the site is not even asked.
    pub(crate) fn instead(&mut self, asked: &Asked) -> Option<Said> {
        if let Some(said) = self.robots.answer(asked) {
            return Some(said);
        }
        let busy = self.busy.as_mut()?;
        if busy.times == 0 || !asked.path.contains(busy.about) {
            return None;
        }
        busy.times -= 1;
        let said = Said::of(busy.status, "text/plain", "Too much at once");
        Some(match busy.retry_after {
            RetryAfter::Absent => said,
            RetryAfter::Seconds(seconds) => said.with("retry-after", seconds.to_string()),
            RetryAfter::Date(seconds) => {
                said.with("retry-after", http_date_in(Duration::from_secs(seconds)))
            }
        })
    }

    /// The answer as it goes out.
    pub(crate) fn befall(&mut self, asked: &Asked, mut said: Said) -> Said {
        if let Some(content_type) = self.content_type {
            said = said.with("content-type", content_type);
        }
        let is_packable = said.status == 200 && !said.body.is_empty();
        if self.byte_order_mark && is_packable {
            said.body.splice(0..0, *b"\xEF\xBB\xBF");
        }
        let takes_gzip = asked.field("accept-encoding").is_some_and(|list| list.contains("gzip"));
        if self.gzip && is_packable && takes_gzip {
            said.body = gzip(&said.body);
            said = said.with("content-encoding", "gzip");
        }
        if let Some((step, pause)) = self.slow {
            said = said.failing(Fault::Slow(step, pause));
        }
        match self.mishap(&asked.path) {
            Some(kind) => kind.befall(said),
            None => said,
        }
    }

    fn mishap(&mut self, path: &str) -> Option<MishapKind> {
        let mut due = self.mishaps.iter_mut();
        if let Some(mishap) = due.find(|mishap| mishap.times > 0 && path.contains(&mishap.about)) {
            mishap.times -= 1;
            return Some(mishap.kind);
        }
        self.storm.as_mut()?.draw()
    }
}

impl MishapKind {
    fn befall(self, mut said: Said) -> Said {
        let half = said.body.len() / 2;
        match self {
            Self::Dropped => said.failing(Fault::Dropped),
            Self::Short => said.failing(Fault::Short(half)),
            Self::Reset => said.failing(Fault::Reset(half)),
            Self::Halved => {
                said.body.truncate(half);
                said
            }
            Self::Broken => Said::of(500, "text/plain", "Internal Server Error"),
        }
    }
}

impl Storm {
    /// What goes wrong now, if anything does.
    fn draw(&mut self) -> Option<MishapKind> {
        let drawn = mixed(&mut self.seed);
        if !drawn.is_multiple_of(self.one_in) {
            return None;
        }
        let kinds = [MishapKind::Dropped, MishapKind::Short, MishapKind::Reset, MishapKind::Broken];
        kinds.get(usize::try_from((drawn >> 32) % 4).unwrap()).copied()
    }
}

/// The next number of a sequence that looks like chance (`SplitMix64`).
pub(crate) fn mixed(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *seed;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
