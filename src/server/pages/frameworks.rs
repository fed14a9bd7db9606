//! `/frameworks`.

use axum::extract::State;
use index::Reader;
use index::search::{Facet, Hit, Order};
use index::standing::standing;
use ontology::Kind;

use crate::page::{
    Choice, FrameworkRow, FrameworksPage, Licence, Shell, Status, Value, day_of, first_language,
    page_of_kind, standard,
};
use crate::server::answer::Answer;
use crate::server::asked::cards;
use crate::server::frameworks::{FoundFrameworks, FrameworkEntry, Wanted};
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// What the list can be narrowed by, with the names of the texts.
const CHOICES: [(Facet, &str); 5] = [
    (Facet::Publisher, "frameworks-publisher"),
    (Facet::Subject, "frameworks-subject"),
    (Facet::Status, "frameworks-status"),
    (Facet::Language, "frameworks-language"),
    (Facet::Source, "frameworks-source-choice"),
];

/// The name of the parameter with the words of a search.
const TEXT: &str = "q";

/// Lists the frameworks by title; those with some words in their names, the best first.
pub(super) async fn frameworks(
    State(state): State<AppState>,
    Taken(current): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    // A form sends what was left empty too.
    let parameters = CHOICES.iter().fold(parameters.letting_be_empty(TEXT), |rest, (facet, _)| {
        rest.letting_be_empty(facet.as_str())
    });
    let mut own = parameters.clone();
    let text = own.all(TEXT)?.into_iter().next().unwrap_or_default();
    let mut wanted = Wanted::read(own, state.now())?;
    if !text.is_empty() {
        wanted.query.order = Order::Relevance;
        wanted.query.text = text;
    }
    wanted.query.facets = CHOICES.map(|(facet, _)| facet).to_vec();
    let reader = wanted.reader(&state, current, "/frameworks", &parameters)?;
    let look_up = move || {
        let found = wanted.find(&reader)?;
        let page = page(&reader, &wanted, &found, &parameters)?;
        Ok(Answer::page(&page)?.of_generation(found.answer.generation))
    };
    state.write(look_up).await
}

fn page(
    reader: &Reader,
    wanted: &Wanted,
    found: &FoundFrameworks,
    parameters: &Parameters,
) -> Result<FrameworksPage, Problem> {
    let shell = Shell::new("/frameworks", Some(found.answer.generation));
    let rows = found.answer.items.iter().zip(&found.results.hits);
    let rows = rows.map(|(entry, hit)| row(reader, wanted, (entry, hit), &shell));
    let first = parameters.clone().without("cursor").query_with(&[]);
    let given = |facet: Facet| parameters.clone().all(facet.as_str()).unwrap_or_default();
    let choices = CHOICES.iter().map(|(facet, name)| {
        let counted = found.results.facets.get(facet).cloned().unwrap_or_default();
        let given = given(*facet);
        let unknown =
            given.iter().filter(|value| !counted.iter().any(|known| known.value == **value));
        let unknown = unknown.map(|value| (value.clone(), 0)).collect::<Vec<_>>();
        let known = counted.iter().map(|known| (known.value.clone(), known.count));
        let values = known.chain(unknown).map(|(value, n)| Value {
            is_chosen: given.contains(&value),
            label: value.clone(),
            given: value,
            n,
        });
        Choice { name: facet.as_str(), label: shell.say(name), values: values.collect() }
    });
    let choices: Vec<Choice> = choices.collect();
    let is_chosen = |choice: &Choice| choice.values.iter().any(|value| value.is_chosen);
    Ok(FrameworksPage {
        text: wanted.query.text.clone(),
        n: found.answer.n,
        rows: rows.collect::<Result<_, Problem>>()?,
        is_narrowed: !wanted.query.text.is_empty() || choices.iter().any(is_chosen),
        choices,
        next: found.answer.next_query(parameters).map(|query| format!("/frameworks?{query}")),
        first: wanted.query.cursor.is_some().then(|| format!("/frameworks?{first}")),
        shell,
    })
}

fn row(
    reader: &Reader,
    wanted: &Wanted,
    (entry, hit): (&FrameworkEntry, &Hit),
    shell: &Shell,
) -> Result<FrameworkRow, Problem> {
    let as_of = wanted.query.as_of.as_deref().unwrap_or_default();
    let state = standing(&cards(reader, wanted.provisional), &hit.card, as_of)?.state;
    Ok(FrameworkRow {
        href: page_of_kind(&entry.key, Kind::Framework),
        title: entry.title.clone(),
        language: first_language(hit.card.resource.name()),
        publisher: entry.publisher.clone().or_else(|| entry.creator.clone()),
        version: entry.version.clone(),
        status: entry.adoption_status.clone(),
        doubt: Status::of(&hit.card, state, shell).if_amiss(),
        standard: standard(&hit.card),
        n_competencies: entry.n_competencies,
        license: Licence::of(&hit.card).map(|licence| licence.words),
        source: entry.source.clone(),
        changed: entry.last_change.as_deref().map(day_of),
    })
}
