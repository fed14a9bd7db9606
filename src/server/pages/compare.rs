//! `/frameworks/compare`.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;
use std::time::Instant;

use axum::extract::State;
use index::beside::{Beside, How, Near, stated};
use index::card::Card;
use index::cards::{Cards, Page};
use index::outline::count_items;
use index::search::{Filters, Order, SearchQuery, search};
use index::standing::standing;
use index::{IndexError, Reader};
use ontology::{CanonicalKey, Kind};

use crate::likeness::DEFAULT_THRESHOLD;
use crate::lookup::{Named, one};
use crate::page::{Both, ComparePage, Comparison, Row, Shell, Side, Status, page_of_kind, segment};
use crate::server::answer::Answer;
use crate::server::asked::not_answered;
use crate::server::overview::Overview;
use crate::server::parameters::{Parameters, judged, number, required};
use crate::server::problem::{Problem, ProblemKind};
use crate::server::resources::not_one;
use crate::server::state::{AppState, Taken};

/// The items of a page.
const ITEMS: usize = 10;

/// The most frameworks among which the second is chosen.
const CHOICES: usize = 20;

/// The most that stands beside an item for its words.
const NEAR: usize = 2;

/// The most that stands beside an item in all.
const BESIDE: usize = 8;

/// What stands beside an item, and whether that is all.
type LookedUp = (Vec<Beside>, bool);

/// What is asked for.
struct Asked {
    a: String,
    /// An identifier, or words of a name.
    b: Option<String>,
    /// From which item on.
    from: usize,
    as_of: String,
    /// When nothing more is looked up for an item.
    end: Instant,
}

/// Shows two frameworks side by side.
pub(super) async fn compare(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [a, b, from] = parameters.letting_be_empty("b").named(["a", "b", "from"])?;
    let asked = Asked {
        a: required(a, "a")?,
        b,
        from: from.map_or(Ok(0), |text| number("from", &text))?,
        as_of: judged(None, state.now())?,
        end: Instant::now() + state.time_limit().mul_f32(0.4),
    };
    let held = state.clone();
    state.write(move || asked.answer(&held, &reader)).await
}

impl Asked {
    fn answer(&self, state: &AppState, reader: &Reader) -> Result<Answer, Problem> {
        let cards = reader.cards();
        let shell = Shell::new("/frameworks", Some(reader.manifest().generation));
        let a = self.framework(reader, &self.a)?;
        let look = Look { cards, shell: &shell, as_of: &self.as_of };
        let side = look.side(&a, String::new())?;
        let state = match self.second(cards)? {
            Ok(b) if b.key() == a.key() => Comparison::Same,
            Ok(b) => {
                let overview = state.overviews().of(reader, a.key())?;
                let pair = Pair { look: &look, overview: &overview, b: &b };
                Comparison::Both(Box::new(pair.both(self, &a)?.without_repetition(&side)))
            }
            Err(text) => {
                let found = self.choices(&look, a.key(), &text)?;
                Comparison::Choose { text, found }
            }
        };
        Answer::page(&ComparePage { shell, a: side, state })
    }

    fn framework(&self, reader: &Reader, id: &str) -> Result<Card, Problem> {
        match one(reader.cards(), id, &self.as_of)? {
            Named::Resource(card) if card.as_framework().is_some() => Ok(*card),
            Named::Resource(_) => {
                Err(Problem::new(ProblemKind::UnknownResource, "this is not a framework"))
            }
            Named::Nothing(resolution) => {
                Err(not_one(&resolution, reader.manifest().generation, &self.as_of))
            }
        }
    }

    /// The second framework, or the words by which it has to be chosen.
    fn second(&self, cards: &Cards) -> Result<Result<Card, String>, Problem> {
        let Some(text) = self.b.clone() else { return Ok(Err(String::new())) };
        Ok(match one(cards, &text, &self.as_of)? {
            Named::Resource(card) if card.as_framework().is_some() => Ok(*card),
            _ => Err(text),
        })
    }

    /// The frameworks that words may mean.
    fn choices(&self, look: &Look<'_>, a: &CanonicalKey, text: &str) -> Result<Vec<Side>, Problem> {
        let query = SearchQuery {
            filters: Filters { kinds: vec![Kind::Framework], ..Filters::default() },
            as_of: Some(self.as_of.clone()),
            // Where nothing is asked for, the first are shown by name.
            order: if text.is_empty() { Order::Title } else { Order::Relevance },
            limit: CHOICES,
            ..SearchQuery::new(text)
        };
        let found = search(look.cards, &query).map_err(|error| not_answered(error, "b"))?;
        let others = found.hits.iter().map(|hit| &hit.card).filter(|card| card.key() != a);
        let sides = others.map(|card| look.side(card, address(a, card.key(), 0)));
        Ok(sides.collect::<Result<_, IndexError>>()?)
    }

    /// What stands beside an item, and whether that is all. Words are compared where nobody states that something is the same.
    fn beside(
        &self,
        cards: &Cards,
        item: &Card,
        b: &CanonicalKey,
        near: &mut Near<'_>,
    ) -> Result<LookedUp, Problem> {
        let is_late = || Instant::now() >= self.end;
        if is_late() {
            return Ok((Vec::new(), false));
        }
        let mut beside = stated(cards, item, b)?;
        beside.truncate(BESIDE);
        if beside.iter().any(|beside| beside.tie.how == How::Exact) {
            return Ok((beside, true));
        }
        if is_late() {
            return Ok((beside, false));
        }
        let alike = near.beside(item)?;
        let known: Vec<CanonicalKey> =
            beside.iter().map(|beside| beside.other.key().clone()).collect();
        beside.extend(alike.into_iter().filter(|near| !known.contains(near.other.key())));
        Ok((beside, true))
    }
}

/// What both frameworks are looked up in.
struct Look<'a> {
    cards: &'a Cards,
    shell: &'a Shell,
    as_of: &'a str,
}

impl Look<'_> {
    /// A framework, and where it stands beside the first.
    fn side(&self, card: &Card, compare: String) -> Result<Side, IndexError> {
        let n = count_items(self.cards, card.key())?;
        Ok(Side::of(card, n, compare, self.status(card)?))
    }

    /// What to think of before something is used.
    fn status(&self, card: &Card) -> Result<Option<Status>, IndexError> {
        let state = standing(self.cards, card, self.as_of)?.state;
        Ok(Status::of(card, state, self.shell).if_amiss())
    }
}

/// Two frameworks.
struct Pair<'a> {
    look: &'a Look<'a>,
    /// The first as a whole.
    overview: &'a Overview,
    b: &'a Card,
}

impl Pair<'_> {
    fn both(&self, asked: &Asked, a: &Card) -> Result<Both, Problem> {
        let (a, b) = (a.key(), self.b.key());
        let outline = &self.overview.outline;
        let n = outline.n_items();
        // Behind the last page is the last page.
        let from = if asked.from < n { asked.from } else { n.saturating_sub(1) / ITEMS * ITEMS };
        let items = outline.page(self.look.cards, Page { offset: from, limit: ITEMS })?;
        let mut rows = Vec::new();
        for (item, (beside, is_whole)) in items.iter().zip(self.beside_each(asked, &items)?) {
            rows.push(self.row(item, beside, is_whole, a)?);
        }
        let related = self.overview.related.iter().find(|related| related.framework == *b);
        let behind = from + items.len();
        let before = from.saturating_sub(ITEMS);
        Ok(Both {
            b: self.look.side(self.b, String::new())?,
            n,
            is_whole: outline.statistics().is_whole,
            n_exact: related.map_or(0, |related| related.n_exact),
            n_other: related.map_or(0, |related| related.n_other),
            is_late: rows.iter().any(|row| !row.is_whole),
            rows,
            from,
            before: (from > 0).then(|| address(a, b, before)),
            next: (behind < n).then(|| address(a, b, behind)),
            turned: address(b, a, 0),
        })
    }

    fn row(
        &self,
        item: &Card,
        beside: Vec<Beside>,
        is_whole: bool,
        a: &CanonicalKey,
    ) -> Result<Row, Problem> {
        let mut marked = Vec::new();
        for beside in beside {
            let status = self.look.status(&beside.other)?;
            marked.push((beside, status));
        }
        let [a, b] = [a, self.b.key()].map(|key| page_of_kind(key, Kind::Framework));
        let item = (item, self.look.status(item)?);
        Ok(Row::of(item, marked, is_whole, (&a, &b), self.look.shell))
    }

    /// What stands beside each item, and whether that is all, looked up on as many threads as there are processors: nothing else on
    /// this page takes as long.
    fn beside_each(&self, asked: &Asked, items: &[Card]) -> Result<Vec<LookedUp>, Problem> {
        let (cards, b) = (self.look.cards, self.b.key());
        let n_threads = thread::available_parallelism().map_or(1, NonZero::get);
        let parts = items.chunks(items.len().div_ceil(n_threads).max(1));
        thread::scope(|scope| {
            let look_up = |part: &[Card]| -> Result<Vec<_>, Problem> {
                let mut near = Near::within(cards, b, DEFAULT_THRESHOLD, NEAR);
                part.iter().map(|item| asked.beside(cards, item, b, &mut near)).collect()
            };
            let parts: Vec<_> = parts.map(|part| scope.spawn(move || look_up(part))).collect();
            let mut all = Vec::new();
            for part in parts {
                all.extend(part.join().unwrap_or_else(|panic| resume_unwind(panic))?);
            }
            Ok(all)
        })
    }
}

/// Where two frameworks stand side by side, from an item on.
fn address(a: &CanonicalKey, b: &CanonicalKey, from: usize) -> String {
    let (a, b) = (segment(a), segment(b));
    let from = if from == 0 { String::new() } else { format!("&from={from}") };
    format!("/frameworks/compare?a={a}&b={b}{from}")
}
