//! A check against published and hostile files, where they lie beside the repository.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::ler::carrier::Carrier;
use crate::ler::container::{ContainerError, Limit, open};

/// A credential, or what is in it, that comes to light in a file that is no plain JSON.
struct Published(&'static str, Carrier, &'static str);

/// Every published file that is carried in something, or has a token inside.
const PUBLISHED: &[Published] = &[
    Published("baked/derived-compressed-iTXt.png", Carrier::Png, "/credentialSubject/achievement"),
    Published("baked/ob30-simple-json.png", Carrier::Png, "/credentialSubject/achievement"),
    Published("baked/ob30-simple-json.svg", Carrier::Svg, "/credentialSubject/achievement"),
    Published("baked/ob30-simple-jwt.svg", Carrier::Svg, "/credentialSubject/achievement"),
    Published("baked/ob30-simple-jwt_v1.png", Carrier::Png, "/vc/credentialSubject/achievement"),
    Published("baked/spec-ob2-hosted.svg", Carrier::Svg, "/badge/id"),
    Published(
        "clr/v-simple.jwt",
        Carrier::Jws,
        "/vc/credentialSubject/verifiableCredential/0/vc/credentialSubject/achievement",
    ),
    Published("ob2/spec-2p1-getassertions.json", Carrier::Json, "/signedAssertions/0/badge"),
    Published("ob2/v-simple-revoked.jwt", Carrier::Jws, "/badge"),
    Published("ob3/v-simple.jwt", Carrier::Jws, "/vc/credentialSubject"),
    Published(
        "other/derived-ob3-getcredentials-response.json",
        Carrier::Json,
        "/compactJwsString/0/vc/credentialSubject",
    ),
    Published(
        "other/derived-vp-with-jwt-and-enveloped.json",
        Carrier::Json,
        "/verifiableCredential/0/vc/credentialSubject",
    ),
    Published(
        "other/derived-vp-with-jwt-and-enveloped.json",
        Carrier::Json,
        "/verifiableCredential/1/id/vc/credentialSubject",
    ),
    Published(
        "other/elm-Sample-MC-Annex1-signed.trimmed.jsonld",
        Carrier::JsonJws,
        "/payload/credentialSubject/hasClaim",
    ),
];

/// Files that are refused, and why.
const REFUSED: &[(&str, ContainerError)] = &[
    ("credentials/baked/derived-legacy-tEXt-url.png", ContainerError::HostedUrl),
    (
        "credentials/baked/ob20-assets-robotics-badge.png",
        ContainerError::Unbaked { picture: "PNG" },
    ),
    ("abuse/generated/png/after_iend.png", ContainerError::Unbaked { picture: "PNG" }),
    (
        "abuse/generated/png/bad_crc.png",
        ContainerError::BrokenImage { reason: "the checksum of its credential is wrong" },
    ),
    ("abuse/generated/png/dims_4g.png", ContainerError::Unbaked { picture: "PNG" }),
    (
        "abuse/generated/png/huge_len.png",
        ContainerError::BrokenImage { reason: "it ends in the middle" },
    ),
    ("abuse/generated/png/iccp_bomb.png", ContainerError::Unbaked { picture: "PNG" }),
    ("abuse/generated/png/itxt_bomb_500MB.png", ContainerError::TooLarge { limit: Limit::Baked }),
    (
        "abuse/generated/png/key_nul.png",
        ContainerError::BrokenImage { reason: "it ends in the middle" },
    ),
    ("abuse/generated/png/many_chunks.png", ContainerError::Unbaked { picture: "PNG" }),
    (
        "abuse/generated/png/neg_len.png",
        ContainerError::BrokenImage { reason: "it ends in the middle" },
    ),
    ("abuse/generated/png/ok_ob2.png", ContainerError::HostedUrl),
    ("abuse/generated/png/ztxt_bomb.png", ContainerError::TooLarge { limit: Limit::Baked }),
    (
        "abuse/generated/jwt/nested.jwt",
        ContainerError::BrokenToken { reason: "its payload is no JSON object" },
    ),
    (
        "abuse/generated/jwt/zip.jwt",
        ContainerError::BrokenToken { reason: "its payload is compressed" },
    ),
    ("abuse/generated/json/arr_1000.json", ContainerError::TooLarge { limit: Limit::Nesting }),
    ("abuse/generated/json/obj_5000.json", ContainerError::TooLarge { limit: Limit::Nesting }),
    ("abuse/generated/http/gzip_100MB.gz", ContainerError::Compressed),
    (
        "abuse/generated/rdfxml/laughs9.rdf",
        ContainerError::Markup { reason: "it declares entities or elements of its own" },
    ),
];

/// Hostile files in which there is a credential all the same.
const READABLE: &[&str] = &[
    "abuse/generated/jwt/alg_none.jwt",
    "abuse/generated/jwt/dup_claim.jwt",
    "abuse/generated/jwt/padding.jwt",
    "abuse/generated/png/no_iend.png",
    "abuse/generated/png/ok_plain.png",
    "abuse/generated/png/ok_zlib.png",
    "abuse/generated/png/two_credentials.png",
];

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data")
}

#[test]
fn published_containers_are_opened() {
    for Published(file, carrier, pointer) in PUBLISHED {
        let Ok(bytes) = fs::read(shared().join("credentials").join(file)) else {
            println!("skipped: {file} is not here");
            continue;
        };
        let opened = open(&bytes).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(opened.carrier, *carrier, "{file}");
        let found = opened.value.pointer(pointer);
        assert!(found.is_some_and(|found| *found != Value::Null), "{file}: {pointer}");
    }
}

#[test]
fn every_published_container_is_in_the_list() {
    let Ok(manifest) = fs::read(shared().join("credentials/manifest.json")) else {
        println!("skipped: ../shared is not here");
        return;
    };
    let manifest: Vec<Value> = serde_json::from_slice(&manifest).unwrap();
    for entry in &manifest {
        let file = entry["file"].as_str().unwrap();
        let is_plain = entry["container"] == "text" && entry["encoding"] != "jws";
        let is_listed = PUBLISHED.iter().any(|published| published.0 == file)
            || REFUSED
                .iter()
                .any(|(refused, _)| refused.strip_prefix("credentials/") == Some(file));
        assert!(is_plain || is_listed, "{file}");
    }
}

#[test]
fn known_files_are_refused_or_read_for_known_reasons() {
    for (file, expected) in REFUSED {
        match fs::read(shared().join(file)) {
            Ok(bytes) => assert_eq!(open(&bytes), Err(*expected), "{file}"),
            Err(_) => println!("skipped: {file} is not here"),
        }
    }
    for file in READABLE {
        match fs::read(shared().join(file)) {
            Ok(bytes) => {
                assert!(open(&bytes).is_ok_and(|opened| opened.value.is_object()), "{file}");
            }
            Err(_) => println!("skipped: {file} is not here"),
        }
    }
}

#[test]
fn no_file_makes_it_panic_and_no_tree_passes_the_limits() {
    let mut folders = vec![shared().join("credentials"), shared().join("abuse")];
    let mut n_files = 0;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            println!("skipped: {} is not here", folder.display());
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            n_files += 1;
            let bytes = fs::read(&path).unwrap();
            if let Ok(opened) = open(&bytes) {
                assert!(depth(&opened.value) <= 32, "{}", path.display());
                assert!(opened.value.to_string().len() <= 3 * 1024 * 1024, "{}", path.display());
            }
        }
    }
    println!("{n_files} files opened or refused");
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or_default(),
        Value::Object(object) => 1 + object.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
