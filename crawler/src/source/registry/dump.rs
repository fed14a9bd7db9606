//! The registry's own dump of a community: a ZIP archive with one envelope in each member
//! ([`download_envelopes`](https://github.com/CredentialEngine/CredentialRegistry/blob/master/app/services/download_envelopes.rb)).

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek as _, Write as _};

use ontology::Ctid;
use serde::Deserialize;
use time::OffsetDateTime;
use url::Url;
use zip::ZipReadOptions;
use zip::read::{Config, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::{ZipIterable, ZipIterableFiles};

use crate::client::{FetchError, Halt, Head, Reply, Request, Taker};
use crate::source::files::FileLimits;
use crate::source::registry::answer::{Answer, ELEMENT_BYTES, Refusal, ask};
use crate::source::registry::community::{Community, record};
use crate::source::registry::events::news_since;
use crate::source::registry::listing::total;
use crate::source::registry::row::{Row, read_instant};

/// The longest archive: 64 GiB.
const ARCHIVE_BYTES: u64 = 64 << 30;

/// How many members are read between two looks at whether to save or to stop.
const TOGETHER: usize = 200;

/// How the dump stands.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Standing {
    status: Option<String>,
    url: Option<String>,
    last_published_at: Option<String>,
}

/// Why a dump is of no use.
#[derive(Debug, thiserror::Error)]
enum DumpError {
    #[error("the archive is damaged: {0}")]
    Archive(#[from] ZipError),
    #[error("a member of the archive is damaged: {0}")]
    Member(#[from] std::io::Error),
    #[error("the archive has {0} members")]
    Members(usize),
    #[error("`{host}`, where it lies, {reason}")]
    NotGiven { host: String, reason: String },
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

/// Takes the dump over; the instant of what was published last before it, where all of it is good and it holds everything.
pub(super) async fn take(community: &Community<'_>) -> Result<Option<OffsetDateTime>, FetchError> {
    let Some((url, published)) = standing(community).await? else { return Ok(None) };
    match take_archive(community, url).await {
        Ok(taken) => {
            let is_everything = is_everything(community, taken, published).await?;
            Ok(is_everything.then_some(published))
        }
        Err(DumpError::Fetch(error @ (FetchError::Store(_) | FetchError::Stopped))) => Err(error),
        Err(error) => {
            community.remark(format!("the dump is of no use, a walk follows: {error}"));
            Ok(None)
        }
    }
}

/// Whether the dump, with what was written since, has as many records as the registry counts.
async fn is_everything(
    community: &Community<'_>,
    mut taken: BTreeSet<Ctid>,
    published: OffsetDateTime,
) -> Result<bool, FetchError> {
    if let Ok(news) = news_since(community, published).await? {
        for (ctid, happened) in news.last {
            if happened.is_destruction {
                taken.remove(&ctid);
            } else {
                taken.insert(ctid);
            }
        }
    }
    let request = Request::get(community.address.one_envelope());
    let counted = match ask(community.session, request, |_, _| Ok(())).await? {
        Answer::Rows(rows) => total(&rows.head),
        Answer::Refused(_) => None,
    };
    let n_taken = u64::try_from(taken.len()).unwrap_or(u64::MAX);
    if counted.is_some_and(|counted| n_taken >= counted) {
        return Ok(true);
    }
    let counted = counted.map_or("nobody knows how many".to_owned(), |n| n.to_string());
    community.remark(format!("the dump has {n_taken} of {counted} records, a walk follows"));
    Ok(false)
}

/// Where the dump lies and what it goes back to.
async fn standing(community: &Community<'_>) -> Result<Option<(Url, OffsetDateTime)>, FetchError> {
    let request = Request::get(community.address.download());
    let (reply, text) = community.session.read(&request).await?;
    if let Reply::NotModified(head) | Reply::Refusal(head, _) = &reply {
        let words =
            if let Reply::Refusal(_, words) = &reply { words.clone() } else { String::new() };
        let refusal = Refusal { url: head.url.to_string(), status: head.status, words };
        community.remark(format!("there is no dump for us, a walk follows: {refusal}"));
        return Ok(None);
    }
    let standing: Standing = serde_json::from_slice(&text).unwrap_or_default();
    let status = standing.status.unwrap_or_default();
    let url = standing.url.and_then(|url| Url::parse(&url).ok());
    let published = standing.last_published_at.and_then(|instant| read_instant(&instant));
    if let (Some(url), Some(published), "finished") = (url, published, status.as_str()) {
        return Ok(Some((url, published)));
    }
    community.remark(format!("the dump is `{status}`, a walk follows"));
    Ok(None)
}

/// Takes the archive over; the records that were kept.
async fn take_archive(community: &Community<'_>, url: Url) -> Result<BTreeSet<Ctid>, DumpError> {
    let mut download = Download { file: community.session.scratch()? };
    // It lies with somebody else, who has no business with our token.
    let request = Request::get(url.clone()).anonymous().of_any_kind().at_most(ARCHIVE_BYTES);
    let reply = community.session.client().fetch(&request, &mut download).await;
    let head = match reply.map_err(|error| not_given(&url, error))? {
        Reply::Whole(head) => head,
        Reply::NotModified(head) | Reply::Refusal(head, _) => {
            let reason = format!("answers {}", head.status);
            return Err(DumpError::NotGiven { host: host(&url), reason });
        }
    };
    let mut file = download.file;
    file.rewind()?;
    let mut archive = ZipIterable::try_new(BufReader::new(file), Config::default())?;
    let n_members = archive.len();
    if n_members == 0
        || u64::try_from(n_members).is_ok_and(|n| n > FileLimits::default().zip_members)
    {
        return Err(DumpError::Members(n_members));
    }
    community.session.expect(u64::try_from(n_members).unwrap_or(u64::MAX));
    let members = archive.files()?;
    let mut taken = BTreeSet::new();
    while take_some(community, &head, members, &mut taken)? {
        if community.session.is_stopped() {
            return Err(FetchError::Stopped.into());
        }
        community.session.save_if_due().await?;
    }
    Ok(taken)
}

/// Why the archive does not come, without its address: that is as good as a password for a while.
fn not_given(url: &Url, error: FetchError) -> DumpError {
    let reason = match error {
        FetchError::Store(_) | FetchError::Stopped | FetchError::Budget { .. } => {
            return DumpError::Fetch(error);
        }
        FetchError::Unavailable { status, .. } => format!("answers {status}"),
        FetchError::NotAllowed { .. } | FetchError::Robots { .. } => "may not be asked".to_owned(),
        FetchError::Unusable { .. } => "gives what cannot be used".to_owned(),
        _ => "does not answer".to_owned(),
    };
    DumpError::NotGiven { host: host(url), reason }
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// Takes the next members; whether there may be more.
fn take_some(
    community: &Community<'_>,
    head: &Head,
    members: &mut ZipIterableFiles<BufReader<File>>,
    taken: &mut BTreeSet<Ctid>,
) -> Result<bool, DumpError> {
    for _ in 0..TOGETHER {
        let Some(entry) = members.next() else { return Ok(false) };
        taken.extend(take_member(community, head, entry?, members)?);
    }
    Ok(true)
}

/// Takes a member; the record where it was kept.
fn take_member(
    community: &Community<'_>,
    head: &Head,
    entry: ZipFileEntry<'_>,
    members: &mut ZipIterableFiles<BufReader<File>>,
) -> Result<Option<Ctid>, DumpError> {
    let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
    let Some(ctid) = named_by(&name) else {
        let is_document = !entry.is_dir();
        if is_document {
            let reason = "the member of the dump is not named for a CTID";
            community.session.tell(|report| report.refuse(name, reason));
        }
        return Ok(None);
    };
    let limit = u64::try_from(ELEMENT_BYTES).unwrap_or(u64::MAX);
    let mut text = Vec::new();
    let member = entry.with_reader(members.reader_mut(), ZipReadOptions::new())?;
    member.take(limit.saturating_add(1)).read_to_end(&mut text)?;
    if text.len() > ELEMENT_BYTES {
        let reason = "the member of the dump is too long";
        community.session.tell(|report| report.refuse(record(&ctid), reason));
        return Ok(None);
    }
    let row = Row::of_envelope(&text);
    // Older dumps hold records without their envelopes.
    let row = if row.identity().is_some() { row } else { Row::of_graph(&text) };
    let is_kept = community.keep(head, &ctid, &row, &text).map_err(FetchError::Store)?;
    Ok(is_kept.then_some(ctid))
}

/// The CTID that a member is named for, in whatever folder it lies.
fn named_by(name: &str) -> Option<Ctid> {
    name.rsplit('/').next()?.strip_suffix(".json")?.parse().ok()
}

/// Writes the archive to the disk.
struct Download {
    file: File,
}

impl Taker for Download {
    fn begin(&mut self, _: &Head) -> Result<(), Halt> {
        let emptied = self.file.set_len(0).and_then(|()| self.file.rewind());
        emptied.map_err(|error| Halt::Store(error.into()))
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Halt> {
        self.file.write_all(bytes).map_err(|error| Halt::Store(error.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Ending, RunReport};
    use crate::source::registry::fake::{Fake, Quirks, ctid};
    use crate::source::registry::held::Mirror;

    /// What a mirror that begins with the dump makes of a registry that has changed since.
    async fn check(quirks: Quirks, n_walked: usize) -> RunReport {
        let fake = Fake::with(450).await;
        fake.world().quirks = quirks;
        let mut mirror = Mirror::of(fake.url.clone());
        mirror.scope.dump = true;
        fake.world().update(3);
        fake.world().create(451);
        fake.world().destroy(5);
        let report = mirror.check(Ending::Complete).await;
        assert_eq!(mirror.held.list(), fake.world().resources());
        let requests = fake.world().requests();
        let is_page =
            |line: &&String| line.contains("/envelopes?") && line.contains("per_page=200");
        let walked = requests.iter().filter(is_page).count();
        assert_eq!(walked, n_walked, "{requests:?}");
        mirror.check(Ending::Complete).await;
        let requests = fake.world().requests();
        assert!(!requests.iter().any(|line| line.contains("/envelopes?") || line.contains("zip")));
        report
    }

    #[tokio::test]
    async fn a_mirror_may_begin_with_the_dump_and_go_on_with_what_happened_since() {
        let report = check(Quirks { dump: Some("finished"), ..Quirks::default() }, 0).await;
        assert_eq!((report.accepted, report.withdrawn), (452, 1));
        assert!(report.remarks.is_empty(), "{report:?}");
    }

    #[tokio::test]
    async fn without_a_good_dump_the_mirror_begins_with_a_walk() {
        let quirks = [
            (Quirks::default(), "there is no dump for us, a walk follows: it answers 401"),
            (
                Quirks { dump: Some("in_progress"), ..Quirks::default() },
                "the dump is `in_progress`",
            ),
            (
                Quirks { dump: Some("finished"), dump_is_damaged: true, ..Quirks::default() },
                "the dump is of no use, a walk follows: the archive is damaged",
            ),
            (
                Quirks { dump: Some("finished"), dump_lacks_one: true, ..Quirks::default() },
                "the dump has 449 of 450 records, a walk follows",
            ),
            (
                Quirks { dump: Some("finished"), dump_is_kept_back: true, ..Quirks::default() },
                "the dump is of no use, a walk follows: `127.0.0.1`, where it lies, answers 403",
            ),
        ];
        for (quirks, expected) in quirks {
            let report = check(quirks, 5).await;
            assert!(report.remarks[0].starts_with(expected), "{report:?}");
            assert!(!format!("{report:?}").contains("signature"));
        }
    }

    #[test]
    fn a_member_is_named_for_its_ctid() {
        let check = |name: String, expected: Option<String>| {
            assert_eq!(named_by(&name).map(|ctid| ctid.to_string()), expected, "{name}");
        };
        check(format!("{}.json", ctid(1)), Some(ctid(1)));
        check(format!("a/b/{}.json", ctid(1).to_uppercase()), Some(ctid(1)));
        check(format!("{}.txt", ctid(1)), None);
        check("a.json".to_owned(), None);
    }
}
