//! Reads the members of a ZIP archive where they lie.
//!
//! The central directory is read entry by entry, so that an archive of a million members needs no more memory than one of ten.
//! What a member is called serves as its label and for nothing else: nothing is written to the disk.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};

use zip::ZipReadOptions;
use zip::read::{Config, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use crate::error::FaultKind;
use crate::source::files::changeset::{Act, Change, MARKER_BYTES, is_marker};
use crate::source::files::container::{Broken, Container, Layer};
use crate::source::files::format::{extension, is_taken};
use crate::source::files::gauge::{Counted, Metered, read_fault};
use crate::source::files::place::Label;
use crate::source::files::sink::Skip;

type Archive<'g> = Counted<'g, BufReader<File>>;

/// Reads the members in the order of the central directory.
///
/// Where two members have one name, both are handed over under one record id, and the later one is
/// the one that counts, as it is for those who unpack.
pub(super) fn read(
    reader: Archive<'_>,
    label: &Label,
    container: &mut Container<'_, '_>,
) -> Result<(), Broken> {
    let mut archive = ZipIterable::try_new(reader, Config::default()).map_err(zip_fault)?;
    let limit = container.delivery.limits().zip_members;
    let found = u64::try_from(archive.len()).unwrap_or(u64::MAX);
    if found > limit {
        return Err(FaultKind::TooManyMembers { found, limit }.into());
    }
    if found == 0 {
        return Err(FaultKind::Empty.into());
    }
    let members = archive.files().map_err(zip_fault)?;
    while let Some(entry) = members.next() {
        let entry = entry.map_err(zip_fault)?;
        let (label, act) = label_of(&entry, label);
        let outcome = read_member(entry, members.reader_mut(), (&label, act), container);
        container.settle(outcome, &label)?;
        container.delivery.progress(container.gauge.advance());
        if container.gauge.is_spent() {
            break;
        }
    }
    Ok(())
}

/// Names a member, and tells what it does to its record.
fn label_of(entry: &ZipFileEntry<'_>, archive: &Label) -> (Label, Act) {
    match Change::of(entry.name_raw()) {
        Some(Change::Of { record, telling, act }) => {
            (archive.change(record, telling, entry.size()), act)
        }
        Some(Change::Metadata) => (archive.member(entry.name_raw(), entry.size()), Act::Nothing),
        None => (archive.member(entry.name_raw(), entry.size()), Act::Upsert),
    }
}

fn read_member(
    entry: ZipFileEntry<'_>,
    reader: &mut Archive<'_>,
    (label, act): (&Label, Act),
    container: &mut Container<'_, '_>,
) -> Result<(), Broken> {
    if entry.is_dir() {
        return Ok(());
    }
    if let Some(why) = passed_over(&entry, act) {
        container.delivery.skipped(&label.whole(), why);
        return Ok(());
    }
    let name = String::from_utf8_lossy(entry.name_raw());
    if !is_taken(&name) {
        container.delivery.other_name(extension(&name));
        return Ok(());
    }
    if entry.encrypted() {
        return Err(FaultKind::Encrypted.into());
    }
    let place = label.whole();
    if act == Act::Delete && container.delivery.knows(&place) {
        container.delivery.withdrawn(&place);
        return Ok(());
    }
    let (limits, count) = (container.delivery.limits(), container.gauge.taken());
    let file = entry.with_reader(reader, ZipReadOptions::new()).map_err(zip_fault)?;
    let mut file = Metered::new(file, limits, count);
    if act == Act::Delete {
        return read_deleted(&mut file, label, container);
    }
    container.stream(&mut file, label, Layer::Member)
}

/// Reads the last content of a record that was never known, so that it is known as withdrawn.
fn read_deleted(
    file: &mut dyn Read,
    label: &Label,
    container: &mut Container<'_, '_>,
) -> Result<(), Broken> {
    let mut head = Vec::new();
    let limit = u64::try_from(MARKER_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut head).map_err(|error| read_fault(error, true))?;
    let place = label.whole();
    if head.len() <= MARKER_BYTES && is_marker(&head) {
        container.gauge.charge(head.len())?;
        container.delivery.skipped(&place, Skip::NeverKnown);
        return Ok(());
    }
    container.stream(&mut Cursor::new(head).chain(file), label, Layer::Member)?;
    container.delivery.withdrawn(&place);
    Ok(())
}

fn passed_over(entry: &ZipFileEntry<'_>, act: Act) -> Option<Skip> {
    let mut parts = entry.name_raw().split(|&byte| byte == b'/');
    let is_hidden = |part: &[u8]| {
        part == b"__MACOSX" || part.starts_with(b".") && part != b"." && part != b".."
    };
    if parts.any(is_hidden) {
        return Some(Skip::Hidden);
    }
    if entry.is_symlink() {
        return Some(Skip::LinkInArchive);
    }
    (act == Act::Nothing).then_some(Skip::Metadata)
}

fn zip_fault(error: ZipError) -> FaultKind {
    match error {
        ZipError::Io(source) => read_fault(source, true),
        other => FaultKind::Damaged { source: io::Error::other(other) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::files::limits::FileLimits;
    use crate::source::files::recorder::{gzip, import, import_file, zip, zstd};

    #[track_caller]
    fn check(members: &[(&str, &[u8])], expected: &[&str]) {
        assert_eq!(import_file("a.zip", &zip(members), FileLimits::default()), expected);
    }

    #[test]
    fn members_are_read_in_the_order_of_the_archive() {
        check(
            &[("graphs/b.json", b"{\"b\":1}"), ("a.json", b"[{},{}]"), ("a.ndjson", b"{}")],
            &[
                "a.zip!graphs/b.json = {\"b\":1}",
                "a.zip!a.json#/0 = {}",
                "a.zip!a.json#/1 = {}",
                "a.zip!a.ndjson#L1 = {}",
            ],
        );
    }

    #[test]
    fn a_dump_of_envelopes_or_of_records_gives_each_member_a_record_of_its_own() {
        check(
            &[
                ("ce_registry/ce-a.json", b"{\"envelope_ceterms_ctid\":\"ce-a\"}"),
                ("ce-b.json", b"{\"@id\":\"x/graph/ce-b\",\"@graph\":[]}"),
            ],
            &[
                "a.zip!ce_registry/ce-a.json = {\"envelope_ceterms_ctid\":\"ce-a\"}",
                "a.zip!ce-b.json = {\"@id\":\"x/graph/ce-b\",\"@graph\":[]}",
            ],
        );
    }

    #[test]
    fn a_packed_member_is_opened_once() {
        check(&[("a.json.gz", &gzip(b"{}"))], &["a.zip!a.json.gz = {}"]);
        check(&[("a.json.zst", &zstd(b"{}"))], &["a.zip!a.json.zst = {}"]);
        let nested = "an archive inside an archive is not opened";
        check(&[("a.gz", &gzip(&gzip(b"{}")))], &[&format!("a.zip!a.gz ! {nested}")]);
        check(&[("a.zip", &zip(&[("a.json", b"{}")]))], &[&format!("a.zip!a.zip ! {nested}")]);
        check(&[("a.json", &zip(&[("a.json", b"{}")]))], &[&format!("a.zip!a.json ! {nested}")]);
    }

    #[test]
    fn a_bad_member_does_not_stop_the_others() {
        check(
            &[("a.json", b"{"), ("b.json", b"\x89PNG"), ("c.json", b""), ("d.json", b"{}")],
            &[
                "a.zip!a.json ! the text ends too early at 1:2",
                "a.zip!b.json ! it is a PNG image, not JSON",
                "a.zip!c.json ! there is no JSON value in it",
                "a.zip!d.json = {}",
            ],
        );
    }

    #[test]
    fn names_are_labels_only() {
        check(&[("../../etc/a.json", b"{}")], &["a.zip!../../etc/a.json = {}"]);
        check(&[("/abs!olute#.json", b"{}")], &["a.zip!/abs%21olute%23.json = {}"]);
        check(&[("__MACOSX/a.json", b"{}")], &["a.zip!__MACOSX/a.json ~ it is hidden"]);
        check(&[("b/.c/a.json", b"{}")], &["a.zip!b/.c/a.json ~ it is hidden"]);
    }

    #[test]
    fn members_of_other_names_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        std::fs::write(&path, zip(&[("read.me/x", b"a"), ("a.PNG", b"b"), ("a.json", b"{}")]))
            .unwrap();
        let (recorder, walked) = import(&path, FileLimits::default());
        assert_eq!(recorder.lines, ["a.zip!a.json = {}"]);
        assert_eq!(
            walked.other_names.into_iter().collect::<Vec<_>>(),
            [(String::new(), 1), ("png".into(), 1)]
        );
    }

    #[test]
    fn links_and_encrypted_members_are_not_followed() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        writer.add_symlink("l.json", "/etc/passwd", options).unwrap();
        let told =
            import_file("a.zip", &writer.finish().unwrap().into_inner(), FileLimits::default());
        assert_eq!(told, ["a.zip!l.json ~ it is a link inside an archive"]);
        // The flag for encryption is bit 0 of the general purpose flags, in the local and in the central header.
        let mut encrypted = zip(&[("a.json", b"{}"), ("b.json", b"{}")]);
        let central = encrypted.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
        encrypted[6] |= 1;
        encrypted[central + 8] |= 1;
        let told = import_file("a.zip", &encrypted, FileLimits::default());
        assert_eq!(told, ["a.zip!a.json ! the ZIP member is encrypted", "a.zip!b.json = {}"]);
    }

    #[test]
    fn a_damaged_member_is_never_good() {
        let mut archive = zip(&[("a.json", b"{\"a\":\"some text\"}"), ("b.json", b"{}")]);
        let central = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
        archive[central + 16] ^= 1;
        let told = import_file("a.zip", &archive, FileLimits::default());
        assert_eq!(told.len(), 2);
        assert!(told[0].starts_with("a.zip!a.json ! the packed data is damaged"), "{told:?}");
        assert_eq!(told[1], "a.zip!b.json = {}");
    }

    #[test]
    fn a_damaged_archive_is_a_fault() {
        let archive = zip(&[("a.json", b"{\"a\":1}"), ("b.json", b"{\"b\":1}")]);
        for length in 4..archive.len() {
            let told = import_file("a.zip", &archive[..length], FileLimits::default());
            assert_eq!(
                told,
                ["a.zip ! the packed data is damaged"],
                "{length} of {}",
                archive.len()
            );
        }
        for at in 4..archive.len() {
            let mut archive = archive.clone();
            archive[at] ^= 0xFF;
            import_file("a.zip", &archive, FileLimits::default());
        }
        assert_eq!(
            import_file("a.zip", &zip(&[]), FileLimits::default()),
            ["a.zip ! there is no JSON value in it"]
        );
    }

    #[test]
    fn members_are_limited_in_number_and_together() {
        let limits = FileLimits { zip_members: 1, ..FileLimits::default() };
        let two = zip(&[("a.json", b"{}"), ("b.json", b"{}")]);
        assert_eq!(
            import_file("a.zip", &two, limits),
            ["a.zip ! the ZIP archive has 2 members, more than 1"]
        );

        let limits = FileLimits { file_bytes: 5, ..FileLimits::default() };
        let three = zip(&[("a.json", b"{}"), ("b.json", b"{    }"), ("c.json", b"{}")]);
        let told = import_file("a.zip", &three, limits);
        assert_eq!(
            told,
            [
                "a.zip!a.json = {}",
                "a.zip!b.json ! the file gives more than 5 bytes after decompression"
            ]
        );

        let limits = FileLimits { ratio_free_bytes: 10_000, ..FileLimits::default() };
        let bomb = format!("{{\"a\":\"{}\"}}", "0".repeat(2_000_000));
        let told =
            import_file("a.zip", &zip(&[("a.json", bomb.as_bytes()), ("b.json", b"{}")]), limits);
        assert!(
            told[0].starts_with("a.zip!a.json ! the packed data grows more than 200 times"),
            "{told:?}"
        );
        assert_eq!(told[1..], ["a.zip!b.json = {}"]);
    }

    #[test]
    fn members_that_share_their_bytes_count_each_time() {
        // Two entries of the central directory that name one local header, as archives do that are made to overwhelm.
        let text = format!("{{\"a\":\"{}\"}}", "0123456789".repeat(40));
        let mut archive = zip(&[("a.json", text.as_bytes())]);
        let central = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
        let end = archive.windows(4).position(|bytes| bytes == b"PK\x05\x06").unwrap();
        let entry = archive[central..end].to_vec();
        let copies: u16 = 100;
        let mut tail = archive.split_off(end);
        let size = u32::try_from(entry.len() * usize::from(copies)).unwrap();
        tail[8..10].copy_from_slice(&copies.to_le_bytes());
        tail[10..12].copy_from_slice(&copies.to_le_bytes());
        tail[12..16].copy_from_slice(&size.to_le_bytes());
        (1..copies).for_each(|_| archive.extend_from_slice(&entry));
        archive.extend_from_slice(&tail);
        let limits = FileLimits { ratio: 2, ratio_free_bytes: 1_000, ..FileLimits::default() };
        let told = import_file("a.zip", &archive, FileLimits { ratio: 5, ..limits });
        assert!(
            told.last().unwrap().contains(" ! the packed data grows more than 5 times"),
            "{told:?}"
        );
        assert!(told.len() < usize::from(copies), "{}", told.len());
    }
}
