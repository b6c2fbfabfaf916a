"""Measures the public door beside its peers on one record: `python -m bench.speed`, after `python -m bench.record`.

Serves, on ports of their own and one after the other in each round, the product with and without kept answers, Django
REST framework as its manual has it and raw SQL (`bench.peers`), and nginx with the same bytes as a file where nginx is
installed. PUBLISHED_DATABASE_URL names the edition, on PostgreSQL. Prints tables of requests a second with their
ratios, p50 and p99, and the memory of a worker. `wrk` asks where it is installed, else threads of this process.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

CONNECTIONS = 8
FIRST_PORT = 8471
NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log stderr crit;
events {{}}
http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}; default_type application/json; }} }}
"""
HEADERS = {"X-Forwarded-Proto": "https", "Host": "localhost"}


@dataclass(frozen=True)
class Figures:
    """Requests a second, and milliseconds that half and 99 of 100 requests take at most."""

    rate: float
    p50: float
    p99: float


@dataclass(frozen=True)
class Server:
    """One thing measured: its name, its port and its processes' parent."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    def memory(self) -> float:
        """Megabytes of its largest process."""
        ids = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        sizes = [_resident(int(each)) for each in [self.process.pid, *map(int, ids.stdout.split())]]
        return max(sizes) / 1024


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(iter(re.findall(r"VmRSS:\s+(\d+)", status)), 0))


@contextmanager
def served(name: str, port: int, command: list[str], **environment: str) -> Iterator[Server]:
    """A server that answers, until the block ends."""
    common = {"PORT": str(port), "ACCESS_LOG": "0", "PUBLIC_ONLY": "1", "DEBUG": "0", "ALLOWED_HOSTS": "localhost"}
    secret = {"SECRET_KEY": os.environ.get("SECRET_KEY", "bench" * 12)}
    process = subprocess.Popen(command, env={**os.environ, **common, **secret, **environment})
    try:
        until = time.monotonic() + 60
        while not _listens(port):
            if time.monotonic() > until or process.poll() is not None:
                raise SystemExit(f"{name} does not listen on port {port}.")
            time.sleep(0.1)
        yield Server(name, port, process)
    finally:
        process.terminate()
        process.wait(40)


def _listens(port: int) -> bool:
    try:
        http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
    except OSError:
        return False
    return True


def ask(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
    """One answer: its status, body and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers={**HEADERS, **(headers or {})})
    response = connection.getresponse()
    return response.status, response.read(), {name.lower(): value for name, value in response.getheaders()}


def measured(port: int, path: str, seconds: int, headers: dict[str, str] | None = None) -> Figures:
    """How often, and how fast, the address is answered."""
    status = ask(port, path, headers)[0]
    if status not in {200, 304}:
        raise SystemExit(f"{path} on port {port} answered {status}.")
    if wrk := shutil.which("wrk"):
        given = [part for name, value in {**HEADERS, **(headers or {})}.items() for part in ("-H", f"{name}: {value}")]
        command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "60s", "--latency", *given]
        told = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True)
        rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", told.stdout)[0])
        half, most = (_milliseconds(re.findall(rf"{share}%\s+([\d.]+\w+)", told.stdout)[0]) for share in (50, 99))
        return Figures(rate, half, most)
    return _by_threads(port, path, seconds, headers)


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text).groups()  # type: ignore[union-attr]  # wrk writes it so.
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def _by_threads(port: int, path: str, seconds: int, headers: dict[str, str] | None) -> Figures:
    taken: list[float] = []
    until = time.monotonic() + seconds

    def reader() -> None:
        while (begun := time.monotonic()) < until:
            ask(port, path, headers)
            taken.append((time.monotonic() - begun) * 1000)

    readers = [threading.Thread(target=reader) for _ in range(CONNECTIONS)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    ordered = sorted(taken)
    return Figures(len(taken) / seconds, statistics.median(ordered), ordered[int(len(ordered) * 0.99)])


def workloads(port: int) -> dict[str, dict[str, str]]:
    """What is asked, by name: the address at each server, where it has one. Asks the product for what there is."""
    letter = json.loads(ask(port, "/api/v1/letters/?state=CA&page_size=1")[1])["results"][0]["slug"]
    deep = json.loads(ask(port, "/api/v1/grants/?ordering=-fiscal_year&page_size=1")[1])
    year, middle = deep["results"][0]["fiscal_year"] - 3, max(deep["count"] // 100, 1)
    before = ask(port, f"/api/v1/grants/?fiscal_year={year + 1}&ordering=recipient_as_written")
    cursor = json.loads(before[1])["next"] or ""
    page = cursor.partition("cursor=")[2].partition("&")[0]
    four = f"state=CA&fiscal_year={year}&amount_min=1000&amount_kind=award"
    return {
        "letters of a state": {
            "product": "/api/v1/letters/?state=CA", "vanilla": "/letters/?state=CA", "raw": "/letters/?state=CA",
        },
        "awards, four filters": {
            "product": f"/api/v1/grants/?{four}", "vanilla": f"/grants/?{four}", "raw": f"/grants/?{four}",
        },
        "awards, a later page": {
            "product": f"/api/v1/grants/?fiscal_year={year + 1}&ordering=recipient_as_written&cursor={page}",
            "vanilla": f"/grants/?page={middle}", "raw": f"/grants/?after={year}",
        },
        "one letter": {
            "product": f"/api/v1/letters/{letter}/", "vanilla": f"/letters/{letter}/", "raw": f"/letters/{letter}/",
        },
        "sums by state and year": {
            "product": "/api/v1/summaries/grants/?by=state,fiscal_year", "vanilla": "/sums/", "raw": "/sums/",
        },
        "search in letters": {"product": "/api/v1/search/?noun=letters&q=" + quote("detainer")},
        "page of letters": {"product": "/letters/?state=CA"},
        "home": {"product": "/"},
    }  # fmt: skip


def uncached(servers: dict[str, Server], seconds: int) -> None:
    """Print what it costs to make each answer."""
    print("\n| made each time | product/s (p50, p99 ms) | vanilla/s | raw/s | to vanilla | to raw | bytes |")
    print("|---|---|---|---|---|---|---|")
    for name, paths in workloads(servers["product"].port).items():
        found = {each: measured(servers[each].port, path, seconds) for each, path in paths.items()}
        ours = found["product"]
        others = {each: found[each].rate if each in found else None for each in ("vanilla", "raw")}
        rates = [f"{rate:,.0f}" if rate else "" for rate in others.values()]
        ratios = [f"{ours.rate / rate:.1f}" if rate else "" for rate in others.values()]
        size = len(ask(servers["product"].port, paths["product"])[1])
        cells = [f"{ours.rate:,.0f} ({ours.p50:.0f}, {ours.p99:.0f})", *rates, *ratios, f"{size:,}"]
        print(f"| {name} | {' | '.join(cells)} |")


def kept(servers: dict[str, Server], folder: Path, seconds: int) -> None:
    """Print what it costs to give each answer again, beside nginx with the same bytes."""
    print("\n| kept | product/s (p50, p99 ms) | nginx, same bytes | ratio | 304/s | nginx 304/s | ratio |")
    print("|---|---|---|---|---|---|---|")
    for name, paths in workloads(servers["kept"].port).items():
        _, body, headers = ask(servers["kept"].port, paths["product"])
        ours = measured(servers["kept"].port, paths["product"], seconds)
        again = measured(servers["kept"].port, paths["product"], seconds, {"If-None-Match": headers["etag"]})
        row = ["", "", f"{again.rate:,.0f}", "", ""]
        if "nginx" in servers:
            (folder / "answer").write_bytes(body)
            tag = ask(servers["nginx"].port, "/answer")[2]["etag"]
            theirs = measured(servers["nginx"].port, "/answer", seconds)
            unchanged = measured(servers["nginx"].port, "/answer", seconds, {"If-None-Match": tag})
            row = [f"{theirs.rate:,.0f}", f"{ours.rate / theirs.rate:.2f}", f"{again.rate:,.0f}"]
            row += [f"{unchanged.rate:,.0f}", f"{again.rate / unchanged.rate:.2f}"]
        print(f"| {name} | {ours.rate:,.0f} ({ours.p50:.1f}, {ours.p99:.1f}) | {' | '.join(row)} |")


def main() -> None:
    """Serve, ask and print."""
    parser = argparse.ArgumentParser(description="Measure the public door beside its peers.")
    parser.add_argument("--seconds", type=int, default=5, help="how long each address is asked")
    seconds = parser.parse_args().seconds
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    peer = [
        str(Path(sys.executable).parent / "granian"),
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--blocking-threads",
        "4",
    ]
    product = [sys.executable, "-m", "config.serve"]
    with ExitStack() as stack:
        starting = {
            "product": (product, {"KEPT_ANSWERS_MB": "0"}),
            "kept": (product, {}),
            "vanilla": ([*peer, "--port", str(FIRST_PORT + 2), "bench.peers:vanilla"], {}),
            "raw": ([*peer, "--port", str(FIRST_PORT + 3), "bench.peers:raw"], {}),
        }
        servers = {
            name: stack.enter_context(served(name, FIRST_PORT + place, command, **environment))
            for place, (name, (command, environment)) in enumerate(starting.items())
        }
        if nginx := shutil.which("nginx"):
            port = FIRST_PORT + len(servers)
            (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
            command = [nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
            servers["nginx"] = stack.enter_context(served("nginx", port, command))
        uncached(servers, seconds)
        kept(servers, folder, seconds)
        print("\nMemory of the largest process, MB: ", end="")
        print(", ".join(f"{name} {server.memory():.0f}" for name, server in servers.items()))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
