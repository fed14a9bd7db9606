//! Pages for people: what each shows, as a template under `src/web/templates` sees it. All that is published is text there, and escaped.
//!
//! Nothing here looks anything up or knows HTTP: [`crate::server`] does both. Every text of ours comes from [`Words`](words::Words).

mod about;
mod address;
mod aligning;
mod anchor;
mod badge;
mod compare;
mod credential;
mod diagram;
mod docs;
mod duration;
mod equivalents;
mod facets;
mod fact;
mod framework;
mod frameworks;
mod hit;
mod home;
mod known;
mod language;
mod licence;
mod marked;
mod moment;
mod not_one;
mod opensearch;
mod picker;
mod place;
mod problem;
mod problems;
mod profile;
mod property;
mod prose;
mod provenance;
mod question;
mod referrer_list;
mod referrers;
mod relation;
mod resource;
mod results;
mod schema_org;
mod sentence;
mod shell;
mod sources;
mod sparql;
mod statement;
mod status;
mod versions;
mod way;
mod wording;
mod words;
mod written;

pub(crate) use crate::page::about::{AboutPage, Contact};
pub(crate) use crate::page::address::{is_web, page_of, page_of_kind, place_in, segment};
pub(crate) use crate::page::badge::BadgePage;
pub(crate) use crate::page::compare::{Both, ComparePage, Comparison, Row, Side};
pub(crate) use crate::page::docs::{DocsPage, OperationPage, SchemaPage};
pub(crate) use crate::page::facets::Facets;
pub(crate) use crate::page::framework::{
    Download, Downloads, FoundInside, FrameworkPage, Head, Numbers, Quality, RelatedRow, Standings,
    Twig, Twigs, day_of, standard, term_set,
};
pub(crate) use crate::page::frameworks::{Choice, FrameworkRow, FrameworksPage, Value};
pub(crate) use crate::page::hit::Surroundings;
pub(crate) use crate::page::home::{Examples, HomePage, Inside};
pub(crate) use crate::page::language::first_language;
pub(crate) use crate::page::licence::{Licence, licence_name};
pub(crate) use crate::page::not_one::NotOnePage;
pub(crate) use crate::page::opensearch::OpenSearch;
pub(crate) use crate::page::picker::PickerPage;
pub(crate) use crate::page::problem::{ProblemPage, ToldProblem};
pub(crate) use crate::page::problems::{KindOfProblem, KindOfProblemPage, ProblemsPage};
pub(crate) use crate::page::question::Question;
pub(crate) use crate::page::referrer_list::{ReferrerCountsPage, ReferrerListPage, Stretch};
pub(crate) use crate::page::resource::{Form, ResourcePage, Told};
pub(crate) use crate::page::results::{Found, Meaning, ResultsPage, Trouble};
pub(crate) use crate::page::schema_org::schema_class;
pub(crate) use crate::page::shell::Shell;
pub(crate) use crate::page::sources::SourcesPage;
pub(crate) use crate::page::sparql::SparqlPage;
pub(crate) use crate::page::status::Status;
pub(crate) use crate::page::way::Way;
pub(crate) use crate::page::written::Written;
