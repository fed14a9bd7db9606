//! `alidade resolve --private`: asks a server that is not told which identifiers are meant.

use crate::cli::Resolve;
use crate::commands::day;
use crate::config::{Configuration, Inputs, Secrets};
use crate::day::Clock;
use crate::outcome::{Outcome, UsageError};
use crate::present::{print_inquiry, print_json};
use crate::private::{PrivateAnswer, Wish, inquire};

pub(super) fn run(args: &Resolve, inputs: &Inputs, clock: Clock) -> anyhow::Result<Outcome> {
    let as_of = day(args.as_of.as_deref(), clock())?;
    let mut inputs = inputs.clone();
    let flag = args.privately.server.iter().map(|server| format!("resolve.server={server}"));
    inputs.set.extend(flag);
    let Some(server) = Configuration::load(&inputs, Secrets::Left)?.server else {
        let text = "no server is named; use --server, or `server` in the table `[resolve]` of the configuration";
        return Err(UsageError(text.to_owned()).into());
    };
    let wish = Wish {
        inputs: &args.inputs,
        framework: args.framework.as_deref(),
        all_spellings: args.privately.all_spellings,
        n_decoys: usize::from(args.privately.decoys),
        as_of: &as_of,
    };
    let inquiry = inquire(&server, &wish, clock)?;
    if args.json {
        print_json(&inquiry)?;
    } else {
        print_inquiry(&inquiry)?;
    }
    let found = inquiry.answers.iter().any(PrivateAnswer::is_found);
    Ok(if found { Outcome::Done } else { Outcome::NothingFound })
}
