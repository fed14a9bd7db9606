//! The peak memory of the program while it imports one large package.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::package;

/// As many items as make a package of 100 MB.
pub(crate) const N_ITEMS: usize = 75_000;

/// How often the memory is looked at; what is read is a peak, so that nothing is missed but the very end.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Measures it, and prints what was found.
pub(crate) fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let (package, data) = (folder.path().join("package.json"), folder.path().join("data"));
    let mut file = BufWriter::new(File::create(&package).unwrap());
    package::write(N_ITEMS, &mut file).unwrap();
    file.flush().unwrap();
    let megabytes = fs::metadata(&package).unwrap().len() as f64 / 1e6;
    let begun = Instant::now();
    let mut import =
        alidade(&data).arg("import").arg(&package).stdout(Stdio::null()).spawn().unwrap();
    let peak = watch(&mut import);
    let took = begun.elapsed().as_secs_f64();
    let n_quads = count_quads(&data);
    println!(
        "import of {megabytes:.0} MB, {N_ITEMS} items, {n_quads} quads: {took:.1} s, {:.0} quads/s",
        n_quads / took
    );
    match peak {
        Some(peak) => {
            println!("peak memory {peak:.0} MB, {:.1} times the package", peak / megabytes);
        }
        None => println!("peak memory: this system does not tell"),
    }
}

pub(crate) fn alidade(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alidade"));
    command.arg("--data").arg(data);
    command
}

/// Waits for a process and gives its peak memory in MB.
pub(crate) fn watch(process: &mut Child) -> Option<f64> {
    let mut peak = None;
    loop {
        if let Some(status) = process.try_wait().unwrap() {
            assert!(status.success(), "the import ended with {status}");
            return peak;
        }
        peak = peak_memory(process.id()).or(peak);
        thread::sleep(LOOK_EVERY);
    }
}

/// Reads `VmHWM`, which Linux tells of every process.
fn peak_memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

fn count_quads(data: &Path) -> f64 {
    let output = alidade(data).args(["status", "--json"]).output().unwrap();
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    status["manifest"]["counts"]["quads"].as_f64().unwrap()
}
