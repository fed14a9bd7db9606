//! How the service is served, out of the table `[serve]`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::time::Duration;

use url::Url;

use crate::config::key::Key;
use crate::config::raw::Raw;
use crate::config::sheet::Sheet;

/// The address that is listened on where none is named: nobody else's machine reaches it.
pub(crate) const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// How long an answer may take where nobody says it.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(10);

/// The seconds that an answer of the service may take.
const TIME_LIMITS: RangeInclusive<u64> = 1..=600;

/// How much anybody may ask of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// How many proxies stand before the service that say in `X-Forwarded-For` for whom they ask.
    pub trusted_proxies: usize,
    /// What each client may ask in a second in the long run, in plain questions; nothing is counted for 0.
    pub rate: u32,
    /// What each client may ask at once.
    pub burst: u32,
    /// The most connections.
    pub connections: usize,
    /// The most connections of one client; they are not counted for 0.
    pub connections_per_address: usize,
}

impl Limits {
    /// What is built in: a person who searches, or a page that reads a badge, never meets it.
    pub(crate) const DEFAULT: Self = Self {
        trusted_proxies: 0,
        rate: 20,
        burst: 60,
        connections: 512,
        connections_per_address: 32,
    };
}

/// What the service has to know.
#[derive(Debug, Clone)]
pub(crate) struct Serving {
    /// The address that it listens on.
    pub listen: SocketAddr,
    /// How long an answer may take.
    pub time_limit: Duration,
    /// Whether whole credentials are read.
    pub credentials: bool,
    /// The address by which others know it, where it is said.
    pub public_url: Option<Url>,
    /// How much anybody may ask.
    pub limits: Limits,
}

/// Reads the table.
pub(super) fn serving(sheet: &mut Sheet) -> Serving {
    let table = Key::of(&["serve"]);
    let what = "an address with its port, such as `127.0.0.1:8080`";
    let listen = sheet.value(
        &table.child("listen"),
        LISTEN,
        |raw| raw.parsed(what, |text| text.parse().ok()),
        |address| address.to_string().into(),
    );
    let time_limit = sheet.value(&table.child("time_limit"), TIME_LIMIT, time_limit, |limit| {
        humantime::format_duration(*limit).to_string().into()
    });
    Serving {
        listen,
        time_limit,
        credentials: sheet.boolean(&table.child("credentials"), false),
        public_url: public_url(sheet, &table.child("public_url")),
        limits: limits(sheet, &table),
    }
}

/// The address by which others know the service. What it gives out leads on by paths, so it lives at the root of a host.
fn public_url(sheet: &mut Sheet, key: &Key) -> Option<Url> {
    let url = sheet.url(key)?;
    if url.path() != "/" {
        let path = url.path();
        let reason =
            format!("it has the path `{path}`; the service needs a host, or a port, of its own");
        sheet.fault(key, reason);
    }
    Some(url)
}

fn time_limit(raw: &Raw) -> Result<Duration, String> {
    let limit = raw.duration()?;
    let is_whole = limit.subsec_nanos() == 0 && TIME_LIMITS.contains(&limit.as_secs());
    if is_whole { Ok(limit) } else { Err(raw.complain("between one second and ten minutes")) }
}

fn limits(sheet: &mut Sheet, table: &Key) -> Limits {
    let built_in = Limits::DEFAULT;
    Limits {
        trusted_proxies: count(
            sheet,
            &table.child("trusted_proxies"),
            built_in.trusted_proxies,
            0..=16,
        ),
        rate: count(sheet, &table.child("rate"), built_in.rate, 0..=1_000_000),
        burst: count(sheet, &table.child("burst"), built_in.burst, 1..=1_000_000),
        connections: count(sheet, &table.child("connections"), built_in.connections, 1..=65_536),
        connections_per_address: count(
            sheet,
            &table.child("connections_per_address"),
            built_in.connections_per_address,
            0..=65_536,
        ),
    }
}

/// A whole number within bounds.
fn count<T>(sheet: &mut Sheet, key: &Key, built_in: T, bounds: RangeInclusive<u64>) -> T
where
    T: TryFrom<u64> + TryInto<u64> + Copy,
{
    let read = |raw: &Raw| {
        let found = raw.number(*bounds.start())?;
        let number = Some(found).filter(|number| bounds.contains(number));
        let number = number.and_then(|number| T::try_from(number).ok());
        number.ok_or_else(|| raw.complain(&format!("a whole number up to {}", bounds.end())))
    };
    sheet.value(key, built_in, read, |number| (*number).try_into().unwrap_or_default().into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::config::{ConfigError, Configuration, Inputs, Secrets};

    #[track_caller]
    fn check(text: &str, judge: impl FnOnce(Result<Configuration, ConfigError>)) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("alidade.toml");
        fs::write(&file, text).unwrap();
        let inputs = Inputs { config: Some(file), ..Inputs::default() };
        judge(Configuration::load(&inputs, Secrets::Left));
    }

    #[test]
    fn how_much_may_be_asked_of_the_service_is_configured_within_bounds() {
        let text = "[serve]\npublic_url = \"https://alidade.example:8443/\"\ntrusted_proxies = 2\nrate = 0\n\
                    burst = 7\nconnections = 3\nconnections_per_address = 0\n";
        check(text, |loaded| {
            let serving = loaded.unwrap().serving;
            assert_eq!(serving.public_url.unwrap().as_str(), "https://alidade.example:8443/");
            let limits = serving.limits;
            assert_eq!((limits.trusted_proxies, limits.rate, limits.burst), (2, 0, 7));
            assert_eq!((limits.connections, limits.connections_per_address), (3, 0));
        });
        let text =
            "[serve]\nburst = 0\nconnections = 1000000\nrate = -1\npublic_url = \"case.example\"\n";
        check(text, |loaded| {
            let refused = loaded.unwrap_err().to_string();
            for words in [
                "line 2): `0` is not a whole number from 1 on",
                "`1000000` is not a whole number up to 65536",
                "`-1` is not a whole number from 0 on",
                "it is no address; write it whole",
            ] {
                assert!(refused.contains(words), "`{words}` is not in: {refused}");
            }
        });
        for (address, words) in [
            ("https://a.example/base/", "it has the path `/base/`"),
            ("https://a.example/base", "it has the path `/base`"),
            ("https://a.example/?b", "it has a query"),
            ("https://a.example/#b", "a fragment"),
        ] {
            check(&format!("[serve]\npublic_url = \"{address}\"\n"), |loaded| {
                let refused = loaded.unwrap_err().to_string();
                assert!(refused.contains(words), "`{words}` is not in: {refused}");
            });
        }
    }
}
