//! The fields of the text index. Three sorts of documents share it: resources, alignments and records.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{RawTokenizer, TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::language::fold_label;

/// The version of the fields and of what is kept in them; an index of another version is rebuilt.
pub(crate) const SCHEMA_VERSION: u64 = 5;

/// The name of the tokenizer for values that people filter by.
const VALUE: &str = "alidade_value";

/// The name of the tokenizer that leaves a text as it is. tantivy wants one for fields whose tokens we make ourselves, too.
const RAW: &str = "raw";

/// The sorts of documents, as the `sort` field has them.
pub(crate) mod sort {
    /// A resource with its card.
    pub(crate) const RESOURCE: &str = "resource";
    /// An alignment.
    pub(crate) const ALIGNMENT: &str = "alignment";
    /// A record.
    pub(crate) const RECORD: &str = "record";
}

/// The fields by name.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub schema: Schema,
    /// The sort of the document.
    pub sort: Field,
    /// The asserted graph of the record, by which a record is replaced whole.
    pub record: Field,
    /// The source.
    pub source: Field,
    /// The kind of a resource; the type of an alignment.
    pub kind: Field,
    /// The classes of a resource of CTDL and all their superclasses.
    pub class: Field,
    /// The 64-bit hashes of every name of a resource. A hit counts only after the stored key is compared.
    pub alias_key: Field,
    /// The canonical key of a resource, as a column.
    pub key: Field,
    /// The hash of the canonical key alone, as a column.
    pub own_key: Field,
    /// A hash that copies of one resource share with each other and with its twins in the other standard.
    pub group: Field,
    /// The hash of the framework's key.
    pub framework_key: Field,
    /// The canonical key of the framework; a framework has its own.
    pub framework: Field,
    /// The hashes of the parents' keys.
    pub parent_key: Field,
    /// The hash of the origin of an alignment.
    pub links_from: Field,
    /// The hash of the target of an alignment.
    pub links_to: Field,
    /// The hashes of both ends of an alignment that leads out of the hierarchy.
    pub link_end: Field,
    /// The folded code.
    pub code: Field,
    /// The folded title of a framework.
    pub title: Field,
    /// The hashes of every folded name and statement, whole.
    pub label_key: Field,
    /// The stems of the name that its publisher prefers; of a competency without a name, of its statement.
    pub name: Field,
    /// The stems of its other names.
    pub alternative: Field,
    /// The stems of the statement of what has a name as well.
    pub statement: Field,
    /// The stems of what explains it: definition, description, notes.
    pub definition: Field,
    /// The stems of keywords, subjects and types.
    pub keyword: Field,
    /// The stems of its framework's title, and of the publisher of a framework.
    pub about: Field,
    /// Every word of name, other names, statement and keywords, folded and not stemmed.
    pub word: Field,
    /// The grams of the name and the other names.
    pub gram: Field,
    /// The folded words of each name, and of the statement of a competency, as a column.
    pub label: Field,
    /// `current`, `withdrawn` or `provisional`.
    pub status: Field,
    /// The folded name by which titles are sorted.
    pub order: Field,
    /// When its publisher last changed it, in seconds since 1970.
    pub changed: Field,
    /// 1 where its publisher has marked it or its framework as no longer to be used.
    pub deprecated: Field,
    /// The last day it is in force, as a number `yyyymmdd`.
    pub ends: Field,
    /// 1 for a copy that stands outside the framework that it belongs to.
    pub mirrored: Field,
    /// The publisher of a resource or of its framework.
    pub publisher: Field,
    /// The subjects.
    pub subject: Field,
    /// The education levels, one by one.
    pub level: Field,
    /// The languages of its name and statement, by primary subtag.
    pub language: Field,
    /// The licence: its address, else its title.
    pub license: Field,
    /// The places where it holds.
    pub jurisdiction: Field,
    /// The number of quads of a record.
    pub quads: Field,
    /// The card, as JSON.
    pub card: Field,
}

impl Fields {
    /// Lays out the fields.
    pub(crate) fn new() -> Self {
        let mut builder = Schema::builder();
        let b = &mut builder;
        let (sort, record) = (text(b, "sort", STRING), text(b, "record", STRING));
        let (source, kind) = (text(b, "source", STRING | FAST), text(b, "kind", STRING | FAST));
        let class = text(b, "class", STRING | FAST);
        let key = text(b, "key", TextOptions::default().set_fast(RAW));
        let framework = text(b, "framework", TextOptions::default().set_fast(RAW));
        let order = text(b, "order", TextOptions::default().set_fast(RAW));
        let label = text(b, "label", TextOptions::default().set_fast(RAW));
        let (code, title) = (text(b, "code", STRING | FAST), text(b, "title", STRING));
        let status = text(b, "status", STRING | FAST);
        let name = text(b, "name", tokens(IndexRecordOption::WithFreqsAndPositions));
        let alternative = text(b, "alternative", tokens(IndexRecordOption::WithFreqsAndPositions));
        let statement = text(b, "statement", tokens(IndexRecordOption::WithFreqsAndPositions));
        let definition = text(b, "definition", tokens(IndexRecordOption::WithFreqsAndPositions));
        let keyword = text(b, "keyword", tokens(IndexRecordOption::WithFreqsAndPositions));
        let about = text(b, "about", tokens(IndexRecordOption::WithFreqsAndPositions));
        let word = text(b, "word", tokens(IndexRecordOption::Basic));
        let gram = text(b, "gram", tokens(IndexRecordOption::WithFreqs));
        let (publisher, subject) = (text(b, "publisher", value()), text(b, "subject", value()));
        let (level, language) = (text(b, "level", value()), text(b, "language", value()));
        let license = text(b, "license", value());
        let jurisdiction = text(b, "jurisdiction", value());
        let alias_key = b.add_u64_field("alias_key", INDEXED);
        let framework_key = b.add_u64_field("framework_key", INDEXED);
        let parent_key = b.add_u64_field("parent_key", INDEXED);
        let links_from = b.add_u64_field("links_from", INDEXED);
        let links_to = b.add_u64_field("links_to", INDEXED);
        let own_key = b.add_u64_field("own_key", FAST);
        let link_end = b.add_u64_field("link_end", INDEXED | FAST);
        let label_key = b.add_u64_field("label_key", INDEXED);
        let group = b.add_u64_field("group", INDEXED | FAST);
        let deprecated = b.add_u64_field("deprecated", INDEXED | FAST);
        let ends = b.add_u64_field("ends", INDEXED | FAST);
        let mirrored = b.add_u64_field("mirrored", INDEXED | FAST);
        let changed = b.add_i64_field("changed", FAST);
        let quads = b.add_u64_field("quads", FAST);
        let card = b.add_text_field("card", STORED);
        Self {
            schema: builder.build(),
            sort,
            record,
            source,
            kind,
            class,
            alias_key,
            key,
            own_key,
            group,
            framework_key,
            framework,
            parent_key,
            links_from,
            links_to,
            link_end,
            code,
            title,
            label_key,
            name,
            alternative,
            statement,
            definition,
            keyword,
            about,
            word,
            gram,
            label,
            status,
            order,
            changed,
            deprecated,
            ends,
            mirrored,
            publisher,
            subject,
            level,
            language,
            license,
            jurisdiction,
            quads,
            card,
        }
    }
}

fn text(builder: &mut SchemaBuilder, name: &str, options: impl Into<TextOptions>) -> Field {
    builder.add_text_field(name, options)
}

/// A field whose tokens we make ourselves.
fn tokens(option: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(RAW).set_index_option(option);
    TextOptions::default().set_indexing_options(indexing)
}

/// A field of values: found however they are spelled, counted as they are written.
fn value() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(VALUE)
        .set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing).set_fast(RAW)
}

/// Makes the tokenizers known to an index.
pub(crate) fn register_tokenizers(index: &tantivy::Index) {
    index.tokenizers().register(VALUE, TextAnalyzer::from(ValueTokenizer));
    index.tokenizers().register(RAW, TextAnalyzer::from(RawTokenizer::default()));
}

/// Makes one token of a value: its folded words.
#[derive(Debug, Clone, Copy)]
struct ValueTokenizer;

/// The one token of a value.
struct ValueStream {
    token: Token,
    is_done: bool,
}

impl Tokenizer for ValueTokenizer {
    type TokenStream<'a> = ValueStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ValueStream {
        let token = Token { text: fold_label(text), offset_to: text.len(), ..Token::default() };
        ValueStream { token, is_done: false }
    }
}

impl TokenStream for ValueStream {
    fn advance(&mut self) -> bool {
        !std::mem::replace(&mut self.is_done, true)
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Folds a title for comparison: case, punctuation and white space do not matter.
pub(crate) fn fold_title(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
