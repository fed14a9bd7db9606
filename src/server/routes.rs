//! The routes as they are laid out: what answers, and under which names.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;

use crate::server::frame;
use crate::server::problem::{no_such_method, no_such_route, panicked};
use crate::server::state::AppState;

/// Routes, and the list of them.
///
/// The list tells who asks for a path that nothing has what there is, and the tests that the description of the interface leaves nothing out.
#[derive(Default)]
pub(super) struct Routes {
    router: Router<AppState>,
    listed: Vec<Route>,
}

/// One method of one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    pub method: Method,
    /// With its parameters in braces.
    pub path: &'static str,
}

impl Routes {
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

    /// Answers GET and HEAD at a path that is not listed.
    pub(super) fn unlisted<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self { router: self.router.route(path, get(handler)), listed: self.listed }
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
        self.router
            .fallback(move || no_such_route(paths))
            .method_not_allowed_fallback(no_such_method)
            .layer(CatchPanicLayer::custom(panicked))
            .layer(axum::middleware::from_fn_with_state(state.clone(), frame::surround))
            .with_state(state)
    }

    fn with(mut self, method: Method, path: &'static str, handler: MethodRouter<AppState>) -> Self {
        self.listed.push(Route { method, path });
        Self { router: self.router.route(path, handler), listed: self.listed }
    }
}
