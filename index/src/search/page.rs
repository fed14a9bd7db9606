//! One page of hits, in whatever order is asked for.

use tantivy::query::BooleanQuery;

use crate::cards::Cards;
use crate::document::values::day_number;
use crate::search::cursor::{Cursor, Mark};
use crate::search::error::{QueryError, SearchError};
use crate::search::matches::Matches;
use crate::search::place::Place;
use crate::search::query::{Hit, SearchQuery};
use crate::search::ranking::Ranking;
use crate::search::walk::{Ask, Stand, Way, walk};

/// A page, each hit with the place where it stands.
pub(super) struct Page {
    /// How many hits there are on all pages.
    pub total: usize,
    pub hits: Vec<(Mark, Hit)>,
    /// Whether there are more.
    pub goes_on: bool,
}

impl Page {
    /// Finds the page of a question, behind its cursor where it has one. One hit more than is wanted has to be asked for: it tells whether
    /// there is another page.
    pub(super) fn of(
        cards: &Cards,
        query: &SearchQuery,
        ranking: &Ranking<'_>,
    ) -> Result<Self, SearchError> {
        let cursor = query.cursor.as_deref().map(|token| Cursor::read(token, query)).transpose()?;
        let mark = cursor.map(|cursor| cursor.mark);
        let mut page = match (Way::of(query.order, ranking.is_browsing()), mark) {
            (None, None) => Self::ranked(ranking, None)?,
            (None, Some(Mark::Ranked(place))) => Self::ranked(ranking, Some(&place))?,
            (Some(way), None) => Self::walked(cards, query, ranking, way, None)?,
            (Some(way), Some(Mark::Walked(stand))) => {
                Self::walked(cards, query, ranking, way, Some(&stand))?
            }
            _ => return Err(QueryError::ForeignCursor.into()),
        };
        page.goes_on = query.limit > 0 && page.hits.len() == query.limit;
        page.hits.truncate(query.limit.saturating_sub(1));
        Ok(page)
    }

    /// The cursor of the next page, where there is one.
    pub(super) fn next(&self, cards: &Cards, query: &SearchQuery) -> Option<String> {
        let (mark, _) = self.hits.last().filter(|_| self.goes_on)?;
        let cursor = Cursor { edition: cards.edition(), mark: mark.clone() };
        Some(cursor.write(query))
    }

    fn ranked(ranking: &Ranking<'_>, after: Option<&Place>) -> Result<Self, SearchError> {
        let hits = ranking.page(after)?;
        let hits = hits.into_iter().map(|(place, hit)| (Mark::Ranked(place), hit)).collect();
        Ok(Self { total: ranking.total()?, hits, goes_on: false })
    }

    fn walked(
        cards: &Cards,
        query: &SearchQuery,
        ranking: &Ranking<'_>,
        way: Way,
        after: Option<&Stand>,
    ) -> Result<Self, SearchError> {
        let mut all = query.filters.queries(cards, None);
        all.push(ranking.matching());
        let matches = Matches::of(cards, &BooleanQuery::intersection(all))?;
        let today = query.filters.as_of.as_deref().and_then(day_number);
        let ask = Ask { way, today, after, offset: query.offset, limit: query.limit };
        let stretch = walk(cards, &matches, &ask)?;
        let mut hits = Vec::new();
        for (stand, address) in stretch.hits {
            let key = stand.key().to_owned();
            let place = Place { tier: 0, state: 0, mirrored: false, score: 0.0, key };
            let hit = ranking.hit(address, &place)?;
            hits.extend(hit.map(|hit| (Mark::Walked(stand), hit)));
        }
        Ok(Self { total: stretch.total, hits, goes_on: false })
    }
}
