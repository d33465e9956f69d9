"""What users do without a plan: the job graph that zuul-client prints, in a spreadsheet.

A job ends at its duration after the last end of its dependencies.  The sheet has this formula for
each job, and LibreOffice computes it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet><table:table table:name="plan">
{rows}
</table:table></office:spreadsheet></office:body></office:document>
"""
ROW = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>{name}</text:p>'
    '</table:table-cell><table:table-cell office:value-type="float" office:value="{duration}"/>'
    '<table:table-cell table:formula="of:={formula}"/></table:table-row>'
)


@contextmanager
def served(jobs: list[dict[str, Any]]) -> Iterator[str]:
    """Serve a frozen graph as Zuul's REST API does, and yield the address."""
    graph = [
        {
            "name": job["name"],
            "dependencies": [{"name": name, "soft": False} for name in job["dependencies"]],
        }
        for job in jobs
    ]

    class FrozenGraph(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(graph if self.path.endswith("/freeze-jobs") else {"info": {}})
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), FrozenGraph) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def sheet(table: str, jobs: list[dict[str, Any]]) -> str:
    """Return the table of zuul-client as a spreadsheet, with the durations of the jobs."""
    cells = [[cell.strip() for cell in line.split("|")[1:3]] for line in table.splitlines()]
    waits = {row[0]: row[1].split(", ") if row[1] else [] for row in cells if len(row) == 2}
    del waits["Job"]
    rows = {name: at for at, name in enumerate(waits, 1)}
    durations = {job["name"]: job["duration"] for job in jobs}
    lines = [
        ROW.format(name=name, duration=durations[name], formula=_end(at, [rows[one] for one in of]))
        for at, (name, of) in enumerate(waits.items(), 1)
    ]
    total = ROW.format(name="total", duration=0, formula=f"MAX([.C1:.C{len(rows)}])")
    return SHEET.format(rows="\n".join([*lines, total]))


def _end(row: int, dependencies: list[int]) -> str:
    ends = ";".join(f"[.C{other}]" for other in dependencies)
    return f"[.B{row}]+MAX({ends})" if ends else f"[.B{row}]"


def recalculated(soffice: str, file: Path) -> list[str | Path]:
    """Return the command that writes the values of a spreadsheet as ``.csv`` beside it."""
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    return [soffice, profile, "--headless", "--convert-to", "csv", "--outdir", file.parent, file]


def total_of(values: Path) -> str:
    """Return the last end that the spreadsheet computed."""
    return values.read_text("utf-8").splitlines()[-1].rpartition(",")[2]
