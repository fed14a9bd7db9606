//! Packages: finding them, asking no more than is needed, and what is wanted of them.

use std::sync::Arc;
use std::time::Duration;

use crawler::report::Ending;
use crawler::source::case::CaseScope;
use serde_json::json;
use tokio::sync::Barrier;
use tokio::time::timeout;

use crate::mirror::Mirror;
use crate::server::{Case, Framework, Next, TOKEN, Total, Validator};

const STAMP: &str = "Thu, 01 Jan 2026 00:00:00 GMT";

/// The requests for packages, without what comes before the version.
fn packages(mirror: &Mirror) -> Vec<String> {
    let targets = mirror.targets().into_iter();
    let packages = targets.filter(|target| !target.contains("/CFDocuments"));
    packages.map(|target| target.replace("/ims/case/", "").replace("CFPackages/", "")).collect()
}

fn named(frameworks: &[&str]) -> CaseScope {
    CaseScope {
        frameworks: frameworks.iter().map(|&one| one.to_owned()).collect(),
        subjects: Vec::new(),
    }
}

#[tokio::test]
async fn a_package_with_an_identifier_of_its_own_is_found() {
    let mut case = Case::of(&["a"]);
    case.framework("a").package = "p".to_owned();
    let mirror = Mirror::of(case).await;
    assert_eq!(mirror.harvest().await.ending, Ending::Complete);
    assert_eq!(
        (mirror.frameworks(), packages(&mirror)),
        (vec!["a".to_owned()], vec!["v1p1/p".to_owned()])
    );
}

#[tokio::test]
async fn what_the_list_says_of_the_package_may_be_anything() {
    for link in [
        json!(null),
        json!("https://elsewhere.example/p"),
        json!("a/b"),
        json!({}),
        json!({"uri": "http://169.254.169.254/"}),
        json!(7),
    ] {
        let mut case = Case::of(&["a"]);
        case.framework("a").link = Some(link);
        let mirror = Mirror::of(case).await;
        assert_eq!(mirror.harvest().await.ending, Ending::Complete);
        assert_eq!(packages(&mirror), ["v1p1/a"]);
    }
}

#[tokio::test]
async fn an_address_on_the_server_itself_is_the_last_resort_and_then_the_first() {
    let mut case = Case::of(&["a"]);
    case.framework("a").package = "p".to_owned();
    case.framework("a").link = Some(json!("/ims/case/v1p1/CFPackages/p"));
    let mirror = Mirror::of(case).await;
    assert_eq!(mirror.harvest().await.ending, Ending::Complete);
    assert_eq!(packages(&mirror), ["v1p1/a", "v1p1/p"]);
    mirror.harvest().await;
    assert_eq!(packages(&mirror), ["v1p1/p"]);
}

#[tokio::test]
async fn an_address_on_another_host_is_never_asked() {
    let elsewhere = Mirror::of(Case::of(&["a"])).await;
    let mut case = Case::of(&["a"]);
    case.framework("a").package = "p".to_owned();
    case.framework("a").link =
        Some(json!(format!("http://{}/ims/case/v1p1/CFPackages/a", elsewhere.server.address())));
    let mirror = Mirror::of(case).await;
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.refused), (Ending::Partial, 1));
    let reason = &report.refusals[0].reason;
    assert!(
        reason.contains("/CFPackages/a` answers 404: ") && reason.ends_with("not here"),
        "{reason}"
    );
    assert_eq!(packages(&mirror), ["v1p1/a", "v1p0/a"]);
    assert_eq!(elsewhere.targets(), Vec::<String>::new());
}

#[tokio::test]
async fn a_framework_of_the_other_version_is_found_there_and_remembered() {
    let mut case = Case::of(&["a", "b"]);
    case.framework("a").versions = vec!["v1p0"];
    let mirror = Mirror::of(case).await;
    assert_eq!(mirror.harvest().await.ending, Ending::Complete);
    assert_eq!(packages(&mirror), ["v1p1/a", "v1p0/a", "v1p1/b"]);
    mirror.harvest().await;
    assert_eq!(packages(&mirror), ["v1p0/a", "v1p1/b"]);
}

#[tokio::test]
async fn a_remembered_address_that_stops_working_gives_way() {
    let mut case = Case::of(&["a"]);
    case.framework("a").versions = vec!["v1p0"];
    let mirror = Mirror::of(case).await;
    mirror.harvest().await;
    mirror.server.case().framework("a").versions = vec!["v1p1"];
    packages(&mirror);
    assert_eq!(mirror.harvest().await.ending, Ending::Complete);
    assert_eq!(packages(&mirror), ["v1p0/a", "v1p1/a"]);
}

#[tokio::test]
async fn what_cannot_be_used_leads_to_the_next_address() {
    for (status, body) in
        [(300, ""), (400, "{}"), (406, ""), (200, r#"{"CFDocument":{"identifier":"b"}}"#)]
    {
        let mut case = Case::of(&["a"]);
        case.framework("a").link = Some(json!({"identifier": "x"}));
        case.answer("/ims/case/v1p1/CFPackages/x", status, body);
        let mirror = Mirror::of(case).await;
        assert_eq!(mirror.harvest().await.ending, Ending::Complete, "{status}");
        assert_eq!(packages(&mirror), ["v1p1/x", "v1p1/a"]);
    }
}

#[tokio::test]
async fn one_secured_framework_stops_no_other() {
    let mut case = Case::of(&["a", "b", "c"]);
    case.answer("/ims/case/v1p1/CFPackages/b", 403, r#"{"message":"subscribe"}"#);
    let mirror = Mirror::of(case).await;
    let report = mirror.harvest().await;
    assert_eq!(
        (report.ending, mirror.frameworks()),
        (Ending::Partial, vec!["a".to_owned(), "c".to_owned()])
    );
    let [remark] = report.remarks.as_slice() else { panic!("{:?}", report.remarks) };
    assert!(
        remark.contains("other credentials: 1;") && remark.ends_with("403: subscribe"),
        "{remark}"
    );
    assert_eq!(packages(&mirror), ["v1p1/a", "v1p1/b", "v1p1/c"]);
}

#[tokio::test]
async fn one_broken_framework_stops_no_other() {
    let mut case = Case::of(&["a", "b", "c"]);
    case.answer("/ims/case/v1p1/CFPackages/b", 500, "oops");
    let mirror = Mirror { at_once: 3, ..Mirror::of(case).await };
    let report = mirror.harvest().await;
    assert_eq!(
        (report.ending, mirror.frameworks()),
        (Ending::Partial, vec!["a".to_owned(), "c".to_owned()])
    );
    assert_eq!((report.refused, report.refusals[0].place.as_str()), (1, "CFPackages/b"));
}

#[tokio::test]
async fn as_many_packages_are_under_way_as_the_source_allows() {
    let gate = Some(Arc::new(Barrier::new(2)));
    let case = Case { gate, ..Case::of(&["a", "b", "c", "d"]) };
    let mirror = Mirror { at_once: 2, ..Mirror::of(case).await };
    let report = timeout(Duration::from_mins(1), mirror.harvest()).await.unwrap();
    assert_eq!((report.ending, report.accepted), (Ending::Complete, 4));
}

#[tokio::test]
async fn a_document_about_a_person_is_counted_and_not_looked_for_elsewhere() {
    let mut case = Case::of(&["a"]);
    case.framework("a").link = Some(json!({"identifier": "x"}));
    case.answer("/ims/case/v1p1/CFPackages/x", 200, r#"{"credentialSubject":{}}"#);
    let mirror = Mirror::of(case).await;
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.about_people, report.refused), (Ending::Partial, 1, 0));
    assert_eq!(packages(&mirror), ["v1p1/x"]);
}

#[tokio::test]
async fn a_tag_spares_what_has_not_changed() {
    let mirror = Mirror::of(Case { validator: Validator::ETag, ..Case::of(&["a", "b"]) }).await;
    mirror.harvest().await;
    mirror.server.case().framework("b").words = "second words".to_owned();
    mirror.server.case().asked();
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.not_modified, report.accepted), (Ending::Complete, 1, 1));
    let asked = mirror.server.case().asked();
    assert!(asked[0].headers.get("if-none-match").is_none(), "a list is read anew");
    assert_eq!(asked[1].headers.get("if-none-match").unwrap(), "\"first words\"");
    assert_eq!((asked[1].status, asked[2].status), (304, 200));
}

#[tokio::test]
async fn a_date_that_is_the_stamp_of_the_document_proves_nothing() {
    let mirror = Mirror::of(Case { validator: Validator::Stamp(STAMP), ..Case::of(&["a"]) }).await;
    mirror.harvest().await;
    mirror.server.case().framework("a").words = "second words".to_owned();
    let report = mirror.harvest().await;
    assert_eq!((report.accepted, report.not_modified), (1, 0));
    assert!(mirror.memory.held()["CFPackages/a"].contains("second words"));
    let asked = mirror.server.case().asked();
    assert!(asked.iter().all(|asked| asked.headers.get("if-modified-since").is_none()));
}

#[tokio::test]
async fn another_date_spares_what_has_not_changed() {
    let later = Validator::Stamp("Thu, 01 Jan 2026 00:00:01 GMT");
    let mirror = Mirror::of(Case { validator: later, ..Case::of(&["a"]) }).await;
    mirror.harvest().await;
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.not_modified), (Ending::Complete, 1));
}

#[tokio::test]
async fn a_package_is_asked_for_whatever_its_stamp_says() {
    let mirror = Mirror::of(Case::of(&["a", "b"])).await;
    mirror.harvest().await;
    mirror.server.case().framework("b").words = "second words".to_owned();
    let report = mirror.harvest().await;
    assert_eq!((report.unchanged, report.accepted), (1, 1));
}

#[tokio::test]
async fn only_named_frameworks_are_taken_and_hidden_ones_are_asked_for() {
    let upper = "6B9BF846-D7CC-11E8-824F-0242AC160002";
    let mut case = Case::of(&["a", &upper.to_lowercase(), "hidden", "z"]);
    case.framework("hidden").is_hidden = true;
    let mirror = Mirror { scope: named(&[upper, "hidden"]), ..Mirror::of(case).await };
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.accepted), (Ending::Complete, 2));
    assert_eq!(mirror.frameworks(), [upper.to_lowercase(), "hidden".to_owned()]);
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.unchanged, report.remarks), (Ending::Complete, 2, vec![]));
}

#[tokio::test]
async fn a_named_framework_that_never_was_there_is_said_to_be_missing() {
    let mirror = Mirror { scope: named(&["x"]), ..Mirror::of(Case::of(&["a"])).await };
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.missing), (Ending::Partial, 0));
    assert_eq!(report.refusals[0].place, "CFPackages/x");
}

#[tokio::test]
async fn a_named_framework_that_goes_is_withdrawn_after_two_looks() {
    let mirror = Mirror { scope: named(&["a"]), ..Mirror::of(Case::of(&["a", "b"])).await };
    mirror.harvest().await;
    mirror.server.case().remove("a");
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.missing, report.withdrawn), (Ending::Partial, 1, 0));
    let report = mirror.harvest().await;
    assert_eq!((report.withdrawn, mirror.frameworks().len()), (1, 0));
}

#[tokio::test]
async fn only_frameworks_of_named_subjects_are_taken() {
    let mut case = Case::of(&["a", "b", "c"]);
    case.framework("a").subject = json!("Mathematics");
    case.framework("b").subject = json!(["Art", "MATHEMATICS"]);
    case.framework("c").subject = json!(["Art"]);
    let scope = CaseScope { subjects: vec!["mathematics".to_owned()], ..CaseScope::default() };
    let mirror = Mirror { scope, ..Mirror::of(case).await };
    assert_eq!(mirror.harvest().await.ending, Ending::Complete);
    assert_eq!(mirror.frameworks(), ["a", "b"]);
}

#[tokio::test]
async fn a_run_that_is_stopped_says_so() {
    let mirror = Mirror { is_stopped: true, ..Mirror::of(Case::of(&["a"])).await };
    let report = mirror.harvest().await;
    assert_eq!((report.ending, mirror.frameworks().len()), (Ending::Stopped, 0));
}

#[tokio::test]
async fn all_of_it_together_ends_as_on_a_plain_server() {
    let frameworks: Vec<Framework> =
        (0..240).map(|at| Framework::new(&format!("f{at:03}"))).collect();
    let plain = Mirror::of(Case { frameworks: frameworks.clone(), ..Case::default() }).await;
    let mut case = Case {
        prefix: "/x",
        total: Total::Body,
        next: Next::Elsewhere,
        validator: Validator::ETag,
        slices_first: true,
        frameworks,
        ..Case::default()
    };
    for (at, framework) in case.frameworks.iter_mut().enumerate() {
        framework.is_private = at % 5 == 0;
        framework.versions.retain(|version| at % 3 > 0 || *version == "v1p0");
    }
    let odd = Mirror { at_once: 8, token: Some(TOKEN), ..Mirror::of(case).await };
    assert_eq!(plain.harvest().await.ending, Ending::Complete);
    assert_eq!(odd.harvest().await.ending, Ending::Complete);
    assert_eq!(plain.memory.held(), odd.memory.held());
}

#[tokio::test]
async fn a_tag_is_sent_only_where_the_package_came_from_last() {
    let mut case = Case { validator: Validator::ETag, ..Case::of(&["a"]) };
    case.framework("a").link = Some(json!(null));
    let mirror = Mirror::of(case).await;
    mirror.harvest().await;
    mirror.server.case().framework("a").versions = vec!["v1p0"];
    assert_eq!(mirror.harvest().await.ending, Ending::Complete);
    mirror.server.case().framework("a").versions = vec!["v1p1"];
    mirror.server.case().asked();
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.not_modified), (Ending::Complete, 0));
    let asked = mirror.server.case().asked().pop().unwrap();
    assert_eq!((asked.target.as_str(), asked.status), ("/ims/case/v1p1/CFPackages/a", 200));
    assert!(asked.headers.get("if-none-match").is_none());
}

#[tokio::test]
async fn what_is_too_long_to_be_remembered_ends_no_run() {
    let mut case = Case { validator: Validator::ETag, ..Case::of(&["a", "b"]) };
    let framework = case.framework("a");
    framework.words = "x".repeat(70_000);
    framework.subject = (0..20_000).map(|n| format!("subject {n}")).collect();
    framework.link = Some(json!(format!("/{}", "x".repeat(70_000))));
    let mirror = Mirror::of(case).await;
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.accepted, report.error), (Ending::Complete, 2, None));
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.unchanged, report.not_modified), (Ending::Complete, 1, 1));
}

#[tokio::test]
async fn a_package_that_breaks_whoever_reads_it_stops_no_other() {
    let mut case = Case::of(&["a", "b", "c"]);
    case.answer("/ims/case/v1p1/CFPackages/b", 200, r#"{"unreadable":true}"#);
    let mirror = Mirror::of(case).await;
    let report = mirror.harvest().await;
    assert_eq!((report.ending, report.accepted, report.refused), (Ending::Partial, 2, 1));
    assert!(report.refusals[0].reason.contains("could not be read"), "{:?}", report.refusals);
}
