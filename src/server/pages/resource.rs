//! `/r/{id}`.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use index::Reader;
use index::resolve::{Resolution, Verdict};

use crate::page::{NotOnePage, Shell, Way};
use crate::server::answer::Answer;
use crate::server::frame::is_person;
use crate::server::linked::address::Site;
use crate::server::linked::portrait::{Portrait, portrait};
use crate::server::parameters::{Parameters, flag, judged};
use crate::server::problem::Problem;
use crate::server::resources::{identifier, not_one};
use crate::server::state::{AppState, Taken};

/// Shows a resource with everything around it.
pub(super) async fn resource(
    State(state): State<AppState>,
    Taken(reader): Taken,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let id = identifier(id)?;
    let [chosen, provisional] = parameters.named(["asOf", "provisional"])?;
    let as_of = judged(chosen.as_deref(), state.now())?;
    let provisional = flag("provisional", provisional.as_deref())?;
    let way = Way { as_of: chosen.map(|_| as_of.clone()), provisional };
    let asked = Asked { id, as_of, way, is_person: is_person(&headers), site: Site::of(&state) };
    state.write(move || asked.answer(&reader)).await
}

/// What somebody asks for.
struct Asked {
    id: String,
    as_of: String,
    way: Way,
    is_person: bool,
    site: Site,
}

impl Asked {
    fn answer(&self, reader: &Reader) -> Result<Answer, Problem> {
        match portrait(reader, &self.id, &self.as_of, &self.site, &self.way)? {
            Portrait::Page(page, links) => Ok(Answer::page(&*page)?.with_links(links)),
            Portrait::Nothing(resolution) => self.nothing(reader, &resolution),
        }
    }

    /// Says why there is not one, and what there is instead.
    fn nothing(&self, reader: &Reader, resolution: &Resolution) -> Result<Answer, Problem> {
        let generation = reader.manifest().generation;
        let status = match resolution.verdict {
            Verdict::Ambiguous => StatusCode::CONFLICT,
            Verdict::Unknown | Verdict::Unsupported => StatusCode::NOT_FOUND,
            _ => return Err(not_one(resolution, generation, &self.as_of)),
        };
        if !self.is_person {
            return Err(not_one(resolution, generation, &self.as_of));
        }
        let shell = Shell::new("/r", Some(generation));
        let page = NotOnePage::of(resolution, &self.id, shell, &self.way);
        Ok(Answer::page(&page)?.with_status(status))
    }
}
