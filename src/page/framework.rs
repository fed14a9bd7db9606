//! `/frameworks/{id}`: a framework with its tree, its numbers, its quality and the ways to take it along.

mod downloads;
mod found;
mod head;
mod numbers;
mod quality;
mod term_set;
mod twig;
mod view;

pub(crate) use crate::page::framework::downloads::{Download, Downloads};
pub(crate) use crate::page::framework::found::FoundInside;
pub(crate) use crate::page::framework::head::{Head, day_of, standard};
pub(crate) use crate::page::framework::numbers::Numbers;
pub(crate) use crate::page::framework::quality::{Quality, Standings};
pub(crate) use crate::page::framework::term_set::term_set;
pub(crate) use crate::page::framework::twig::{Twig, Twigs};
pub(crate) use crate::page::framework::view::{FrameworkPage, RelatedRow};
