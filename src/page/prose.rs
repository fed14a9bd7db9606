//! Published text as its author meant it, and never as markup: Markdown, simple HTML and LaTeX, read into a small tree of our own.
//!
//! [`passage`] is what pages show; `formula` takes mathematics out before Markdown is read, `literal` keeps marks that are none, `html`
//! reads the few tags that mean something, `builder` puts everything into `node`s, and `mathml` writes a formula. Nothing of what was
//! published is written as a tag or an attribute: a node has one of our tags, a number at most, and text, which is escaped.

mod builder;
mod formula;
mod html;
mod literal;
mod mathml;
mod node;
mod over;
mod passage;

pub(crate) use crate::page::prose::passage::Prose;
