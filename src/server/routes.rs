//! The routes as they are laid out: what answers, under which names, and on which terms.

use std::collections::BTreeMap;

use axum::Router;
use axum::handler::Handler;
use axum::http::header::ALLOW;
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, options, post};
use tower_http::catch_panic::CatchPanicLayer;

use crate::server::problem::{no_such_method, no_such_route, panicked};
use crate::server::state::AppState;
use crate::server::terms::{Bound, Caching, Deprecation, Terms, keep};
use crate::server::{coding, frame};

/// Routes, and the list of them.
///
/// The list tells who asks for a path that nothing has what there is, and the tests that the description of the interface leaves nothing out.
#[derive(Default)]
pub(super) struct Routes {
    laid: Vec<Laid>,
    listed: Vec<Route>,
    terms: Terms,
}

/// One method of one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    pub method: Method,
    /// With its parameters in braces.
    pub path: &'static str,
}

/// A path with what answers it, and its terms.
struct Laid {
    path: &'static str,
    /// The methods, as the header `Allow` has them.
    methods: &'static str,
    answer: MethodRouter<AppState>,
    terms: Terms,
}

impl Routes {
    /// A request of the routes that follow counts for this much; 0 is not counted at all.
    pub(super) fn costing(mut self, cost: usize) -> Self {
        self.terms.cost = cost;
        self
    }

    /// What GET answers by the routes that follow is kept by nobody, by everybody, or as the handler says.
    pub(super) fn cached_by(mut self, caching: Caching) -> Self {
        self.terms.caching = caching;
        self
    }

    /// What the routes that follow answer is seen by people, too: what goes wrong there is told to a browser as a page.
    pub(super) fn seen(mut self, is_page: bool) -> Self {
        self.terms.is_page = is_page;
        self
    }

    /// The routes that follow are not to be used any longer; `None` ends that.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "no route is deprecated yet; a test shows that one can be")
    )]
    pub(super) fn deprecated(mut self, deprecation: Option<Deprecation>) -> Self {
        self.terms.deprecation = deprecation;
        self
    }

    /// Answers GET and HEAD.
    pub(super) fn get<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.with(Method::GET, path, get(handler))
    }

    /// Answers POST.
    pub(super) fn post<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.with(Method::POST, path, post(handler))
    }

    /// Answers GET and HEAD with a page for people, which no program asks for.
    pub(super) fn page<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        let terms = Terms { is_page: true, ..self.terms };
        self.laid.push(Laid { path, methods: "GET,HEAD", answer: get(handler), terms });
        self
    }

    /// Answers GET and HEAD at a path that is not listed.
    pub(super) fn unlisted<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.lay(&Method::GET, path, get(handler));
        self
    }

    /// Every method of every path, in their order on the page.
    #[cfg(test)]
    pub(super) fn listed(&self) -> &[Route] {
        &self.listed
    }

    /// What surrounds all routes.
    pub(super) fn surrounded(self, state: AppState) -> Router {
        let mut paths: Vec<&str> = self.listed.iter().map(|route| route.path).collect();
        paths.dedup();
        let keeping =
            |terms, path| from_fn_with_state(Bound { state: state.clone(), terms, path }, keep);
        // What is not there costs as much as a plain question.
        let nothing = keeping(Terms::default(), None);
        let (mut router, mut allowed) = (Router::new(), BTreeMap::<_, Vec<&str>>::new());
        for Laid { path, methods, answer, terms } in self.laid {
            allowed.entry(path).or_default().push(methods);
            router = router.route(path, answer.layer(keeping(terms, Some(path))));
        }
        for (path, mut methods) in allowed {
            methods.push("OPTIONS");
            let allowed = [(ALLOW, methods.join(","))];
            let answer = options(async move || (StatusCode::NO_CONTENT, allowed));
            router = router.route(path, answer.layer(keeping(Terms::default(), Some(path))));
        }
        let nowhere = move || no_such_route(paths);
        router
            .fallback(nowhere.layer(nothing.clone()))
            .method_not_allowed_fallback(no_such_method.layer(nothing))
            .layer(CatchPanicLayer::custom(panicked))
            .layer(coding::layer())
            .layer(from_fn_with_state(state.clone(), frame::surround))
            .with_state(state)
    }

    fn with(mut self, method: Method, path: &'static str, answer: MethodRouter<AppState>) -> Self {
        self.lay(&method, path, answer);
        self.listed.push(Route { method, path });
        self
    }

    fn lay(&mut self, method: &Method, path: &'static str, answer: MethodRouter<AppState>) {
        let methods = if *method == Method::GET { "GET,HEAD" } else { "POST" };
        self.laid.push(Laid { path, methods, answer, terms: self.terms });
    }
}
