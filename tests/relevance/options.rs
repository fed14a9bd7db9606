//! What is measured, on what, and where the results go.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How the program is called.
pub(crate) const USAGE: &str = "\
make relevance ARGS=\"...\"
  --only NAME      measure only what has this in its name: tech, house, usa, deu, esp, onet, codes, wholes, mistyped,
                   beginnings, hostile; may be repeated
  --data DIR       keep what is imported in this folder, and use what is there already
  --fresh          import again what is there already (needed whenever the making of the index has changed)
  --sets DIR       the sets [default: the variable ALIDADE_BENCH_DATA, else ../shared/data/bench]
  --program FILE   the program that is measured [default: the one that was built with this]
  --with WHAT      what items of the skills have beside their label: nothing, definitions [default], alternatives
  --language       say the language of each text instead of letting it be guessed
  --rivals         measure SQLite and PostgreSQL too, where they are installed
  --no-gates       end well even where a gate is not met
  --misses N       how many of what went wrong are listed [default: 20]
  --json FILE      write the numbers and all that went wrong as JSON";

/// What items of the skills have beside their label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    Nothing,
    Definitions,
    /// Definitions, and the other names as keywords: CASE has no field for several of them.
    Alternatives,
}

impl Beside {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Definitions => "definitions",
            Self::Alternatives => "alternatives",
        }
    }
}

/// What is done otherwise than usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Flag {
    /// What is there already is imported again.
    Fresh,
    /// The language of each text is said.
    Language,
    /// Other programs are measured too.
    Rivals,
    /// A gate that is not met is no failure.
    NoGates,
}

/// How the program was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Options {
    pub only: Vec<String>,
    pub data: Option<PathBuf>,
    pub sets: PathBuf,
    pub program: PathBuf,
    pub beside: Beside,
    pub flags: BTreeSet<Flag>,
    pub n_misses: usize,
    pub json: Option<PathBuf>,
}

impl Options {
    /// Measures everything on the sets of a folder.
    pub(crate) fn of(sets: PathBuf) -> Self {
        Self {
            only: Vec::new(),
            data: None,
            sets,
            program: env!("CARGO_BIN_EXE_alidade").into(),
            beside: Beside::Definitions,
            flags: BTreeSet::new(),
            n_misses: 20,
            json: None,
        }
    }

    /// Reads the command line; an error is what to print.
    pub(crate) fn read(args: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let told = std::env::var_os("ALIDADE_BENCH_DATA").map(PathBuf::from);
        let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/bench");
        let mut options = Self::of(told.unwrap_or(usual));
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("`{arg}` wants a value\n{USAGE}"));
            match arg.as_str() {
                "--only" => options.only.push(value()?.to_lowercase()),
                "--data" => options.data = Some(value()?.into()),
                "--fresh" => drop(options.flags.insert(Flag::Fresh)),
                "--sets" => options.sets = value()?.into(),
                "--program" => options.program = value()?.into(),
                "--with" => options.beside = beside(&value()?)?,
                "--language" => drop(options.flags.insert(Flag::Language)),
                "--rivals" => drop(options.flags.insert(Flag::Rivals)),
                "--no-gates" => drop(options.flags.insert(Flag::NoGates)),
                "--misses" => {
                    let text = value()?;
                    let n = text.parse().map_err(|error| format!("`--misses {text}`: {error}"));
                    options.n_misses = n?;
                }
                "--json" => options.json = Some(value()?.into()),
                _ => return Err(format!("`{arg}` is no option\n{USAGE}")),
            }
        }
        Ok(options)
    }

    /// Whether something is done otherwise than usual.
    pub(crate) fn is(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }

    /// Whether something of this name is measured.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|part| name.contains(part.as_str()))
    }
}

fn beside(name: &str) -> Result<Beside, String> {
    let known = [Beside::Nothing, Beside::Definitions, Beside::Alternatives];
    let found = known.into_iter().find(|beside| beside.name() == name);
    found.ok_or_else(|| format!("`--with {name}` is unknown\n{USAGE}"))
}

#[cfg(test)]
mod tests {
    use super::{Beside, Flag, Options};

    #[test]
    fn options_are_read_and_unknown_ones_refused() {
        let read = |line: &str| Options::read(line.split_whitespace().map(str::to_owned));
        let options =
            read("--only TECH --only deu --data /d --fresh --with nothing --misses 3").unwrap();
        assert!(options.has("tech_validation") && options.has("deu_q_de_c_de"));
        assert!(!options.has("house_validation") && options.is(Flag::Fresh));
        assert_eq!((options.beside, options.n_misses), (Beside::Nothing, 3));
        assert!(read("").unwrap().has("anything"));
        assert!(read("--data").is_err() && read("--with all").is_err() && read("tech").is_err());
    }
}
