"""Asks the service whatever its own description allows, and much that it does not.

No answer may be a fault of the service, have a status or a media type that is not described, or be otherwise than its schema says.
The base URL is in the variable ALIDADE. SCHEMATHESIS_EXAMPLES says how many requests are made up for each operation.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# Lines of JSON and queries are no media types that schemathesis knows: they are the texts that their schemas say they are.
HOOKS = """
import schemathesis


@schemathesis.serializer("application/x-ndjson", "application/sparql-query")
def write(context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@schemathesis.deserializer("application/x-ndjson")
def read(context, response):
    return response.content.decode("utf-8")
"""

# What every answer is held against. Which requests are refused is tested elsewhere: a schema cannot say all that is wrong with one.
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
]


def main() -> int:
    base = os.environ["ALIDADE"].rstrip("/")
    program = Path(sys.executable).with_name("schemathesis")
    program = str(program) if program.exists() else shutil.which("schemathesis")
    if program is None:
        print("schemathesis is not installed: `pip install schemathesis`", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        hooks = Path(folder, "hooks.py")
        hooks.write_text(HOOKS, encoding="utf-8")
        environment = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": folder}
        command = [
            program,
            "run",
            f"{base}/openapi.json",
            "--url",
            base,
            "--checks",
            ",".join(CHECKS),
            "--max-examples",
            os.environ.get("SCHEMATHESIS_EXAMPLES", "50"),
            "--request-timeout",
            "30",
            "--generation-database",
            "none",
            "--no-color",
            *sys.argv[1:],
        ]
        return subprocess.run(command, env=environment, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
