//! Readers beside a writer, and readers that may write nothing.

use std::fs::File;

use crate::support::closed::Closed;
use crate::support::listing::{lasting, listing};
use crate::support::package::{guid, numbered, save};
use crate::support::{DataDir, output_of};

fn reading(id: &str) -> [Vec<&str>; 12] {
    [
        vec!["resolve", id],
        vec!["resolve", "--json", id],
        vec!["show", id],
        vec!["show", "--json", id],
        vec!["search", "knot"],
        vec!["search", "--json", "knot"],
        vec!["search", "--facet", "kind", "--sort", "title"],
        vec!["sparql", "SELECT * { ?knot skos:notation ?code }"],
        vec!["sparql", "DESCRIBE ?knot { ?knot skos:notation \"T.2\" }"],
        vec!["status"],
        vec!["verify"],
        vec!["verify", "--json"],
    ]
}

#[test]
fn readers_work_in_a_read_only_directory_of_another_user_and_touch_nothing() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "sea.json", &numbered(1, "Knots at Sea", 12));
    let data = DataDir::holding(&[folder.path()]);
    let Some(closed) = Closed::new(&data) else { return };
    let before = listing(&data.path());
    let id = guid(1, 7);
    for args in reading(&id) {
        let said = output_of(&mut closed.command(&args));
        assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{args:?}: {said:?}");
        assert!(!said.stdout.is_empty(), "{args:?}");
        assert_eq!(listing(&data.path()), before, "{args:?} touched something");
    }
    let refused = ["import", "rebuild"].map(|command| {
        let args = if command == "import" {
            vec![command, folder.path().to_str().unwrap()]
        } else {
            vec![command]
        };
        output_of(&mut closed.command(&args))
    });
    for said in refused {
        assert_eq!(said.status, 4, "{said:?}");
        assert_eq!(listing(&data.path()), before);
    }
}

#[test]
fn a_second_writer_is_refused_in_a_sentence_and_readers_go_on() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "sea.json", &numbered(1, "Knots at Sea", 12));
    let data = DataDir::holding(&[folder.path()]);
    let source = data.source();
    let before = lasting(&data.path());
    let writer = File::options().write(true).open(data.path().join("writer.lock")).unwrap();
    writer.lock().unwrap();
    let path = folder.path().to_str().unwrap();
    let writing = [
        vec!["import", path],
        vec!["rebuild"],
        vec!["publish"],
        vec!["purge", source.as_str(), "sea.json"],
    ];
    for args in writing {
        let refused = data.run(&args);
        assert_eq!(refused.status, 4, "{args:?}: {refused:?}");
        assert_eq!(refused.stdout, "", "{args:?}");
        assert!(
            refused.stderr.contains("is held by another writer"),
            "{args:?}: {}",
            refused.stderr
        );
        assert!(refused.stderr.contains("writer.lock"), "{args:?}: {}", refused.stderr);
        assert_eq!(refused.stderr.lines().count(), 1, "{args:?}: {}", refused.stderr);
    }
    for args in reading(&guid(1, 7)) {
        let said = data.run(&args);
        assert_eq!(said.status, 0, "{args:?}: {said:?}");
    }
    assert_eq!(lasting(&data.path()), before);
    drop(writer);
    assert_eq!(data.import(&[folder.path()]).status, 0);
}
