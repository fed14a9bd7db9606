//! Queries, as they are typed: the examples of the README, the formats, and what a query sees. Below, as they are sent over HTTP.

mod hostile;
mod limits;
mod page;
mod protocol;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::package::{guid, numbered, save};
use crate::support::{DataDir, Output};

/// A query of the README.
struct Example {
    number: usize,
    title: String,
    query: String,
}

fn examples() -> Vec<Example> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(readme).unwrap();
    let mut blocks = text.split("\n```sparql\n");
    let mut before = blocks.next().unwrap();
    blocks
        .map(|block| {
            let (query, after) = block.split_once("\n```\n").unwrap();
            let title = before.trim_end().lines().last().unwrap();
            let title = title.trim_matches('*');
            let (number, title) = title.split_once(". ").unwrap();
            before = after;
            Example {
                number: number.parse().unwrap(),
                title: title.to_owned(),
                query: query.to_owned(),
            }
        })
        .collect()
}

fn example(number: usize) -> Example {
    examples().into_iter().find(|example| example.number == number).unwrap()
}

fn sample_set() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let [frameworks, records]: [PathBuf; 2] = ["frameworks", "records"].map(|name| demo.join(name));
    DataDir::holding(&[&frameworks, &records])
}

/// The rows of an answer in CSV, without the names of the columns.
fn rows(answer: &str) -> Vec<String> {
    answer.lines().skip(1).map(|line| line.trim_end().to_owned()).collect()
}

fn ask(data: &DataDir, query: &str) -> Vec<String> {
    let said = data.feed(&["sparql", "-", "--format", "csv"], query);
    assert!(said.status <= 1 && said.stderr.is_empty(), "{query}: {said:?}");
    rows(&said.stdout)
}

#[test]
fn every_example_of_the_readme_gives_rows() {
    let data = sample_set();
    let examples = examples();
    assert!(examples.iter().map(|example| example.number).eq(1..=10));
    for Example { number, title, query } in examples {
        let user = title.split(':').next().unwrap();
        assert!(["Issuer", "Verifier", "Marketplace"].contains(&user), "{title}");
        let rows = ask(&data, &query);
        assert!(!rows.is_empty(), "{number}. {title}");
        println!("{number}. {title}: {} rows", rows.len());
    }
}

#[test]
fn examples_on_the_sample_set_find_what_is_there() {
    let data = sample_set();
    let check = |number, expected: &[&str]| {
        assert_eq!(ask(&data, &example(number).query), expected, "{number}");
    };
    check(
        2,
        &[
            "Northfield Mathematics Framework 2019,Northfield Department of Learning,27",
            "Harbor Workforce Skills Framework,Harbor Skills Council,21",
            "Harbor Workforce Skills Framework,Harbor Skills Council,8",
        ],
    );
    check(5, &["NMF.3.FR.1,,NMF.3.FR.4,", "NMF.3.NU.4,2021-07-31,,"]);
    let mut above = ask(&data, &example(4).query);
    above.sort();
    assert_eq!(
        above,
        ["NMF.3.FR,Fractions", "NMF.3.FR.A,Understand a fraction as a number of its own."]
    );
    let matched = ask(&data, &example(8).query);
    let skos = "http://www.w3.org/2004/02/skos/core#";
    let framework = "Northfield Mathematics Framework 2019";
    let expected = format!("HWS.ME.3,{skos}exactMatch,NMF.3.FR.2,{framework}");
    assert!(matched.contains(&expected), "{matched:?}");
    let records = ask(&data, &example(6).query);
    assert_eq!(records.len(), 1, "{records:?}");
    assert!(records[0].contains("northfield-mathematics-2019.json,20"), "{records:?}");
}

#[test]
fn one_example_lists_competencies_of_both_origins() {
    let query = example(1).query;
    assert!(query.contains("DISTINCT"));
    let data = sample_set();
    let rows = ask(&data, &query);
    let of_case = "NMF.3.NU.2,";
    assert!(rows.iter().any(|row| row.starts_with(of_case)), "{rows:?}");
    // The texts of the twins are the same, so that what is of the registry alone is asked for by its subject.
    let registry = ask(
        &data,
        "SELECT ?code { ?c a ceasn:Competency ; ceasn:codedNotation ?code FILTER(CONTAINS(STR(?c), '/resources/ce-')) }",
    );
    assert_eq!(registry.len(), 8, "{registry:?}");
    // A line of TSV is a row, whatever the texts in it.
    let said = data.run(&["sparql", &query, "--format", "tsv"]);
    assert_eq!(said.stdout.lines().count(), 1 + 48 + 8, "{said:?}");
}

#[test]
fn examples_about_credentials_find_what_is_there() {
    let data = sample_set();
    let required = ask(&data, &example(7).query);
    let expected = "\"Harbor Welder, Level 1\",Harbor Skills Council,What a candidate shows,HWS.WE.2,\
        Prepares and tacks a T-joint so that its gap and alignment stay within the limits of the drawing.";
    assert!(required.iter().any(|row| row == expected), "{required:?}");
    let taught = ask(&data, &example(9).query);
    let expected = "Welding in Twelve Weeks,urn:alidade:vocab:teaches,Harbor Skills Council";
    assert_eq!(taught, [expected]);
    assert_eq!(ask(&data, &example(10).query), ["Harbor Skills Council,3,5"]);
}

#[test]
fn the_state_of_the_store_is_not_seen_and_everything_else_is() {
    let data = sample_set();
    let quads = data.json(&["status"])["manifest"]["counts"]["quads"].as_u64().unwrap();
    let count = |pattern: &str| ask(&data, &format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}"));
    assert_eq!(count("?s ?p ?o"), [quads.to_string()]);
    assert_eq!(count("GRAPH ?g { ?s ?p ?o }"), [quads.to_string()]);
    assert_eq!(count("?s alidade:watermark ?o"), ["0"]);
    assert_eq!(count("GRAPH <urn:alidade:state> { ?s ?p ?o }"), ["0"]);
    let graphs = ask(&data, "SELECT ?g { GRAPH ?g {} }");
    // Two for each of eight records.
    assert_eq!(graphs.len(), 16, "{graphs:?}");
    assert!(graphs.iter().all(|graph| graph.starts_with("urn:alidade:record:")), "{graphs:?}");
}

#[test]
fn what_three_documents_state_is_there_three_times() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.json", "b.json", "c.json"] {
        save(folder.path(), name, &numbered(1, "Knots at Sea", 2));
    }
    let data = DataDir::holding(&[folder.path()]);
    let pattern = format!("{{ <urn:uuid:{}> ceasn:codedNotation ?code }}", guid(1, 2));
    assert_eq!(ask(&data, &format!("SELECT ?code {pattern}")), ["T.2"; 3]);
    assert_eq!(ask(&data, &format!("SELECT DISTINCT ?code {pattern}")), ["T.2"]);
    let graphs =
        ask(&data, &format!("SELECT ?record {{ GRAPH ?record {pattern} }} ORDER BY ?record"));
    assert!(graphs.len() == 3 && graphs[1].ends_with(":b.json"), "{graphs:?}");
    let one = format!("SELECT ?code FROM <{}> {pattern}", graphs[1]);
    assert_eq!(ask(&data, &one), ["T.2"]);
}

#[test]
fn a_table_fits_the_width_and_says_what_it_leaves_out() {
    let data = sample_set();
    let said = data.run(&["sparql", &example(1).query]);
    assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{said:?}");
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert!(lines[0].starts_with("code  ") && lines[0].ends_with("publisher"), "{}", lines[0]);
    assert!(lines.iter().all(|line| line.chars().count() <= 80), "{}", said.stdout);
    assert_eq!(lines.len(), 1 + 56 + 2, "{}", said.stdout);
    assert!(lines[58].starts_with("56 rows in generation 1; "), "{}", lines[58]);
    let short = data.run(&["sparql", "SELECT ?p { ?s ?p \"NMF.3.FR.2\" } ORDER BY ?p"]);
    assert_eq!(
        short.stdout,
        "p\nskos:notation\nceterms:codedNotation\nceasn:codedNotation\n\n3 rows in generation 1\n"
    );
    let many = data.run(&["sparql", "SELECT * { ?s ?p ?o }"]);
    assert!(many.stdout.lines().all(|line| line.chars().count() <= 80));
    let quads = data.json(&["status"])["manifest"]["counts"]["quads"].as_u64().unwrap();
    let sum = format!("\n{},{:03} rows in generation 1; ", quads / 1_000, quads % 1_000);
    assert!(many.stdout.contains(&sum), "{}", many.stdout.len());
    let none = data.run(&["sparql", "SELECT * { ?s skos:notation \"nothing like it\" }"]);
    assert_eq!((none.status, none.stdout.as_str()), (1, "0 rows in generation 1\n"));
}

#[test]
fn each_form_of_query_has_its_formats() {
    let data = sample_set();
    let select = "SELECT ?code ?text { ?c skos:notation ?code ; skos:prefLabel ?text . FILTER (?code = \"NMF.3.FR\") }";
    let said = |query: &str, format: &str| data.run(&["sparql", query, "--format", format]);
    let json: Value = serde_json::from_str(&said(select, "json").stdout).unwrap();
    assert_eq!(json["results"]["bindings"][0]["text"]["xml:lang"], "en");
    assert_eq!(said(select, "csv").stdout, "code,text\r\nNMF.3.FR,Fractions\r\n");
    assert_eq!(said(select, "tsv").stdout, "?code\t?text\n\"NMF.3.FR\"\t\"Fractions\"@en\n");
    let ask = "ASK { ?c skos:notation \"NMF.3.FR\" }";
    assert_eq!(said(ask, "table").stdout, "true\n");
    let json: Value = serde_json::from_str(&said(ask, "json").stdout).unwrap();
    assert_eq!(json["boolean"], true);
    let no = said("ASK { ?c skos:notation \"no such code\" }", "table");
    assert_eq!((no.status, no.stdout.as_str()), (1, "false\n"));
    let construct = "CONSTRUCT { ?c skos:notation ?code } WHERE { ?c skos:notation ?code FILTER (?code = \"NMF.3.FR\") }";
    let triple = "<urn:uuid:eb2c2f42-5e30-5905-b5b3-1cd892821c44> ";
    let lines = said(construct, "ntriples").stdout;
    assert_eq!(
        lines,
        format!("{triple}<http://www.w3.org/2004/02/skos/core#notation> \"NMF.3.FR\" .\n")
    );
    for format in ["turtle", "table"] {
        let turtle = said(construct, format).stdout;
        assert!(turtle.ends_with(&format!("{triple}skos:notation \"NMF.3.FR\" .\n")), "{turtle}");
    }
    let described = said("DESCRIBE <urn:uuid:eb2c2f42-5e30-5905-b5b3-1cd892821c44>", "turtle");
    assert!(described.stdout.contains("ceasn:competencyText \"Fractions\"@en"), "{described:?}");
    for (query, format) in [(select, "turtle"), (ask, "ntriples"), (construct, "csv")] {
        let refused = said(query, format);
        assert_eq!((refused.status, refused.stdout.as_str()), (2, ""), "{refused:?}");
        assert!(refused.stderr.contains("cannot be written as"), "{refused:?}");
    }
}

/// Checks that a query is refused as its own fault, in one line and with no answer.
#[track_caller]
fn check_refused(said: &Output, words: &str) {
    assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{said:?}");
    assert!(said.stderr.contains(words) && said.stderr.lines().count() == 1, "{said:?}");
}

#[test]
fn what_is_no_query_is_2_and_says_where() {
    let data = sample_set();
    let said = |query: &str| data.run(&["sparql", query]);
    check_refused(&said("SELECT *\nWHERE { ?a ?b }"), "line 2, column 15 of the query: `}`");
    check_refused(
        &said("SELECT * { ?a foaf:name ?b }"),
        "line 1, column 15 of the query: the prefix `foaf:`",
    );
    check_refused(&said("INSERT DATA { <urn:a> <urn:b> 1 }"), "this is an update");
    check_refused(&said("CLEAR ALL"), "this is an update");
    let service = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }";
    check_refused(&said(service), "SERVICE <http://127.0.0.1:9/> is refused");
    check_refused(&said("missing.rq"), "there is no file `missing.rq`");
    check_refused(
        &data.feed(&["sparql", "-"], &" ".repeat((1 << 20) + 1)),
        "more than 1048576 bytes",
    );
    let before = data.content();
    assert_eq!(before, sample_set().content(), "nothing was updated");
}

#[test]
fn a_query_may_come_from_a_file_or_the_standard_input() {
    let data = sample_set();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fractions.rq");
    let query = "# all of them\nASK { ?c skos:prefLabel \"Fractions\"@en }";
    fs::write(&path, query).unwrap();
    assert_eq!(data.run(&["sparql", path.to_str().unwrap()]).stdout, "true\n");
    assert_eq!(data.feed(&["sparql", "-"], query).stdout, "true\n");
    assert_eq!(data.run(&["sparql", query]).stdout, "true\n");
}

#[test]
fn nothing_to_ask_is_1() {
    let data = DataDir::new();
    let said = data.run(&["sparql", "ASK {}"]);
    assert_eq!(said.status, 1, "{said:?}");
    assert!(said.stderr.contains("nothing has been imported"), "{said:?}");
}
