//! A compact JWS, [RFC 7515, section 7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1).

use crate::ler::container::base64url;
use crate::ler::container::error::ContainerError;
use crate::ler::container::json::{self, DEEPEST_NESTING};
use crate::record::JsonObject;

/// Takes the payload out of a compact JWS; its signature is not checked.
pub(super) fn payload(token: &str, room: usize) -> Result<JsonObject, ContainerError> {
    let segments: Vec<&str> = token.splitn(4, '.').collect();
    let [header, payload, _signature] = segments.as_slice() else {
        return Err(broken("it has not three segments"));
    };
    check_header(header)?;
    let Some(payload) = base64url::decode(payload) else {
        return Err(broken("its payload is no base64url"));
    };
    json::object(&payload, room)?.ok_or(broken("its payload is no JSON object"))
}

fn check_header(header: &str) -> Result<(), ContainerError> {
    let Some(header) = base64url::decode(header) else {
        return Err(broken("its header is no base64url"));
    };
    let Some(header) = json::object(&header, DEEPEST_NESTING)? else {
        return Err(broken("its header is no JSON object"));
    };
    if header.contains_key("zip") {
        return Err(broken("its payload is compressed"));
    }
    Ok(())
}

fn broken(reason: &'static str) -> ContainerError {
    ContainerError::BrokenToken { reason }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use serde_json::{Value, json};

    use super::*;
    use crate::ler::container::error::Limit;

    fn token(header: &str, payload: &[u8]) -> String {
        let header = BASE64_URL_SAFE_NO_PAD.encode(header);
        format!("{header}.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(payload))
    }

    #[test]
    fn the_payload_comes_out_with_its_claims() {
        let claims = json!({"iss": "https://issuer.example", "sub": "urn:s", "vc": {"type": "A"}});
        let token = token(r#"{"alg":"ES256"}"#, claims.to_string().as_bytes());
        assert_eq!(payload(&token, 32).map(Value::from), Ok(claims));
        assert_eq!(payload(&token.replace("c2ln", ""), 32), payload(&token, 32));
    }

    #[test]
    fn what_is_wrong_is_said_and_nothing_is_quoted() {
        let cases = [
            ("a.b".to_owned(), "it has not three segments"),
            ("a.b.c.d.e".to_owned(), "it has not three segments"),
            ("a.b.c".to_owned(), "its header is no base64url"),
            (token("[]", b"{}"), "its header is no JSON object"),
            (token("{}", b"[]"), "its payload is no JSON object"),
            (token("{}", b"canary"), "its payload is no JSON object"),
            (token("{}", b""), "its payload is no JSON object"),
            (token(r#"{"zip":"DEF"}"#, b"{}"), "its payload is compressed"),
            (token("{}", b"{}").replace('.', ".!"), "its payload is no base64url"),
        ];
        for (token, reason) in cases {
            assert_eq!(payload(&token, 32), Err(ContainerError::BrokenToken { reason }), "{token}");
        }
        let too_deep = Err(ContainerError::TooLarge { limit: Limit::Nesting });
        assert_eq!(payload(&token("{}", b"{\"a\":[]}"), 1), too_deep);
    }
}
