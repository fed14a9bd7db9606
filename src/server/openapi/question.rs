//! The schemas of questions about identifiers.

use utoipa::ToSchema;

use crate::server::openapi::body::QuestionBody;

/// What is asked about one identifier, with what a badge says beside it. One of `id`, `targetUrl`, `targetCode` and `targetName` has to be there; an
/// `alignment` may be sent as it stands in a badge.
#[derive(ToSchema)]
#[schema(as = Claim)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "it describes what `server::batch` reads, and is never made")]
pub(in crate::server) struct ClaimBody {
    /// The identifier, which leads. `targetUrl` is another name for it.
    #[schema(max_length = 4096)]
    id: Option<String>,
    /// The identifier, as an alignment has it.
    #[schema(max_length = 4096)]
    target_url: Option<String>,
    /// A code, or an identifier that stands in its place.
    #[schema(max_length = 4096)]
    target_code: Option<String>,
    /// The framework of a code, by its identifier or its title. `targetFramework` is another name for it.
    #[schema(max_length = 4096)]
    framework: Option<String>,
    /// The framework, as an alignment has it.
    #[schema(max_length = 4096)]
    target_framework: Option<String>,
    /// What the badge calls it.
    #[schema(max_length = 4096)]
    target_name: Option<String>,
    /// What the badge says of it.
    #[schema(max_length = 4096)]
    target_description: Option<String>,
    /// What the badge says that it is.
    #[schema(max_length = 4096)]
    target_type: Option<String>,
    /// Who issued the badge, by an identifier.
    #[schema(max_length = 4096)]
    issuer: Option<String>,
    /// What the alignment is; it says nothing here.
    r#type: Option<Vec<String>>,
}

/// Many questions.
#[derive(ToSchema)]
#[schema(as = Questions)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "it describes what `server::batch` reads, and is never made")]
pub(in crate::server) struct QuestionsBody {
    /// The questions.
    #[schema(min_items = 1, max_items = 1000)]
    ids: Vec<QuestionBody>,
    /// The day on which to judge, `YYYY-MM-DD`, where the address does not say it.
    #[schema(format = Date)]
    as_of: Option<String>,
    /// Whether to suggest what the words are like of what is not resolved.
    suggest: Option<bool>,
}
