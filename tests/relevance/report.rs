//! What was found: tables for people, JSON for programs, and whether every gate is met.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::relevance::measure::MEASURES;

/// The longest text that is shown of what went wrong.
const SHOWN: usize = 100;

/// How something did.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub system: String,
    /// Where the numbers come from; measured here where nothing is said.
    pub source: String,
    pub values: Vec<(&'static str, f64)>,
    /// The median time of one answer in milliseconds.
    pub took: Option<f64>,
}

/// A number that must be reached.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    pub measure: String,
    pub wanted: f64,
    pub reached: f64,
}

/// What went wrong with one text.
#[derive(Debug, Clone)]
pub(crate) struct Miss {
    pub asked: String,
    pub wanted: String,
    pub got: Vec<String>,
}

/// What one set, or one sort of questions, came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Section {
    pub name: String,
    /// What was asked, and of what.
    pub about: String,
    pub rows: Vec<Row>,
    pub gates: Vec<Gate>,
    pub misses: Vec<Miss>,
}

impl Gate {
    pub(crate) fn is_met(&self) -> bool {
        self.reached >= self.wanted
    }
}

impl Section {
    /// Prints it, with the first of what went wrong.
    pub(crate) fn print(&self, n_misses: usize) {
        println!("\n== {}: {}", self.name, self.about);
        let columns = self.columns();
        let heads: Vec<String> = columns.iter().map(|column| format!("{column:>8}")).collect();
        println!("{:<46}{}      ms", "", heads.concat());
        for row in &self.rows {
            println!("{}", line(row, &columns));
        }
        for gate in &self.gates {
            let Gate { measure, wanted, reached } = gate;
            let verdict = if gate.is_met() { "met" } else { "NOT MET" };
            println!("  gate {measure} {wanted:.4}: {reached:.4} {verdict}");
        }
        let n = self.misses.len();
        if n > 0 && n_misses > 0 {
            println!("  the first {} of {n} that went wrong:", n.min(n_misses));
        }
        for miss in self.misses.iter().take(n_misses) {
            println!("    asked  {}", short(&miss.asked));
            println!("    wanted {}", short(&miss.wanted));
            let got = if miss.got.is_empty() { "nothing".to_owned() } else { shortened(&miss.got) };
            println!("    got    {got}\n");
        }
    }

    /// The measures that any row has: those of rankings in their own order, then all others as they come.
    fn columns(&self) -> Vec<&'static str> {
        let named = self.rows.iter().flat_map(|row| row.values.iter().map(|(name, _)| *name));
        let named: Vec<&str> = named.collect();
        let mut columns: Vec<&str> =
            MEASURES.into_iter().filter(|name| named.contains(name)).collect();
        for name in named {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
        columns
    }

    fn to_json(&self) -> Value {
        let rows = self.rows.iter().map(|row| {
            let values: serde_json::Map<String, Value> =
                row.values.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
            json!({"system": row.system, "source": row.source, "values": values, "medianMs": row.took})
        });
        let gates = self.gates.iter().map(|gate| {
            let Gate { measure, wanted, reached } = gate;
            json!({"measure": measure, "wanted": wanted, "reached": reached, "isMet": gate.is_met()})
        });
        let misses = self.misses.iter().map(|miss| {
            let Miss { asked, wanted, got } = miss;
            json!({"asked": asked, "wanted": wanted, "got": got})
        });
        json!({
            "name": self.name, "about": self.about, "rows": rows.collect::<Vec<_>>(),
            "gates": gates.collect::<Vec<_>>(), "misses": misses.collect::<Vec<_>>(),
        })
    }
}

fn line(row: &Row, columns: &[&str]) -> String {
    let source = if row.source.is_empty() { String::new() } else { format!(" [{}]", row.source) };
    let name = format!("  {}{source}", row.system);
    let cell = |column: &&str| {
        let value = row.values.iter().find(|(name, _)| name == column);
        value.map_or_else(|| format!("{:>8}", ""), |(_, value)| format!("{value:>8.4}"))
    };
    let cells: Vec<String> = columns.iter().map(cell).collect();
    let took = row.took.map_or_else(String::new, |took| format!("{took:>8.1}"));
    format!("{name:<46}{}{took}", cells.concat()).trim_end().to_owned()
}

fn short(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    // Control characters of a foreign text never reach the terminal.
    let line: String = line.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if line.chars().count() <= SHOWN {
        return line;
    }
    line.chars().take(SHOWN).chain(['…']).collect()
}

fn shortened(texts: &[String]) -> String {
    texts.iter().map(|text| short(text)).collect::<Vec<_>>().join(" | ")
}

/// Prints which gates are met; gives whether all are.
pub(crate) fn conclude(sections: &[Section]) -> bool {
    println!("\n== gates");
    for section in sections {
        for gate in &section.gates {
            let Gate { measure, wanted, reached } = gate;
            let verdict = if gate.is_met() { "met" } else { "NOT MET" };
            println!("  {:<20} {measure:<24} {wanted:.4} {reached:.4} {verdict}", section.name);
        }
    }
    let gates = || sections.iter().flat_map(|section| &section.gates);
    let n_met = gates().filter(|gate| gate.is_met()).count();
    println!("{n_met} of {} gates are met", gates().count());
    n_met == gates().count()
}

/// Writes everything as JSON.
pub(crate) fn write(sections: &[Section], path: &Path) {
    let sections: Vec<Value> = sections.iter().map(Section::to_json).collect();
    let text = serde_json::to_string_pretty(&json!({"sections": sections})).unwrap();
    fs::write(path, text).unwrap();
}

#[cfg(test)]
mod tests {
    use super::{Gate, Row, Section, conclude, line, short};

    fn section(reached: f64) -> Section {
        let gate = Gate { measure: "MRR".to_owned(), wanted: 0.5, reached };
        Section { name: "set".to_owned(), gates: vec![gate], ..Section::default() }
    }

    #[test]
    fn one_gate_that_is_not_met_is_enough() {
        assert!(conclude(&[section(0.5), section(0.7)]));
        assert!(!conclude(&[section(0.7), section(0.499_999)]));
        assert!(conclude(&[]));
    }

    #[test]
    fn numbers_stand_under_their_measures() {
        let row = Row {
            system: "plain".to_owned(),
            values: vec![("RP@10", 0.25), ("MRR", 0.5)],
            ..Row::default()
        };
        let set = Section { rows: vec![row.clone()], ..Section::default() };
        assert_eq!(set.columns(), ["MRR", "RP@10"]);
        assert!(line(&row, &set.columns()).ends_with("  0.5000  0.2500"));
        assert_eq!(short("a\u{1b}[1m\n b"), "a\u{fffd}[1m b");
    }
}
