//! A value as it was said, and what can be read out of it.

use std::time::Duration;

use toml::Value;

/// The most characters of a value that a complaint repeats.
const SHOWN: usize = 60;

/// A value as it was said.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Raw {
    /// In the file, where values have types.
    Typed(Value),
    /// In a variable or a flag, where everything is text.
    Text(String),
}

impl Raw {
    /// A text that is not empty.
    pub(crate) fn text(&self) -> Result<String, String> {
        let text = match self {
            Self::Typed(Value::String(text)) | Self::Text(text) => text.trim(),
            Self::Typed(_) => return Err(self.complain("a text in quotes")),
        };
        if text.is_empty() { Err("it is empty".to_owned()) } else { Ok(text.to_owned()) }
    }

    /// A text that somebody else knows how to read.
    pub(crate) fn parsed<T>(
        &self,
        what: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, String> {
        let text = self.text()?;
        read(&text).ok_or_else(|| self.complain(what))
    }

    /// A length of time.
    pub(crate) fn duration(&self) -> Result<Duration, String> {
        let what = "a length of time with its unit, such as `2s`, `10m` or `7d`";
        match self {
            Self::Typed(Value::String(_)) | Self::Text(_) => {
                self.parsed(what, |text| humantime::parse_duration(text).ok())
            }
            Self::Typed(_) => Err(self.complain(what)),
        }
    }

    /// A whole number that is not below the least.
    pub(crate) fn number(&self, least: u64) -> Result<u64, String> {
        let number = match self {
            Self::Typed(Value::Integer(number)) => u64::try_from(*number).ok(),
            Self::Typed(_) => None,
            Self::Text(text) => text.trim().replace('_', "").parse().ok(),
        };
        let number = number.filter(|number| *number >= least);
        number.ok_or_else(|| self.complain(&format!("a whole number from {least} on")))
    }

    /// Yes or no.
    pub(crate) fn boolean(&self) -> Result<bool, String> {
        match self {
            Self::Typed(Value::Boolean(value)) => Ok(*value),
            Self::Text(text) if text.trim() == "true" => Ok(true),
            Self::Text(text) if text.trim() == "false" => Ok(false),
            _ => Err(self.complain("`true` or `false`")),
        }
    }

    /// A list of texts; in variables and flags they stand between commas, or as a list of TOML.
    pub(crate) fn list(&self) -> Result<Vec<String>, String> {
        let what = "a list of texts, such as `[\"one\", \"two\"]`";
        match self {
            Self::Typed(Value::Array(values)) => {
                let texts = values.iter().map(|value| Some(value.as_str()?.trim().to_owned()));
                texts.collect::<Option<Vec<_>>>().ok_or_else(|| self.complain(what))
            }
            Self::Typed(_) => Err(self.complain(what)),
            Self::Text(text) if text.trim_start().starts_with('[') => {
                let read: Result<toml::Table, _> = format!("list = {text}").parse();
                let list = read.ok().and_then(|mut table| table.remove("list"));
                list.map_or_else(|| Err(self.complain(what)), |list| Self::Typed(list).list())
            }
            Self::Text(text) => {
                let texts = text.split(',').map(str::trim).filter(|text| !text.is_empty());
                Ok(texts.map(str::to_owned).collect())
            }
        }
    }

    /// Says that this is not what it has to be.
    pub(crate) fn complain(&self, expected: &str) -> String {
        let shown = match self {
            Self::Typed(Value::String(text)) | Self::Text(text) => text.clone(),
            Self::Typed(value) => value.to_string(),
        };
        let mut shown: String = shown.chars().take(SHOWN + 1).collect();
        if shown.chars().count() > SHOWN {
            shown.pop();
            shown.push('…');
        }
        format!("`{shown}` is not {expected}")
    }
}
