//! Real frameworks, named in every spelling that badges use.

use serde_json::Value;

use crate::support::{DataDir, shared};

const GUID: &str = "6b9bf846-d7cc-11e8-824f-0242ac160002";

fn ccss() -> Option<DataDir> {
    Some(DataDir::holding(&[&shared("case/ccss-math-2010.cfpackage.json")?]))
}

fn kinds(resolution: &Value) -> Vec<&str> {
    let notices = resolution["notices"].as_array().into_iter().flatten();
    notices.map(|notice| notice["kind"].as_str().unwrap()).collect()
}

#[test]
fn a_standard_of_the_common_core_is_found_by_its_codes_and_addresses() {
    let Some(data) = ccss() else { return };
    let own = data.resolution(GUID);
    let code = own["found"][0]["chosen"]["card"]["resource"]["code"].as_str().unwrap().to_owned();
    let parts: Vec<&str> = code.split(['.', '-']).collect();
    let framework = "Common Core State Standards for Math";
    for (asked, named, notices) in [
        (code.clone(), framework, vec![]),
        (code.clone(), "CCSS Math", vec!["framework_spelling"]),
        (code.to_lowercase(), framework, vec!["code_spelling"]),
        (format!("{}.", parts.join(" ")), framework, vec!["code_spelling"]),
        (format!("CCSS.Math.Content.{code}"), framework, vec!["code_spelling"]),
        (format!("Math.Content.{code}"), framework, vec!["code_spelling"]),
        (format!("CCSS.Math.Content.{code}"), "", vec!["framework_spelling", "code_spelling"]),
        (
            format!("http://www.corestandards.org/Math/Content/{}/", parts.join("/")),
            "",
            vec!["framework_spelling", "code_spelling"],
        ),
    ] {
        let args = ["resolve", "--framework", named, asked.as_str()];
        let resolution = data.json(&args)["answers"][0]["resolution"].take();
        assert_eq!(resolution["verdict"], "resolved", "{asked} in {named}: {resolution}");
        let key = &resolution["found"][0]["chosen"]["card"]["resource"]["identity"]["key"];
        assert_eq!(*key, format!("guid:{GUID}"), "{asked}");
        let mut found = kinds(&resolution);
        // The document calls itself a draft, whatever its items are asked by.
        found.retain(|kind| *kind != "not_yet_in_force");
        found.sort_unstable();
        let mut expected = notices;
        expected.sort_unstable();
        assert_eq!(found, expected, "{asked} in {named}: {resolution}");
    }
}
