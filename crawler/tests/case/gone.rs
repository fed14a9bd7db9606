//! Frameworks that are gone, and those that only seem to be.

use std::time::Duration;

use crawler::report::{Ending, RunReport};
use crawler::source::case::CaseScope;

use crate::mirror::Mirror;
use crate::server::{Case, Framework, TOKEN, Validator};

async fn mirror_of_two() -> Mirror {
    let mirror = Mirror::of(Case::of(&["a", "b"])).await;
    assert_eq!(mirror.harvest().await.ending, Ending::Complete);
    mirror
}

/// What a run says of frameworks that are gone.
fn gone(report: &RunReport) -> (Ending, u64, u64) {
    (report.ending, report.missing, report.withdrawn)
}

#[tokio::test]
async fn a_framework_is_withdrawn_when_it_is_missed_a_second_time() {
    let mirror = mirror_of_two().await;
    mirror.server.case().remove("a");
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 1, 0));
    assert_eq!(mirror.frameworks(), ["a", "b"]);
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 0, 1));
    assert_eq!(mirror.frameworks(), ["b"]);
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 0, 0));
}

#[tokio::test]
async fn a_second_look_that_comes_too_soon_confirms_nothing() {
    let mut mirror = mirror_of_two().await;
    mirror.confirm_after = Duration::from_hours(24);
    mirror.server.case().remove("a");
    for _ in 0..3 {
        assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 1, 0));
    }
    mirror.confirm_after = Duration::ZERO;
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 0, 1));
}

#[tokio::test]
async fn a_framework_that_comes_back_has_to_be_missed_twice_anew() {
    for validator in [Validator::None, Validator::ETag] {
        let mirror = Mirror::of(Case { validator, ..Case::of(&["a", "b"]) }).await;
        mirror.harvest().await;
        let a = mirror.server.case().framework("a").clone();
        mirror.server.case().remove("a");
        assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 1, 0));
        mirror.server.case().frameworks.push(a);
        assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 0, 0));
        mirror.server.case().remove("a");
        assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 1, 0));
    }
}

#[tokio::test]
async fn a_framework_that_was_withdrawn_is_taken_again_when_it_is_back() {
    let mirror = Mirror::of(Case { validator: Validator::ETag, ..Case::of(&["a", "b"]) }).await;
    mirror.harvest().await;
    let a = mirror.server.case().framework("a").clone();
    mirror.server.case().remove("a");
    mirror.harvest().await;
    assert_eq!(mirror.harvest().await.withdrawn, 1);
    mirror.server.case().frameworks.push(a);
    let report = mirror.harvest().await;
    assert_eq!((report.accepted, mirror.frameworks().len()), (1, 2));
}

#[tokio::test]
async fn a_framework_that_is_not_listed_and_still_given_stays() {
    let mirror = Mirror::of(Case { validator: Validator::ETag, ..Case::of(&["a", "b"]) }).await;
    mirror.harvest().await;
    mirror.server.case().framework("a").is_hidden = true;
    mirror.server.case().framework("a").words = "second words".to_owned();
    for accepted in [1, 0] {
        let report = mirror.harvest().await;
        assert_eq!(gone(&report), (Ending::Complete, 0, 0));
        assert_eq!((report.accepted, report.not_modified), (accepted, 2 - accepted));
        assert_eq!(report.remarks, ["`a` is not listed any more, and still given"]);
    }
    assert!(mirror.memory.held()["CFPackages/a"].contains("second words"));
}

#[tokio::test]
async fn a_framework_that_nobody_says_is_gone_stays() {
    for (status, body) in [
        (401, "{}"),
        (403, "{}"),
        (500, "oops"),
        (409, "{}"),
        (200, "<html>gone</html>"),
        (200, r#"{"imsx_codeMajor":"failure","imsx_description":"no such package"}"#),
    ] {
        let mirror = mirror_of_two().await;
        mirror.server.case().remove("a");
        mirror.server.case().answer("/ims/case/v1p1/CFPackages/a", status, body);
        for _ in 0..3 {
            let report = mirror.harvest().await;
            assert_eq!(gone(&report), (Ending::Partial, 0, 0), "{status} {body}");
            assert!(report.remarks[0].starts_with("`a` is not listed any more, and nobody says"));
        }
        assert_eq!(mirror.frameworks(), ["a", "b"]);
    }
}

#[tokio::test]
async fn what_is_gone_is_asked_for_where_it_was() {
    let mut case = Case { validator: Validator::ETag, ..Case::of(&["a", "b"]) };
    case.framework("a").package = "p".to_owned();
    let mirror = Mirror::of(case).await;
    mirror.harvest().await;
    mirror.server.case().remove("a");
    mirror.server.case().asked();
    mirror.harvest().await;
    let asked = mirror.server.case().asked().pop().unwrap();
    assert_eq!((asked.target.as_str(), asked.status), ("/ims/case/v1p1/CFPackages/p", 404));
}

#[tokio::test]
async fn what_the_scope_no_longer_takes_stays_as_it_is() {
    let mut mirror = mirror_of_two().await;
    let b = CaseScope { frameworks: vec!["b".to_owned()], ..CaseScope::default() };
    let art = CaseScope { subjects: vec!["Art".to_owned()], ..CaseScope::default() };
    mirror.server.case().remove("a");
    for scope in [b, art] {
        mirror.scope = scope;
        mirror.targets();
        assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 0, 0));
        assert!(!mirror.targets().iter().any(|target| target.ends_with("/a")));
    }
    assert_eq!(mirror.frameworks(), ["a", "b"]);
}

#[tokio::test]
async fn a_framework_that_was_taken_for_its_subject_is_missed_by_it() {
    let mut case = Case::of(&["a", "b"]);
    case.framework("a").subject = serde_json::json!(["Art"]);
    let scope = CaseScope { subjects: vec!["art".to_owned()], ..CaseScope::default() };
    let mirror = Mirror { scope, ..Mirror::of(case).await };
    mirror.harvest().await;
    mirror.server.case().remove("a");
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 1, 0));
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 0, 1));
}

#[tokio::test]
async fn other_credentials_confirm_nothing() {
    let mut case = Case::of(&["a", "b", "secret"]);
    case.framework("secret").is_private = true;
    let mut mirror = Mirror::of(case).await;
    mirror.harvest().await;
    mirror.server.case().remove("a");
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 1, 0));
    mirror.token = Some(TOKEN);
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 1, 0));
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 0, 1));
}

/// A mirror with credentials that show one framework more.
async fn mirror_with_a_secret() -> Mirror {
    let mut case = Case::of(&["open", "other", "secret"]);
    case.framework("secret").is_private = true;
    let mirror = Mirror { token: Some(TOKEN), ..Mirror::of(case).await };
    assert_eq!(mirror.harvest().await.ending, Ending::Complete);
    mirror
}

#[tokio::test]
async fn credentials_that_expire_without_a_word_retire_nothing() {
    let mut mirror = mirror_with_a_secret().await;
    // The server forgets what it knew, and says of what it does not show that there is none.
    mirror.token = Some("expired");
    mirror.server.case().answer("/ims/case/v1p1/CFPackages/secret", 404, "{}");
    for _ in 0..3 {
        let report = mirror.harvest().await;
        assert_eq!(gone(&report), (Ending::Partial, 0, 0));
        assert!(report.remarks[0].contains("may have expired"), "{:?}", report.remarks);
    }
    assert_eq!(mirror.frameworks(), ["open", "other", "secret"]);
}

#[tokio::test]
async fn credentials_that_still_show_more_may_show_less_than_before() {
    let mirror = mirror_with_a_secret().await;
    mirror.server.case().remove("other");
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 1, 0));
    assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 0, 1));
    assert_eq!(mirror.frameworks(), ["open", "secret"]);
}

#[tokio::test]
async fn credentials_that_cannot_be_compared_retire_nothing() {
    let mirror = mirror_with_a_secret().await;
    mirror.server.case().remove("other");
    mirror.server.case().fails_anonymous = true;
    let report = mirror.harvest().await;
    assert_eq!(gone(&report), (Ending::Partial, 0, 0));
    assert!(report.remarks[0].contains("cannot be told"), "{:?}", report.remarks);
}

#[tokio::test]
async fn credentials_of_which_nothing_is_remembered_retire_nothing_where_they_show_no_more() {
    let mut mirror = mirror_with_a_secret().await;
    mirror.lose_state(&[("/ims/case/v1p1/CFPackages/secret", "CFPackages/secret")]);
    mirror.token = Some("expired");
    mirror.server.case().answer("/ims/case/v1p1/CFPackages/secret", 404, "{}");
    for _ in 0..3 {
        let report = mirror.harvest().await;
        assert_eq!(gone(&report), (Ending::Partial, 0, 0));
        assert!(report.remarks[0].contains("may have expired"), "{:?}", report.remarks);
    }
    assert_eq!(mirror.frameworks(), ["open", "other", "secret"]);
}

#[tokio::test]
async fn what_credentials_show_is_remembered_beside_a_framework_that_is_not_listed_any_more() {
    let case = Case::of(&["archived", "open", "other"]);
    let mut mirror = Mirror { token: Some(TOKEN), ..Mirror::of(case).await };
    mirror.harvest().await;
    mirror.server.case().framework("archived").is_hidden = true;
    for identifier in ["private", "secret"] {
        let framework = Framework { is_private: true, ..Framework::new(identifier) };
        mirror.server.case().frameworks.push(framework);
    }
    assert_eq!(mirror.harvest().await.ending, Ending::Complete);
    mirror.token = Some("expired");
    mirror.server.case().answer("/ims/case/v1p1/CFPackages/secret", 404, "{}");
    let report = mirror.harvest().await;
    assert_eq!(gone(&report), (Ending::Partial, 0, 0));
    assert!(report.remarks[0].contains("may have expired"), "{:?}", report.remarks);
}

#[tokio::test]
async fn what_everyone_sees_is_asked_once_and_without_credentials() {
    let mirror = mirror_with_a_secret().await;
    let lists = || {
        let asked = mirror.server.case().asked();
        let lists = asked.into_iter().filter(|asked| asked.target.contains("CFDocuments"));
        lists.map(|asked| asked.headers.contains_key("authorization")).collect::<Vec<_>>()
    };
    assert_eq!(lists(), [true, false]);
    mirror.harvest().await;
    assert_eq!(lists(), [true]);
}

const UPPER: &str = "6B9BF846-D7CC-11E8-824F-0242AC160002";

/// A mirror of two frameworks, of which one has a package with an identifier of its own, and is not listed any more.
async fn mirror_with_a_hidden_package(identifier: &str, package: &str) -> Mirror {
    let mut case = Case::of(&[identifier, "b"]);
    case.framework(identifier).package = package.to_owned();
    let mirror = Mirror::of(case).await;
    assert_eq!(mirror.harvest().await.ending, Ending::Complete);
    mirror.server.case().framework(identifier).is_hidden = true;
    mirror
}

#[tokio::test]
async fn a_named_framework_that_is_still_given_at_the_address_of_its_package_stays() {
    for (identifier, package) in [("a", "p"), (UPPER, UPPER)] {
        let mut mirror = mirror_with_a_hidden_package(identifier, package).await;
        let frameworks = vec![identifier.to_lowercase(), "b".to_owned()];
        mirror.scope = CaseScope { frameworks, ..CaseScope::default() };
        for _ in 0..3 {
            assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 0, 0));
        }
        assert_eq!(mirror.frameworks(), [&identifier.to_lowercase(), "b"]);
    }
}

#[tokio::test]
async fn a_framework_that_is_still_given_stays_where_its_address_is_known_from_the_ledger_alone() {
    for is_named in [false, true] {
        let mut mirror = mirror_with_a_hidden_package("a", "p").await;
        let frameworks = if is_named { vec!["a".to_owned()] } else { Vec::new() };
        mirror.scope = CaseScope { frameworks, ..CaseScope::default() };
        mirror.lose_state(&[
            ("/ims/case/v1p1/CFPackages/a", "CFPackages/a"),
            ("/ims/case/v1p1/CFPackages/p", "CFPackages/a"),
        ]);
        for _ in 0..3 {
            assert_eq!(gone(&mirror.harvest().await), (Ending::Complete, 0, 0));
        }
        mirror.server.case().remove("a");
        assert_eq!(mirror.harvest().await.missing, 1);
        assert_eq!(mirror.harvest().await.withdrawn, 1);
    }
}

#[tokio::test]
async fn a_framework_of_which_nobody_knows_where_it_came_from_stays() {
    for is_named in [false, true] {
        let mut mirror = mirror_with_a_hidden_package("a", "p").await;
        let frameworks = if is_named { vec!["a".to_owned()] } else { Vec::new() };
        mirror.scope = CaseScope { frameworks, ..CaseScope::default() };
        mirror.lose_state(&[]);
        for _ in 0..3 {
            let report = mirror.harvest().await;
            assert_eq!(gone(&report), (Ending::Partial, 0, 0));
            let said: Vec<&String> = report
                .remarks
                .iter()
                .chain(report.refusals.iter().map(|refusal| &refusal.reason))
                .collect();
            assert!(said[0].contains("answers 404"), "{said:?}");
        }
        assert_eq!(mirror.frameworks(), ["a", "b"]);
    }
}
