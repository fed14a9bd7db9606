//! What an alignment says about its target.

use crate::ler::container::ContainerError;
use crate::ler::draft::Draft;
use crate::ler::privacy::Tail;
use crate::ler::scope::Scope;

/// The members of an alignment, the newest name of each first: those of Open Badges 3.0 and 2.0, Open Badges 1 and CLR 1.0,
/// schema.org, and the `ceterms:CredentialAlignmentObject` of CTDL.
const URL: &[&str] = &["targetUrl", "url", "targetNode", "ceterms:targetNode"];
const CODE: &[&str] = &["targetCode", "codedNotation", "ceterms:codedNotation"];
const KIND: &[&str] = &["targetType"];
const NAME: &[&str] = &["targetName", "name", "targetNodeName", "ceterms:targetNodeName"];
const DESCRIPTION: &[&str] =
    &["targetDescription", "description", "targetNodeDescription", "ceterms:targetNodeDescription"];
const FRAMEWORK: &[&str] = &[
    "targetFramework",
    "frameworkName",
    "ceterms:frameworkName",
    "educationalFramework",
    "framework",
    "ceterms:framework",
];

/// Whether an object that stands just anywhere says that it is an alignment, or has the members of one.
pub(super) fn is_alignment(scope: Scope<'_>, types: &[&str]) -> bool {
    const TYPES: &[&str] = &["Alignment", "AlignmentObject", "CredentialAlignmentObject"];
    const MEMBERS: &[&str] = &[
        "targetUrl",
        "targetCode",
        "targetName",
        "targetNode",
        "targetNodeName",
        "ceterms:targetNode",
        "ceterms:targetNodeName",
    ];
    types.iter().any(|name| TYPES.contains(name))
        || MEMBERS.iter().any(|key| scope.object.contains_key(*key))
}

/// Drafts an alignment; an older name counts where the newer has nothing.
pub(super) fn draft(draft: &mut Draft<'_>, scope: Scope<'_>) -> Result<(), ContainerError> {
    draft.url(scope.address(URL), Tail::Keep)?;
    draft.code(scope.words(CODE).as_deref())?;
    draft.kind(scope.words(KIND).as_deref())?;
    draft.name(scope.words(NAME).as_deref())?;
    draft.description(scope.words(DESCRIPTION).as_deref())?;
    draft.framework(scope.words(FRAMEWORK).as_deref())
}
