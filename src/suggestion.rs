//! What words are like, for whoever asks for it: never an answer.

use index::IndexError;
use index::cards::Cards;
use index::resolve::{Claim, Resolution, Verdict, suggest};

/// The most suggestions for one identifier or name.
const MAX_SUGGESTIONS: usize = 5;

/// Adds to an answer that found nothing what the words of its claim are like.
pub(crate) fn add_suggestion(
    cards: &Cards,
    claim: &Claim,
    resolution: &mut Resolution,
) -> Result<(), IndexError> {
    if resolution.verdict != Verdict::Resolved && !claim.withheld {
        resolution.suggestions = suggest(cards, claim, MAX_SUGGESTIONS)?;
    }
    Ok(())
}
