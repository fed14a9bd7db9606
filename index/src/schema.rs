//! The fields of the text index. Three sorts of documents share it: resources, alignments and records.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{
    AsciiFoldingFilter, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};

/// The version of the fields; an index of another version is rebuilt.
pub(crate) const SCHEMA_VERSION: u64 = 3;

/// The name of the tokenizer for prose.
const PROSE: &str = "alidade_prose";

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
    /// The hash of the framework's key.
    pub framework_key: Field,
    /// The hashes of the parents' keys.
    pub parent_key: Field,
    /// The hash of the origin of an alignment.
    pub links_from: Field,
    /// The hash of the target of an alignment.
    pub links_to: Field,
    /// The folded code.
    pub code: Field,
    /// The folded title of a framework.
    pub title: Field,
    /// Names and labels.
    pub name: Field,
    /// Statements and descriptions.
    pub text: Field,
    /// Notes, keywords, subjects, the framework's title.
    pub about: Field,
    /// `current`, `withdrawn` or `provisional`.
    pub status: Field,
    /// The number of quads of a record.
    pub quads: Field,
    /// The card, as JSON.
    pub card: Field,
}

impl Fields {
    /// Lays out the fields.
    pub(crate) fn new() -> Self {
        let mut builder = Schema::builder();
        let prose = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(PROSE)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        );
        let sort = builder.add_text_field("sort", STRING);
        let record = builder.add_text_field("record", STRING);
        let source = builder.add_text_field("source", STRING | FAST);
        let kind = builder.add_text_field("kind", STRING | FAST);
        let class = builder.add_text_field("class", STRING);
        let alias_key = builder.add_u64_field("alias_key", INDEXED);
        let framework_key = builder.add_u64_field("framework_key", INDEXED);
        let parent_key = builder.add_u64_field("parent_key", INDEXED);
        let links_from = builder.add_u64_field("links_from", INDEXED);
        let links_to = builder.add_u64_field("links_to", INDEXED);
        let code = builder.add_text_field("code", STRING);
        let title = builder.add_text_field("title", STRING);
        let name = builder.add_text_field("name", prose.clone());
        let text = builder.add_text_field("text", prose.clone());
        let about = builder.add_text_field("about", prose);
        let status = builder.add_text_field("status", STRING);
        let quads = builder.add_u64_field("quads", FAST);
        let card = builder.add_text_field("card", STORED);
        let schema = builder.build();
        Self {
            schema,
            sort,
            record,
            source,
            kind,
            class,
            alias_key,
            framework_key,
            parent_key,
            links_from,
            links_to,
            code,
            title,
            name,
            text,
            about,
            status,
            quads,
            card,
        }
    }
}

/// The tokenizer for prose: words in lower case, without accents, by their English stem.
pub(crate) fn prose_tokenizer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(80))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::default())
        .build()
}

/// Makes the tokenizer known to an index.
pub(crate) fn register_tokenizers(index: &tantivy::Index) {
    index.tokenizers().register(PROSE, prose_tokenizer());
}

/// Folds a title for comparison: case, punctuation and white space do not matter.
pub(crate) fn fold_title(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
