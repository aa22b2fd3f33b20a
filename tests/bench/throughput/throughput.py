#!/usr/bin/python3
"""Preflights a second over 32 kept connections, every server on one core and wrk on the other.

    throughput.py BUILD-DIR [--rounds N] [--seconds S]
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(here))
import measure  # noqa: E402


def servers(build):
    scratch = os.path.join(build, "throughput")
    os.makedirs(scratch, exist_ok=True)
    cli = os.path.join(build, "corscope/app/corscope-cli")
    found = {"Corscope": ([cli, "serve", os.path.join(here, "backend.corscope")], 5600, None)}
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    if os.path.exists(nginx):
        found["nginx"] = ([nginx, "-p", scratch, "-c", os.path.join(here, "nginx.conf")], 5601, None)
    if shutil.which("go"):
        binary = os.path.join(scratch, "rs_cors")
        env = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "",
               "GOCACHE": os.path.join(scratch, "go")}
        if subprocess.run(["go", "build", "-o", binary, os.path.join(here, "rs_cors.go")], env=env).returncode == 0:
            found["rs/cors"] = ([binary], 5602, {"GOMAXPROCS": "1"})
    if subprocess.run(["/usr/bin/python3", "-c", "import starlette, uvicorn"], stderr=subprocess.DEVNULL).returncode == 0:
        found["Starlette on uvicorn"] = (["/usr/bin/python3", "-m", "uvicorn", "--app-dir", here, "--port", "5603",
                                          "--no-access-log", "--log-level", "error", "starlette_app:app"], 5603, None)
    if shutil.which("node"):
        env = {"NODE_PATH": "/usr/share/nodejs:/usr/lib/nodejs", "NODE_ENV": "production"}
        if subprocess.run(["node", "-e", "require('express'); require('cors')"], env={**os.environ, **env},
                          stderr=subprocess.DEVNULL).returncode == 0:
            found["Express cors"] = (["node", os.path.join(here, "express.js")], 5604, env)
    return found


def load(port, seconds):
    output = subprocess.run(["taskset", "-c", "1", "wrk", "-t1", "-c32", f"-d{seconds}s", "-s",
                             os.path.join(here, "preflight.lua"), f"http://127.0.0.1:{port}"],
                            capture_output=True, text=True, check=True).stdout
    if re.search(r"Non-2xx|Socket errors", output):
        print(output, file=sys.stderr)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    options = parser.parse_args()

    found = servers(os.path.abspath(options.build))
    rates = {name: [] for name in found}
    for _ in range(options.rounds):  # one round after the other, so that a busy minute is everybody's
        for name, (command, port, env) in found.items():
            with measure.Running(command, port, core=0, env=env):
                load(port, 1)
                rates[name].append(load(port, options.seconds))

    ratios = {name: [ours / theirs for ours, theirs in zip(rates["Corscope"], values)] for name, values in rates.items()}
    measure.head("preflights per second, one core", "median (range)", "Corscope is faster by")
    for name, values in sorted(rates.items(), key=lambda item: -statistics.median(item[1])):
        measure.row(name, measure.figure(values), "" if name == "Corscope" else measure.figure(ratios[name], 2))


main()
