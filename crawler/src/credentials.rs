//! Tokens: what is sent to get one, what comes back, and how long it is good.
//!
//! Nothing is verified here: a token is the server's business, and only its end concerns us.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::Value;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use url::form_urlencoded::{Serializer, byte_serialize};

use crate::access::{Credentials, Secret};

/// How long before its end a token is renewed at the latest.
const EARLY: time::Duration = time::Duration::minutes(1);

/// How long a token is taken to be good that does not say so. Some servers answer an expired token with less instead of a 401, so
/// this is short.
const UNSAID: time::Duration = time::Duration::minutes(5);

/// A token that was given for client credentials.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    value: Secret,
    renew_at: OffsetDateTime,
}

/// How client credentials are sent.
#[derive(Debug)]
pub(crate) struct TokenRequest {
    /// The `Authorization` header, unless name and password stand in the form.
    pub authorization: Option<Secret>,
    /// The form.
    pub form: Secret,
}

impl Token {
    /// Reads what a token endpoint answers ([RFC 6749 section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)).
    pub(crate) fn read(body: &[u8], now: OffsetDateTime) -> Result<Self, String> {
        let answer: Value = serde_json::from_slice(body)
            .map_err(|error| format!("its answer is no JSON: {error}"))?;
        let value =
            answer.get("access_token").and_then(Value::as_str).filter(|text| !text.is_empty());
        let value = value.ok_or_else(|| "its answer has no `access_token`".to_owned())?;
        let said = answer.get("expires_in").and_then(seconds).map(|life| now.saturating_add(life));
        let end = [said, expiry(value)].into_iter().flatten().min();
        let end = end.unwrap_or_else(|| now.saturating_add(UNSAID));
        let left: time::Duration = end - now;
        let early = (left / 10_i32).clamp(time::Duration::ZERO, EARLY);
        Ok(Self { value: Secret::new(value), renew_at: end - early })
    }

    /// The token, while it need not be renewed.
    pub(crate) fn fresh(&self, now: OffsetDateTime) -> Option<&Secret> {
        (now < self.renew_at).then_some(&self.value)
    }

    /// The token, whatever the time.
    pub(crate) fn value(&self) -> &Secret {
        &self.value
    }
}

impl TokenRequest {
    /// What is sent for these credentials ([RFC 6749 sections 2.3.1 and 4.4.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2));
    /// nothing where they are no client credentials.
    pub(crate) fn of(credentials: &Credentials) -> Option<Self> {
        let Credentials::Client {
            client_id, client_secret, scopes, comma_separated, in_body, ..
        } = credentials
        else {
            return None;
        };
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if !scopes.is_empty() {
            form.append_pair("scope", &scopes.join(if *comma_separated { "," } else { " " }));
        }
        let mut authorization = None;
        if *in_body {
            form.append_pair("client_id", client_id);
            form.append_pair("client_secret", client_secret.reveal());
        } else {
            authorization = Some(basic(client_id, client_secret));
        }
        Some(Self { authorization, form: Secret::new(form.finish()) })
    }
}

fn basic(client_id: &str, client_secret: &Secret) -> Secret {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encoded(client_id), encoded(client_secret.reveal()));
    Secret::new(format!("Basic {}", BASE64_STANDARD.encode(pair)))
}

/// A whole number of seconds, which some servers write as a string.
fn seconds(value: &Value) -> Option<time::Duration> {
    let said = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    (said.is_finite() && said >= 0.0)
        .then(|| time::Duration::saturating_seconds_f64(said.min(1e12)))
}

/// When a token ends, where it is a JWT that says so ([RFC 7519 section 4.1.4](https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4)).
pub(crate) fn expiry(token: &str) -> Option<OffsetDateTime> {
    let mut parts = token.split('.');
    let (Some(_), Some(claims), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let end = seconds(claims.get("exp")?)?;
    OffsetDateTime::UNIX_EPOCH.checked_add(end)
}

/// Whose credentials these are, as a text that says nothing of them; empty for none.
///
/// What was seen under one authority is confirmed only under the same: another may be shown more, or less.
pub(crate) fn authority(credentials: &Credentials) -> String {
    let mut hash = Sha256::new();
    match credentials {
        Credentials::None => return String::new(),
        Credentials::Token(token) => {
            hash.update(b"token\0");
            hash.update(token.reveal());
        }
        Credentials::Client { token_url, client_id, scopes, .. } => {
            hash.update(b"client\0");
            for part in
                [token_url.as_str(), client_id].into_iter().chain(scopes.iter().map(String::as_str))
            {
                hash.update(part);
                hash.update(b"\0");
            }
        }
    }
    let bits = hash.finalize().iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte));
    format!("{bits:016x}")
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use url::Url;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 10:00:00 UTC);

    fn client(scopes: &[&str], comma_separated: bool, in_body: bool) -> Credentials {
        Credentials::Client {
            token_url: Url::parse("https://case.example.org/token").unwrap(),
            client_id: "me & mine".to_owned(),
            client_secret: Secret::new("a:b/c="),
            scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
            comma_separated,
            in_body,
        }
    }

    fn jwt(claims: &str) -> String {
        format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn client_credentials_are_sent_as_basic_or_in_the_form() {
        let basic = TokenRequest::of(&client(&["a", "b"], false, false)).unwrap();
        assert_eq!(basic.form.reveal(), "grant_type=client_credentials&scope=a+b");
        let header = basic.authorization.unwrap();
        let pair = BASE64_STANDARD.decode(header.reveal().strip_prefix("Basic ").unwrap()).unwrap();
        assert_eq!(pair, b"me+%26+mine:a%3Ab%2Fc%3D");
        let form = TokenRequest::of(&client(&["a", "b"], true, true)).unwrap();
        assert!(form.authorization.is_none());
        assert_eq!(
            form.form.reveal(),
            "grant_type=client_credentials&scope=a%2Cb&client_id=me+%26+mine&client_secret=a%3Ab%2Fc%3D"
        );
        assert!(TokenRequest::of(&Credentials::Token(Secret::new("t"))).is_none());
    }

    #[test]
    fn a_token_is_renewed_before_it_ends() {
        let check = |body: &str, fresh_for: i64| {
            let token = Token::read(body.as_bytes(), NOW).unwrap();
            assert_eq!((token.renew_at - NOW).whole_seconds(), fresh_for, "{body}");
            assert_eq!(token.fresh(NOW).is_some(), fresh_for > 0, "{body}");
            assert!(token.fresh(token.renew_at).is_none(), "{body}");
        };
        check(r#"{"access_token":"t","expires_in":3600}"#, 3540);
        check(r#"{"access_token":"t","expires_in":"100"}"#, 90);
        check(r#"{"access_token":"t","expires_in":0}"#, 0);
        check(r#"{"access_token":"t"}"#, 270);
        let ends_soon = jwt(&format!("{{\"exp\":{}}}", NOW.unix_timestamp() + 200));
        check(&format!(r#"{{"access_token":"{ends_soon}","expires_in":3600}}"#), 180);
    }

    #[test]
    fn a_token_may_be_good_for_longer_than_we_can_count() {
        let token = Token::read(br#"{"access_token":"t","expires_in":1e300}"#, NOW).unwrap();
        assert!(token.fresh(NOW.saturating_add(time::Duration::days(10_000))).is_some());
    }

    #[test]
    fn an_answer_without_a_token_says_what_is_missing() {
        let said = |body: &str| Token::read(body.as_bytes(), NOW).unwrap_err();
        assert_eq!(said(r#"{"token":"t"}"#), "its answer has no `access_token`");
        assert_eq!(said(r#"{"access_token":""}"#), "its answer has no `access_token`");
        assert!(said("<html>").starts_with("its answer is no JSON: "));
    }

    #[test]
    fn a_jwt_says_when_it_ends_and_nothing_else_does() {
        let end = NOW.unix_timestamp();
        assert_eq!(expiry(&jwt(&format!("{{\"exp\":{end}}}"))), Some(NOW));
        assert_eq!(expiry(&jwt(&format!("{{\"exp\":{end}.0}}"))), Some(NOW));
        assert_eq!(expiry(&jwt("{}")), None);
        assert_eq!(expiry("opaque"), None);
        assert_eq!(expiry("a.b.c"), None);
        assert_eq!(expiry(&format!("{}.more", jwt("{\"exp\":1}"))), None);
    }

    #[test]
    fn an_authority_tells_credentials_apart_and_shows_none() {
        let token = |text: &str| authority(&Credentials::Token(Secret::new(text)));
        assert_eq!(authority(&Credentials::None), "");
        assert_eq!(token("one"), token("one"));
        assert_ne!(token("one"), token("two"));
        let one = authority(&client(&[], false, false));
        assert_eq!(one, authority(&client(&[], true, true)));
        assert_ne!(one, authority(&client(&["a"], false, false)));
        assert_eq!(one.len(), 16);
    }

    #[test]
    fn nothing_secret_is_shown() {
        let token = Token::read(br#"{"access_token":"hidden"}"#, NOW).unwrap();
        let request = TokenRequest::of(&client(&[], false, true)).unwrap();
        let shown = format!("{token:?} {request:?} {:?}", client(&[], false, true));
        assert!(
            !shown.contains("hidden") && !shown.contains("a:b") && !shown.contains("a%3Ab"),
            "{shown}"
        );
    }
}
