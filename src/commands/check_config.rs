//! `alidade check-config`: what is configured, and where.

use serde_json::json;

use crate::cli::Reading;
use crate::config::{Configuration, Fault, Inputs, Secrets};
use crate::outcome::Outcome;
use crate::present::{print_configuration, print_json};

pub(super) fn run(args: &Reading, inputs: &Inputs) -> anyhow::Result<Outcome> {
    let configuration = match Configuration::load(inputs, Secrets::Read) {
        Ok(configuration) => configuration,
        Err(error) => {
            if args.json {
                let faults: Vec<_> = error.0.iter().map(Fault::to_json).collect();
                print_json(&json!({ "file": inputs.file(), "faults": faults }))?;
            }
            return Err(error.into());
        }
    };
    if args.json {
        let values = configuration.effective.iter().map(|effective| {
            json!({
                "key": effective.key.to_string(),
                "value": effective.value,
                "origin": effective.origin.to_json(),
            })
        });
        print_json(&json!({
            "file": configuration.file,
            "values": values.collect::<Vec<_>>(),
            "warnings": configuration.warnings,
        }))?;
    } else {
        print_configuration(&configuration)?;
    }
    Ok(Outcome::Done)
}
