#!/usr/bin/python3
"""Scenarios decided in-process per second on one core, silent and recorded, and the middleware half beside Go.

    decisions.py BUILD-DIR [--rounds N] [--long]
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(here))
import measure  # noqa: E402

on_core = ["taskset", "-c", "1"]


def run(build, pattern, rounds, least=0.5):
    output = subprocess.run(on_core + [os.path.join(build, "bench_decisions"), "--benchmark_format=json",
                                       f"--benchmark_filter={pattern}", f"--benchmark_min_time={least}",
                                       f"--benchmark_repetitions={rounds}", "--benchmark_enable_random_interleaving=true"],
                            capture_output=True, text=True, check=True).stdout
    found = {}
    for result in json.loads(output)["benchmarks"]:
        if result["run_type"] == "iteration" and not result.get("error_occurred"):
            found.setdefault(result["run_name"].split("/iterations")[0], []).append(result)
    return found


def instructions(build, pattern):
    """Per scenario, counted by callgrind: the same on a busy machine. Over many, since the first does some things for all."""
    if not shutil.which("valgrind"):
        return None
    trace = os.path.join(build, "callgrind.out")
    ran = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={trace}",
                          "--toggle-collect=corscope::fetchMethod(corscope::OpenPage*", os.path.join(build, "bench_decisions"),
                          f"--benchmark_filter=^{pattern}$", "--benchmark_min_time=0.1"],
                         capture_output=True, text=True)
    total = re.search(r"Collected : (\d+)", ran.stderr)
    with open(trace, encoding="utf-8", errors="replace") as file:
        text = file.read()
    name = re.search(r"\((\d+)\) corscope::fetchMethod\(", text)
    if not total or not name:
        return None
    calls = sum(int(n) for n in re.findall(rf"cfn=\({name.group(1)}\)[^\n]*\ncalls=(\d+)", text))
    return int(total.group(1)) / calls if calls else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--long", action="store_true")
    options = parser.parse_args()
    build = os.path.abspath(options.build)

    goals = {"silent/preflighted": "1,000,000", "recorded/preflighted": "250,000"}
    measure.head("scenario", "per second (range)", "goal", "instructions each", "memory grown, kB")
    for name, results in run(build, "(silent|recorded)/(preflighted|simple|refused)", options.rounds).items():
        counted = instructions(build, name)
        measure.row(name, measure.figure([result["items_per_second"] for result in results]), goals.get(name, ""),
                    f"{counted:,.0f}" if counted else "", f"{results[-1]['grown_kB']:.0f}")

    print()
    measure.head("so many scenarios in a row", "microseconds each", "memory grown, kB")
    names = ["thousand", "million"] + (["ten_million"] if options.long else [])
    for name, results in run(build, f"silent/({'|'.join(names)})/", 1).items():
        measure.row(name, f"{results[0]['cpu_time']:.2f}", f"{results[0]['grown_kB']:.0f}")

    print()
    measure.head("one preflight through the middleware alone", "nanoseconds (range)")
    for name, results in run(build, "middleware/", options.rounds).items():
        measure.row("Corscope's " + name.split("/")[1], measure.figure([result["cpu_time"] for result in results]))
    if shutil.which("go"):
        env = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "", "GOMAXPROCS": "1",
               "GOCACHE": os.path.join(build, "go")}
        ran = subprocess.run(on_core + ["go", "test", "-bench", ".", "-count", str(options.rounds),
                                        os.path.join(here, "rs_cors_test.go")], capture_output=True, text=True, env=env)
        times = [float(value) for value in re.findall(r"([\d.]+) ns/op", ran.stdout)]
        if times:
            measure.row("rs/cors itself, in Go", measure.figure(times))
        else:
            print(ran.stdout, ran.stderr, file=sys.stderr)


main()
