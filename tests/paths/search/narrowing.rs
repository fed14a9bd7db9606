//! What filters let pass, and what facets count.

use serde_json::{Value, json};

use crate::paths::search::{CERTIFICATE, ask, check_found, item, keys, shop};
use crate::paths::serve::problem;
use crate::support::http::Server;
use crate::support::package::guid;

#[test]
fn everything_is_listed_without_a_question() {
    let data = shop();
    let server = Server::of(&data);
    let all = ask(&server, "limit=100");
    assert_eq!(all["total"], 10);
    assert_eq!(keys(&all).len(), 10);
    for query in ["q=&limit=100", "q=*&limit=100", "q=+&limit=100"] {
        assert_eq!(keys(&ask(&server, query)), keys(&all), "{query}");
    }
    let typed = data.json(&["search", "--limit", "100"]);
    assert_eq!(keys(&typed["results"]), keys(&all));
    let typed = data.json(&["search", "*", "--limit", "100"]);
    assert_eq!(keys(&typed["results"]), keys(&all));
}

#[test]
fn every_filter_lets_pass_what_it_names() {
    let data = shop();
    let server = Server::of(&data);
    let certificate = [format!("ctid:{CERTIFICATE}")];
    let carpenters: Vec<String> = (0..5).map(|n| item(1, n)).collect();
    let bakers: Vec<String> = (0..4).map(|n| item(2, n)).collect();
    let check = |query: &str, expected: &[String]| check_found(&server, query, expected);
    check("kind=framework", &[item(1, 0), item(2, 0)]);
    check("kind=credential", &certificate);
    check("class=ceterms:Certificate", &certificate);
    check("class=ceterms:Credential", &certificate);
    check("class=ceterms:Badge", &[]);
    check(&format!("framework={}", guid(2, 0)), &bakers);
    check("publisher=the+joiners", &carpenters);
    check("publisher=The+Bakers", &bakers);
    check("subject=BAKING", &[item(2, 0)]);
    check("level=K", &[item(1, 2)]);
    check("level=KG", &[item(1, 2)]);
    check("level=3", &[item(1, 1)]);
    check("level=10", &[item(1, 3)]);
    check("level=9-12", &[item(1, 3)]);
    check("level=8", &[]);
    check("status=deprecated", &[item(1, 4)]);
    check("status=deprecated&asOf=2019-12-01", &[]);
    check("kind=competency&aligned=true", &[item(1, 1), item(2, 1)]);
    check("kind=competency&aligned=false&publisher=The+Bakers", &[item(2, 2), item(2, 3)]);
    check("language=de", &[]);
    check("subject=nobody+knows+it", &[]);
    let source = data.source();
    assert_eq!(ask(&server, &format!("source={source}"))["total"], 10);
    check("source=elsewhere", &[]);
    assert_eq!(ask(&server, "language=en")["total"], 10);
}

#[test]
fn values_of_one_filter_are_alternatives_and_different_filters_must_all_be_met() {
    let server = Server::of(&shop());
    check_found(&server, "level=K&level=10", &[item(1, 2), item(1, 3)]);
    check_found(&server, "level=K&level=10&publisher=The+Bakers", &[]);
    check_found(&server, "kind=framework&kind=credential&subject=Baking", &[item(2, 0)]);
    check_found(
        &server,
        "q=fractions&framework=00000002-0000-4000-8000-000000000000",
        &[item(2, 1)],
    );
}

/// The counts of a facet by their values.
fn counts(results: &Value, facet: &str) -> Value {
    let counted =
        results["facets"][facet].as_array().unwrap_or_else(|| panic!("no {facet}: {results}"));
    let pairs = counted
        .iter()
        .map(|counted| (counted["value"].as_str().unwrap().to_owned(), counted["count"].clone()));
    Value::Object(pairs.collect())
}

#[test]
fn facets_count_every_hit_once_and_without_their_own_filter() {
    let server = Server::of(&shop());
    let results = ask(&server, "facets=kind,framework,aligned,level&limit=0");
    assert_eq!(
        counts(&results, "kind"),
        json!({ "competency": 7, "framework": 2, "credential": 1 })
    );
    assert_eq!(counts(&results, "framework"), json!({ item(1, 0): 5, item(2, 0): 4 }));
    assert_eq!(counts(&results, "aligned"), json!({ "false": 8, "true": 2 }));
    let levels = counts(&results, "level");
    assert_eq!(
        (&levels["K"], &levels["3"], &levels["10"]),
        (&json!(1), &json!(1), &json!(1)),
        "{levels}"
    );
    let label = &results["facets"]["framework"][0]["label"];
    assert_eq!(label, "Sums for Carpenters");
    // Its own filter changes nothing for a facet, and those of others do.
    let results = ask(&server, "kind=framework&facets=kind&facets=subject&limit=0");
    assert_eq!(results["total"], 2);
    assert_eq!(
        counts(&results, "kind"),
        json!({ "competency": 7, "framework": 2, "credential": 1 })
    );
    assert_eq!(counts(&results, "subject"), json!({ "Baking": 1, "Carpentry": 1 }));
    let results = ask(&server, "q=fractions&facets=kind&limit=0");
    assert_eq!(counts(&results, "kind")["competency"], 2);
}

#[test]
fn the_value_of_a_facet_is_one_of_its_filter() {
    let server = Server::of(&shop());
    let names = "kind,class,framework,publisher,source,subject,level,language,status,license,aligned,jurisdiction";
    let results = ask(&server, &format!("facets={names}&limit=0"));
    for (facet, values) in results["facets"].as_object().unwrap() {
        for counted in values.as_array().unwrap() {
            let value = crate::support::http::encoded(counted["value"].as_str().unwrap());
            let found = ask(&server, &format!("{facet}={value}&limit=0"));
            assert_eq!(found["total"], counted["count"], "{facet}={value}");
        }
    }
}

#[test]
fn what_is_no_filter_or_no_value_of_one_is_named() {
    let server = Server::of(&shop());
    for (query, parameter) in [
        ("kind=planet", "kind"),
        ("framework=a+b", "framework"),
        ("status=gone", "status"),
        ("aligned=maybe", "aligned"),
        ("subject=", "subject"),
        ("facets=planet", "facets"),
        ("sort=size", "sort"),
        ("limit=ten", "limit"),
        ("limit=101", "limit"),
        ("highlight=yes", "highlight"),
        ("explain=1", "explain"),
        ("asOf=yesterday", "asOf"),
        ("offset=1&cursor=abc", "offset"),
    ] {
        let doors: &[&str] = match parameter {
            "kind" | "framework" | "status" | "aligned" | "subject" | "asOf" => {
                &["search?q=a", "autocomplete?q=a", "similar?text=a"]
            }
            _ => &["search?q=a"],
        };
        for door in doors {
            let answer = server.get(&format!("/v1/{door}&{query}"));
            let told = problem(&answer, 400, "invalid-parameter");
            assert_eq!(told["parameter"], parameter, "{door} {query}: {told}");
        }
    }
    let told = problem(&server.get("/v1/search?kinds=framework"), 400, "unknown-parameter");
    assert!(told["known"].to_string().contains("\"kind\""), "{told}");
    let told = problem(&server.get("/v1/search?q=a&q=b"), 400, "repeated-parameter");
    assert_eq!(told["parameter"], "q");
}
