//! The list: finding it, reading it to its end, and not taking anything else for it.

use crawler::report::Ending;
use serde_json::json;

use crate::mirror::Mirror;
use crate::server::{Case, Framework, Next, Total};

fn many(n: usize) -> Case {
    let frameworks = (0..n).map(|at| Framework::new(&format!("f{at:03}"))).collect();
    Case { frameworks, ..Case::default() }
}

fn names(n: usize) -> Vec<String> {
    (0..n).map(|at| format!("f{at:03}")).collect()
}

/// The requests for pages of the list, without what comes before the version.
fn pages(mirror: &Mirror) -> Vec<String> {
    let targets = mirror.targets().into_iter();
    let pages = targets.filter(|target| target.contains("/CFDocuments"));
    pages.map(|target| target.split_once("/ims/case/").unwrap().1.to_owned()).collect()
}

#[track_caller]
fn check_whole(mirror: &Mirror, ending: Ending, n: usize) {
    assert_eq!((mirror.frameworks(), ending), (names(n), Ending::Complete));
}

#[tokio::test]
async fn a_server_below_a_prefix_gives_all_it_lists() {
    let mirror = Mirror::of(Case { prefix: "/tenant/one", ..many(3) }).await;
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 3);
    assert_eq!((report.accepted, report.remarks, report.error), (3, vec![], None));
    let expected = [
        "/tenant/one/ims/case/v1p1/CFDocuments?limit=100&offset=0",
        "/tenant/one/ims/case/v1p1/CFPackages/f000",
        "/tenant/one/ims/case/v1p1/CFPackages/f001",
        "/tenant/one/ims/case/v1p1/CFPackages/f002",
    ];
    assert_eq!(mirror.targets(), expected);
}

#[tokio::test]
async fn a_server_of_the_first_version_is_found_and_remembered() {
    let mirror = Mirror::of(Case { versions: vec!["v1p0"], ..many(2) }).await;
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 2);
    assert_eq!(
        pages(&mirror),
        ["v1p1/CFDocuments?limit=100&offset=0", "v1p0/CFDocuments?limit=100&offset=0"]
    );
    mirror.harvest().await;
    assert_eq!(pages(&mirror), ["v1p0/CFDocuments?limit=100&offset=0"]);
}

#[tokio::test]
async fn a_page_for_people_in_one_version_leads_to_the_other() {
    let mut case = many(2);
    let page = (200, "text/html", "<html>Welcome</html>".to_owned());
    case.answers.insert("/ims/case/v1p1/CFDocuments".to_owned(), page);
    let mirror = Mirror::of(case).await;
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 2);
}

#[tokio::test]
async fn a_version_that_stops_working_gives_way_to_the_other() {
    let mirror = Mirror::of(Case { versions: vec!["v1p0"], ..many(2) }).await;
    mirror.harvest().await;
    mirror.server.case().versions = vec!["v1p1"];
    mirror.targets();
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 2);
    assert_eq!(
        pages(&mirror),
        ["v1p0/CFDocuments?limit=100&offset=0", "v1p1/CFDocuments?limit=100&offset=0"]
    );
}

#[tokio::test]
async fn an_address_that_names_its_version_is_taken_at_its_word() {
    let mut mirror = Mirror::of(Case { versions: vec!["vext"], ..many(1) }).await;
    mirror.server.case().framework("f000").versions = vec!["vext"];
    mirror.path = "/ims/case/vext/";
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 1);
    mirror.path = "/ims/case/v1p1";
    assert_eq!(mirror.harvest().await.ending, Ending::Failed);
    assert_eq!(
        pages(&mirror),
        ["vext/CFDocuments?limit=100&offset=0", "v1p1/CFDocuments?limit=100&offset=0"]
    );
}

#[tokio::test]
async fn a_server_without_a_list_fails_in_the_words_of_both_versions() {
    let mirror = Mirror::of(Case { versions: vec![], ..many(1) }).await;
    let report = mirror.harvest().await;
    assert_eq!(report.ending, Ending::Failed);
    let error = report.error.unwrap();
    assert!(
        error.contains("v1p1 answers 404: ") && error.contains("v1p0 answers 404: "),
        "{error}"
    );
    assert!(error.ends_with("not here"), "{error}");
}

#[tokio::test]
async fn a_secured_list_says_so_and_retires_nothing() {
    let mirror = Mirror::of(many(2)).await;
    mirror.harvest().await;
    let words = r#"{"message":"Invalid credentials provided 1"}"#;
    mirror.server.case().answer("/ims/case/v1p1/CFDocuments", 403, words);
    let report = mirror.harvest().await;
    assert_eq!((report.ending, mirror.frameworks()), (Ending::Secured, names(2)));
    assert!(report.error.unwrap().ends_with("403: Invalid credentials provided 1"));
}

#[tokio::test]
async fn an_error_with_a_status_of_success_is_no_empty_list() {
    for body in [
        r#"{"imsx_codeMajor":"failure","imsx_severity":"error","imsx_description":"database is down"}"#,
        r#"{"message":"database is down"}"#,
        r#"[{"error":"database is down"}]"#,
        "{}",
    ] {
        let mirror = Mirror::of(many(2)).await;
        mirror.harvest().await;
        mirror.server.case().answer("/ims/case/v1p1/CFDocuments", 200, body);
        mirror.server.case().answer("/ims/case/v1p0/CFDocuments", 200, body);
        for _ in 0..2 {
            let report = mirror.harvest().await;
            assert_eq!((report.ending, report.missing, report.withdrawn), (Ending::Failed, 0, 0));
        }
        assert_eq!(mirror.frameworks(), names(2), "{body}");
    }
}

#[tokio::test]
async fn a_bare_array_that_ignores_paging_is_the_whole_list() {
    let case = Case { is_bare: true, total: Total::Unsaid, ignores_offset: true, ..many(19) };
    let mirror = Mirror::of(case).await;
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 19);
    assert_eq!(pages(&mirror).len(), 2);
}

#[tokio::test]
async fn without_a_total_the_end_is_proven_by_two_empty_pages() {
    let mirror = Mirror::of(Case { total: Total::Unsaid, ..many(120) }).await;
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 120);
    let offsets: Vec<String> = pages(&mirror)
        .iter()
        .map(|page| page.split_once("offset=").unwrap().1.to_owned())
        .collect();
    assert_eq!(offsets, ["0", "100", "120", "220"]);
}

#[tokio::test]
async fn links_of_the_server_itself_are_followed() {
    let mirror = Mirror::of(Case { next: Next::Here, most_rows: 50, ..many(120) }).await;
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 120);
    let pages = pages(&mirror);
    assert_eq!(pages.len(), 3);
    assert_eq!(pages[2], "v1p1/CFDocuments?limit=50&offset=100&token=x");
}

#[tokio::test]
async fn links_to_another_host_are_not_followed() {
    let mirror = Mirror::of(Case { next: Next::Elsewhere, most_rows: 50, ..many(120) }).await;
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 120);
    assert_eq!(pages(&mirror).len(), 3);
}

#[tokio::test]
async fn neither_sort_nor_filter_nor_fields_are_ever_sent() {
    let mirror = Mirror::of(Case { total: Total::Body, ..many(230) }).await;
    mirror.harvest().await;
    for page in pages(&mirror) {
        assert!(page.starts_with("v1p1/CFDocuments?limit=100&offset="), "{page}");
    }
}

#[tokio::test]
async fn an_empty_page_in_the_middle_is_not_the_end() {
    let mut case = Case { total: Total::Body, slices_first: true, ..many(250) };
    case.frameworks[100..200].iter_mut().for_each(|one| one.is_private = true);
    let mirror = Mirror::of(case).await;
    let report = mirror.harvest().await;
    assert_eq!((report.ending, mirror.frameworks().len()), (Ending::Complete, 150));
    assert_eq!(report.remarks, ["the list promises 250 frameworks and shows 150"]);
}

#[tokio::test]
async fn a_list_that_shows_less_than_it_promises_is_walked_twice() {
    let mut case = Case { total: Total::Body, slices_first: true, ..many(3) };
    case.framework("f001").is_private = true;
    let mirror = Mirror::of(case).await;
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.accepted), (Ending::Complete, 2));
    assert_eq!(pages(&mirror).iter().filter(|page| page.ends_with("offset=0")).count(), 2);
}

#[tokio::test]
async fn pages_that_are_cut_below_the_size_they_claim_lose_no_rows() {
    let case = Case { total: Total::Body, most_rows: 40, ..many(100) };
    let mirror = Mirror::of(case).await;
    let body = json!({
        "CFDocuments": (0..40).map(|at| json!({"identifier": format!("f{at:03}")})).collect::<Vec<_>>(),
        "total": 100,
        "limit": 100,
    });
    mirror.server.case().answer(
        "/ims/case/v1p1/CFDocuments?limit=100&offset=0",
        200,
        &body.to_string(),
    );
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 100);
}

#[tokio::test]
async fn a_server_that_turns_no_pages_is_asked_once_for_as_many_as_it_promises() {
    let mirror = Mirror::of(Case { ignores_offset: true, ..many(230) }).await;
    let report = mirror.harvest().await;
    check_whole(&mirror, report.ending, 230);
    assert_eq!(
        pages(&mirror),
        [
            "v1p1/CFDocuments?limit=100&offset=0",
            "v1p1/CFDocuments?limit=100&offset=100",
            "v1p1/CFDocuments?limit=230&offset=0"
        ]
    );
}

#[tokio::test]
async fn a_list_that_loses_other_rows_each_time_is_incomplete() {
    let page = |identifiers: &[&str]| {
        let rows: Vec<_> = identifiers.iter().map(|one| json!({"identifier": one})).collect();
        json!({"CFDocuments": rows, "total": 5, "limit": 2}).to_string()
    };
    let mirror = Mirror::of(many(5)).await;
    mirror.harvest().await;
    mirror.server.case().remove("f004");
    let once = [page(&["f000", "f001"]), page(&["f002"]), page(&[])];
    let again = [page(&["f000", "f001"]), page(&["f003"]), page(&[])];
    mirror.server.case().script = once.into_iter().chain(again).collect();
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.missing, report.unchanged), (Ending::Partial, 0, 4));
    assert_eq!(report.remarks, ["the list promises 5 frameworks and shows 3"]);
    assert!(report.error.unwrap().ends_with("other frameworks each time"));
    assert!(mirror.server.case().script.is_empty());
}

#[tokio::test]
async fn a_list_that_breaks_off_is_harvested_as_far_as_it_went() {
    let mirror = Mirror::of(many(150)).await;
    mirror.harvest().await;
    mirror.server.case().answer(
        "/ims/case/v1p1/CFDocuments?limit=100&offset=100",
        400,
        r#"{"message":"no"}"#,
    );
    mirror.server.case().framework("f007").words = "second words".to_owned();
    mirror.server.case().remove("f149");
    for accepted in [1, 0] {
        let report = mirror.harvest().await;
        assert_eq!(
            (report.ending, report.accepted, report.unchanged),
            (Ending::Partial, accepted, 100 - accepted)
        );
        assert_eq!((report.missing, report.withdrawn), (0, 0));
        assert!(report.error.unwrap().ends_with("answers 400: no"));
    }
    assert_eq!(mirror.frameworks(), names(150));
}
