//! The Credential Transparency Description Language and the envelopes of its registries.

#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the reader of envelopes, which asks for it, is written beside it")
)]
#[expect(unreachable_pub, reason = "the reader of envelopes shows its answer to other crates")]
pub(crate) mod signature;
