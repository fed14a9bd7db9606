//! Harvests that are killed at any moment, from servers that drop, cut and break one answer in ten.

use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::crash::random::Random;
use crate::support::fake_case::FakeCase;
use crate::support::fake_registry::FakeRegistry;
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::bad_day::{Conduct, Storm};
use crate::support::generated::{ctid, envelope, envelopes, framework, reworded};
use crate::support::mirror::{Mirror, check_same};

const KILLS: usize = 50;

/// The servers, and how often they changed.
struct Upstream {
    case: FakeServer<FakeCase>,
    registry: FakeServer<FakeRegistry>,
}

impl Upstream {
    fn new() -> Self {
        let case = FakeCase::serving((1..=8).map(|number| framework(number, 60)));
        let registry = FakeRegistry::behaving(envelopes(300), |quirks| quirks.caps_per_page = 30);
        Self { case, registry }
    }

    fn conduct(&self, change: impl Fn(&mut Conduct)) {
        self.case.conduct(&change);
        self.registry.conduct(&change);
    }

    /// Words, envelopes and frameworks that come and change.
    fn change(&self, round: u64) {
        let number = u32::try_from(round % 8 + 1).unwrap();
        let words = format!("Says it for the {round}th time");
        self.case.change(|case| case.put(reworded(framework(number, 60), 3, &words)));
        self.registry.change(|registry| {
            for at in 0..5 {
                registry
                    .update(envelope((round * 7 + at * 31) % 290, u32::try_from(round).unwrap()));
            }
            registry.create(envelope(1_000 + round, 0));
            if round == 11 {
                registry.destroy(&ctid(299));
            }
        });
    }

    fn mirror(&self) -> Mirror {
        let mut mirror = Mirror::new();
        mirror.source("case", "case", &self.case.url(), "attempts = 6");
        mirror.source("registry", "registry", &self.registry.url(), "attempts = 6");
        mirror
    }
}

/// Runs a harvest and kills it after a while; where it has ended by itself before, tells how long that took.
fn harvest_for(mirror: &Mirror, delay: Duration) -> Option<Duration> {
    let mut command = mirror.command(&["harvest", "--json"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while begun.elapsed() < delay && child.try_wait().unwrap().is_none() {
        thread::sleep(delay.saturating_sub(begun.elapsed()).min(Duration::from_millis(5)));
    }
    let took = begun.elapsed();
    child.kill().unwrap();
    (child.wait().unwrap().signal() != Some(9)).then_some(took)
}

#[test]
fn a_harvest_killed_at_fifty_moments_ends_like_a_quiet_one() {
    let upstream = Upstream::new();
    let quiet = upstream.mirror();
    let begun = Instant::now();
    quiet.harvest().check_complete();
    let whole = begun.elapsed();
    upstream.conduct(|conduct| conduct.storm = Some(Storm { one_in: 10, seed: 11 }));
    let mirror = upstream.mirror();
    let mut random = Random::seeded("a_harvest_killed_at_fifty_moments");
    let (mut n_killed, mut n_moments) = (0, 0);
    let mut span = whole * 2;
    while n_killed < KILLS && n_moments < 4 * KILLS {
        n_moments += 1;
        // A harvest that finds little to do ends sooner: moments after its end are of no interest.
        match harvest_for(&mirror, random.within(span)) {
            Some(took) => span = took,
            None => n_killed += 1,
        }
        if n_moments % 4 == 0 {
            upstream.change(n_moments as u64 / 4);
        }
    }
    println!("{n_killed} of {n_moments} died; a quiet harvest takes {} ms", whole.as_millis());
    assert!(n_killed >= KILLS, "only {n_killed} kills");
    upstream.conduct(|conduct| conduct.storm = None);
    for mirror in [&mirror, &quiet] {
        // Fifty rounds changed enough for the brake to ask.
        mirror.harvest_with(&["--accept"]).check_complete();
        assert_eq!(mirror.data.run(&["verify"]).status, 0);
    }
    check_same("killed and quiet", &mirror.content(), &quiet.content());
    let settled = mirror.ledger();
    mirror.harvest().check_complete();
    assert_eq!(mirror.ledger(), settled, "a further run writes nothing");
    let fresh = upstream.mirror();
    fresh.harvest().check_complete();
    let content = mirror.content();
    for (key, shown) in fresh.content() {
        assert_eq!(content.get(&key), Some(&shown), "{key}");
    }
}

#[test]
fn a_storm_alone_ends_like_a_quiet_harvest() {
    let upstream = Upstream::new();
    let quiet = upstream.mirror();
    quiet.harvest().check_complete();
    for seed in 1..=3 {
        upstream.conduct(|conduct| conduct.storm = Some(Storm { one_in: 10, seed }));
        let mirror = upstream.mirror();
        let mut last = mirror.harvest();
        for _ in 0..5 {
            if last.status == 0 {
                break;
            }
            last = mirror.harvest();
        }
        last.check_complete();
        check_same("in a storm", &mirror.content(), &quiet.content());
    }
}
