//! A headless Chromium that ends with the test.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How long a test waits for what must come; no test is about this time.
const PATIENCE: Duration = Duration::from_mins(2);

/// The names under which systems install the browser, and the program that drives it.
const BROWSERS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];

/// A browser with a profile of its own, that reaches no other host than this one.
pub(super) struct Browser {
    runtime: Runtime,
    client: Option<Client>,
    driver: Child,
    profile: TempDir,
}

impl Browser {
    /// Starts a browser.
    pub(super) fn start() -> Self {
        Self::started(true)
    }

    /// Starts a browser that runs no script of a page.
    pub(super) fn without_scripts() -> Self {
        Self::started(false)
    }

    fn started(runs_scripts: bool) -> Self {
        let (program, driver) = (installed(&BROWSERS), installed(&DRIVERS));
        let profile = tempfile::tempdir().unwrap();
        let (driver, port) = drive(&driver, profile.path());
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let mut browser = Self { runtime: runtime.unwrap(), client: None, driver, profile };
        browser.client = Some(browser.connect(port, &program, runs_scripts));
        browser
    }

    fn connect(&self, port: u16, program: &Path, runs_scripts: bool) -> Client {
        let profile = self.profile.path().join("profile");
        let args = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-default-browser-check",
            "--no-first-run",
            "--window-size=1000,1400",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            &format!("--user-data-dir={}", profile.display()),
        ];
        // 1 lets scripts run, 2 does not.
        let scripts = if runs_scripts { 1 } else { 2 };
        let preferences = json!({ "profile.managed_default_content_settings.javascript": scripts });
        let options = json!({ "binary": program, "args": args, "prefs": preferences });
        let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        let Value::Object(capabilities) = capabilities else { unreachable!() };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        self.runtime.block_on(async {
            let client = builder.connect(&format!("http://127.0.0.1:{port}")).await.unwrap();
            let waits = TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None);
            client.update_timeouts(waits).await.unwrap();
            client
        })
    }

    fn client(&self) -> &Client {
        self.client.as_ref().unwrap()
    }

    #[track_caller]
    fn wait<T>(&self, what: impl Future<Output = Result<T, CmdError>>) -> T {
        let ended = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, what).await });
        ended.expect("the browser does not answer").unwrap()
    }

    /// Goes to an address.
    #[track_caller]
    pub(super) fn go_to(&self, address: &str) {
        self.wait(self.client().goto(address));
    }

    /// Runs the body of an asynchronous function of `args` in the page, and gives what it returns.
    #[track_caller]
    pub(super) fn run(&self, body: &str, args: &Value) -> Value {
        let script = format!(
            "const [args, done] = arguments;
            (async () => {{ {body} }})().then(
                (value) => done({{ value }}),
                (error) => done({{ thrown: `${{error?.name}}: ${{error?.message}}` }}),
            );"
        );
        let mut answer = self.wait(self.client().execute_async(&script, vec![args.clone()]));
        assert_eq!(answer["thrown"], Value::Null, "{body}");
        answer["value"].take()
    }

    /// Waits for an element that has to come.
    #[track_caller]
    pub(super) fn element(&self, css: &str) -> Element {
        self.wait(self.client().wait().at_most(PATIENCE).for_element(Locator::Css(css)))
    }

    /// What is read of an element.
    #[track_caller]
    pub(super) fn text(&self, css: &str) -> String {
        let element = self.element(css);
        self.wait(element.text())
    }

    /// Types into an element; of a file input, the path of the file.
    #[track_caller]
    pub(super) fn type_into(&self, css: &str, text: &str) {
        let element = self.element(css);
        self.wait(element.send_keys(text));
    }

    /// Presses keys wherever the focus is.
    #[track_caller]
    pub(super) fn press(&self, keys: &str) {
        let stroke = |keys: KeyActions, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        };
        let keys = keys.chars().fold(KeyActions::new("keyboard".to_owned()), stroke);
        self.wait(self.client().perform_actions(keys));
    }

    /// A picture of what is seen.
    #[track_caller]
    pub(super) fn picture(&self) -> Vec<u8> {
        self.wait(self.client().screenshot())
    }

    /// Sets the size of the window.
    #[track_caller]
    pub(super) fn resize(&self, width: u32, height: u32) {
        self.wait(self.client().set_window_size(width, height));
    }

    /// Ends the browser, and gives the folder in which it kept its things.
    pub(super) fn end(mut self) -> TempDir {
        self.close();
        std::mem::replace(&mut self.profile, tempfile::tempdir().unwrap())
    }

    fn close(&mut self) {
        if let Some(client) = self.client.take() {
            let closed =
                async { tokio::time::timeout(Duration::from_secs(20), client.close()).await };
            drop(self.runtime.block_on(closed));
        }
        // The driver leads a group of its own, which is all that is ended.
        let group = format!("-{}", self.driver.id());
        drop(Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status());
        drop(self.driver.wait());
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.close();
    }
}

/// Starts the driver on a free port, and gives the port.
fn drive(program: &Path, folder: &Path) -> (Child, u16) {
    let mut command = Command::new(program);
    command.arg("--port=0").env("TMPDIR", folder).process_group(0);
    let mut driver =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines().map(Result::unwrap);
    let said = lines.find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    std::thread::spawn(move || lines.for_each(drop));
    (driver, said.expect("the driver says no port"))
}

/// The first of some programs that is on the path.
fn installed(names: &[&str]) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let programs =
        names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = programs.into_iter().find(|program| program.is_file());
    found.unwrap_or_else(|| {
        panic!(
            "no `{}` is here, which the tests of the browser need; `make test` installs it",
            names[0]
        )
    })
}
