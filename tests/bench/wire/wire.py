#!/usr/bin/python3
"""Credentialed PUTs with their preflights, one after the other: the simulated browser with its whole trace, jsdom,
happy-dom and headless Chromium, all against the same server.

    wire.py BUILD-DIR [--rounds N] [--seconds S]
"""
import argparse
import http.server
import os
import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(here))
import measure  # noqa: E402

on_core = ["taskset", "-c", "1"]


def last_line(command, env=None):
    ran = subprocess.run(on_core + command, capture_output=True, text=True, timeout=120, env={**os.environ, **(env or {})})
    if ran.returncode != 0:
        raise RuntimeError(ran.stderr.strip()[-500:])
    return ran.stdout.split("\n")[0]


class Page(http.server.BaseHTTPRequestHandler):
    """The page that Chromium opens: runs page.js and posts the result."""
    results = queue.Queue()
    seconds = 2

    def do_GET(self):
        with open(os.path.join(here, "page.js"), encoding="utf-8") as script:
            text = ("<!doctype html><script>" + script.read() + f"""
                fetchesPerSecond(fetch, {Page.seconds}).then(String, String)
                    .then(result => navigator.sendBeacon('/result', result));</script>""").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(text)

    def do_POST(self):
        Page.results.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def chromium(seconds):
    Page.seconds = seconds
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 8000), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    profile = tempfile.mkdtemp()
    # Not kept to one core: it would have to share it with its own processes.
    browser = subprocess.Popen([shutil.which("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                                "--user-data-dir=" + profile, "http://localhost:8000/"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return float(Page.results.get(timeout=seconds + 40))
    finally:
        browser.terminate()
        browser.wait()
        server.shutdown()
        server.server_close()
        shutil.rmtree(profile, ignore_errors=True)


def clients(build):
    # Each with its own: the packages of the one are not the versions that the other wants.
    debian = {"NODE_PATH": "/usr/share/nodejs:/usr/lib/nodejs"}
    npm = {"NODE_PATH": os.path.join(build, "npm/node_modules")}

    def has(package, env):
        return shutil.which("node") and subprocess.run(
            ["node", "-e", f"require('{package}')"], env={**os.environ, **env}, stderr=subprocess.DEVNULL).returncode == 0

    found = {"Corscope, every step recorded":
             lambda s: float(last_line([os.path.join(build, "bench_wire"), str(s)]).split()[0])}
    if has("jsdom", debian):
        found["jsdom"] = lambda s: float(last_line(["node", os.path.join(here, "jsdom.js"), str(s)], debian))
    if has("happy-dom", npm):
        found["happy-dom"] = lambda s: float(last_line(["node", os.path.join(here, "happy_dom.js"), str(s)], npm))
    if shutil.which("chromium"):
        found["Chromium, headless"] = chromium
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    options = parser.parse_args()
    build = os.path.abspath(options.build)

    found = clients(build)
    rates = {name: [] for name in found}
    failed = {}
    backend = [os.path.join(build, "corscope/app/corscope-cli"), "serve", os.path.join(here, "backend.corscope")]
    with measure.Running(backend, 5610, core=0):
        for _ in range(options.rounds):
            for name, run in found.items():
                if name in failed:
                    continue
                try:
                    rates[name].append(run(options.seconds))
                except (RuntimeError, ValueError, queue.Empty, subprocess.TimeoutExpired) as error:
                    failed[name] = error

    ours = rates["Corscope, every step recorded"]
    measure.head("fetches with preflight per second", "median (range)", "Corscope is faster by")
    for name, values in sorted(rates.items(), key=lambda item: -statistics.median(item[1] or [0])):
        if name in failed or not values:
            measure.row(name, "did not run", "")
            print(name, failed.get(name), file=sys.stderr)
            continue
        ratio = "" if values is ours else measure.figure([a / b for a, b in zip(ours, values)], 2)
        measure.row(name, measure.figure(values), ratio)


main()
