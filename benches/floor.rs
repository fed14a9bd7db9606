//! The three stores without us: zstd, oxigraph and tantivy, fed with what an import put into them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use index::Reader;
use ontology::{Provenance, normalize, write_quads};
use oxigraph::store::Store;
use oxrdf::Quad;
use tantivy::directory::MmapDirectory;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption, Schema, Type, Value};
use tantivy::tokenizer::{
    AsciiFoldingFilter, LowerCaser, PreTokenizedString, RawTokenizer, RemoveLongFilter,
    SimpleTokenizer, Stemmer, TextAnalyzer, Token,
};
use tantivy::{DocAddress, DocSet, Index, SegmentReader, TERMINATED, TantivyDocument};

use crate::pair::{best, timed};

/// As much memory as the import gives to tantivy.
const WRITER_MEMORY: usize = 48 * 1024 * 1024;

/// What goes into the stores.
pub(crate) struct Floor {
    /// The bodies, one after another.
    body: Vec<u8>,
    quads: Vec<Quad>,
    schema: Schema,
    documents: Vec<TantivyDocument>,
    /// How long each store took, turn by turn.
    parts: RefCell<[Vec<Duration>; 3]>,
}

impl Floor {
    /// Takes documents out of a generation, as an import put them into it, and quads out of the body: their order matters to
    /// oxigraph, and the order of a store is not that of an import.
    pub(crate) fn of(reader: &Reader, bodies: &[Vec<u8>]) -> Self {
        let numbered = bodies.iter().enumerate();
        let quads = numbered.flat_map(|(number, body)| quads_of(number, body)).collect();
        let body = bodies.concat();
        let index = open_text(reader.folder());
        let searcher = index.reader().unwrap().searcher();
        let segments = searcher.segment_readers().iter().zip(0..);
        let mut documents = Vec::new();
        for (segment, ordinal) in segments {
            let mut own = indexed(segment, &index.schema());
            let card = index.schema().get_field("card").unwrap();
            for (doc, document) in (0..).zip(&mut own) {
                let stored: TantivyDocument = searcher.doc(DocAddress::new(ordinal, doc)).unwrap();
                document.add_text(card, stored.get_first(card).unwrap().as_str().unwrap());
            }
            documents.extend(own);
        }
        Self { body, quads, schema: index.schema(), documents, parts: RefCell::default() }
    }

    /// How many quads there are.
    pub(crate) fn n_quads(&self) -> usize {
        self.quads.len()
    }

    /// Feeds all three stores, one after another.
    pub(crate) fn feed(&self, to: &Path) {
        let [body, graph, text] = ["body.zst", "graph", "text"].map(|name| to.join(name));
        let took = [
            timed(|| self.write_body(&body)),
            timed(|| self.load_quads(&graph)),
            timed(|| self.index_documents(&text)),
        ];
        self.parts.borrow_mut().iter_mut().zip(took).for_each(|(part, took)| part.push(took));
    }

    /// Prints what the floor is made of, where it was measured.
    pub(crate) fn print_parts(&self) {
        let parts = self.parts.borrow();
        let [Some(zstd), Some(oxigraph), Some(tantivy)] = parts.each_ref().map(|part| best(part))
        else {
            return;
        };
        let [zstd, oxigraph, tantivy] = [zstd, oxigraph, tantivy].map(|part| part.as_millis());
        let (quads, documents, bytes) = (self.quads.len(), self.documents.len(), self.body.len());
        println!("of the floor: zstd {zstd} ms, oxigraph {oxigraph} ms, tantivy {tantivy} ms");
        println!("the package: {bytes} bytes, {documents} documents, {quads} quads\n");
    }

    fn write_body(&self, path: &Path) {
        let mut encoder =
            zstd::Encoder::new(File::create(path).unwrap(), zstd::DEFAULT_COMPRESSION_LEVEL)
                .unwrap();
        encoder.write_all(&self.body).unwrap();
        encoder.finish().unwrap().sync_all().unwrap();
    }

    /// Loads the quads in the quickest way that oxigraph has.
    fn load_quads(&self, path: &Path) -> Store {
        let store = Store::open(path).unwrap();
        let mut loader = store.bulk_loader().with_num_threads(1);
        loader.load_quads(self.quads.iter().cloned()).unwrap();
        loader.commit().unwrap();
        store.flush().unwrap();
        store
    }

    fn index_documents(&self, path: &Path) {
        std::fs::create_dir(path).unwrap();
        let directory = MmapDirectory::open(path).unwrap();
        let index =
            Index::create(directory, self.schema.clone(), tantivy::IndexSettings::default())
                .unwrap();
        let whole = TextAnalyzer::from(RawTokenizer::default());
        index.tokenizers().register("alidade_value", whole);
        let mut writer = index.writer_with_num_threads(1, WRITER_MEMORY).unwrap();
        for document in &self.documents {
            writer.add_document(document.clone()).unwrap();
        }
        writer.prepare_commit().unwrap().commit().unwrap();
    }
}

fn quads_of(number: usize, body: &[u8]) -> Vec<Quad> {
    let provenance = Provenance { record: number.to_string(), ..Provenance::default() };
    let normalized = normalize(body, &provenance).unwrap();
    let mut quads = Vec::new();
    write_quads(&normalized, &provenance, &mut |quad| quads.push(quad));
    quads
}

/// Opens the text index of a generation with nothing of ours in between.
pub(crate) fn open_text(generation: &Path) -> Index {
    Index::open_in_dir(generation.join("text")).unwrap()
}

/// Makes words of an English text as a plain index would.
pub(crate) fn prose() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(80))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::default())
        .build()
}

/// Reads the documents of a segment back from their terms. Only cards are stored; but the terms of a document, each in its
/// place, are a document that costs the same to index, and they follow whatever the index makes of a card.
fn indexed(segment: &SegmentReader, schema: &Schema) -> Vec<TantivyDocument> {
    let mut documents = vec![TantivyDocument::default(); segment.max_doc() as usize];
    for (field, entry) in schema.fields().filter(|(_, entry)| entry.is_indexed()) {
        let is_prose = entry.field_type().get_index_record_option()
            == Some(IndexRecordOption::WithFreqsAndPositions);
        if is_prose {
            add_prose(segment, field, &mut documents);
        } else {
            add_terms(segment, field, entry.field_type().value_type(), &mut documents);
        }
    }
    for (field, entry) in schema.fields().filter(|(_, entry)| !entry.is_indexed()) {
        add_column(segment, (field, entry.name()), &mut documents);
    }
    documents
}

/// Adds the texts that are in no index, but in a column.
fn add_column(
    segment: &SegmentReader,
    (field, name): (Field, &str),
    documents: &mut [TantivyDocument],
) {
    let Ok(Some(column)) = segment.fast_fields().str(name) else { return };
    let mut text = String::new();
    for (doc, document) in (0..).zip(documents) {
        for ordinal in column.term_ords(doc) {
            column.ord_to_str(ordinal, &mut text).unwrap();
            document.add_text(field, &text);
        }
    }
}

fn add_terms(segment: &SegmentReader, field: Field, kind: Type, documents: &mut [TantivyDocument]) {
    each_posting(segment, field, &mut |term, doc, _| match kind {
        Type::U64 => documents[doc].add_u64(field, u64::from_be_bytes(term.try_into().unwrap())),
        _ => documents[doc].add_text(field, std::str::from_utf8(term).unwrap()),
    });
}

fn add_prose(segment: &SegmentReader, field: Field, documents: &mut [TantivyDocument]) {
    let mut words: BTreeMap<usize, Vec<Token>> = BTreeMap::new();
    each_posting(segment, field, &mut |term, doc, positions| {
        let text = std::str::from_utf8(term).unwrap();
        words.entry(doc).or_default().extend(positions.iter().map(|at| token(text, *at)));
    });
    for (doc, mut tokens) in words {
        tokens.sort_by_key(|token| token.position);
        documents[doc].add_pre_tokenized_text(field, pre_tokenized(tokens));
    }
}

fn token(text: &str, position: u32) -> Token {
    let position = position as usize;
    Token { text: text.to_owned(), position, ..Token::default() }
}

fn pre_tokenized(tokens: Vec<Token>) -> PreTokenizedString {
    PreTokenizedString { text: String::new(), tokens }
}

fn each_posting(
    segment: &SegmentReader,
    field: Field,
    visit: &mut dyn FnMut(&[u8], usize, &[u32]),
) {
    let inverted = segment.inverted_index(field).unwrap();
    let mut terms = inverted.terms().stream().unwrap();
    let mut positions = Vec::new();
    while terms.advance() {
        let mut postings = inverted
            .read_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqsAndPositions)
            .unwrap();
        while postings.doc() != TERMINATED {
            postings.positions(&mut positions);
            visit(terms.key(), postings.doc() as usize, &positions);
            postings.advance();
        }
    }
}
