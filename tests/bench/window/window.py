#!/usr/bin/python3
"""Start, memory, long traces, edits and large files, each in a process of its own.

    window.py BUILD-DIR [--rounds N]
"""
import argparse
import os
import subprocess
import sys
import time

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(here))
import measure  # noqa: E402


def run(build, *arguments):
    env = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    begun = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    out = subprocess.run([os.path.join(build, "bench_window"), *arguments], capture_output=True, text=True, env=env,
                         timeout=300, check=True).stdout
    return begun, [float(word) for word in out.split()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    build = os.path.abspath(options.build)

    started = {"empty": [], "corscope": []}
    memory = {"empty": [], "corscope": []}
    for kind in started:  # once for the disk
        run(build, "start", kind)
    for _ in range(options.rounds):
        for kind in started:
            begun, (painted, peak) = run(build, "start", kind)
            started[kind].append((painted - begun) / 1e6)
            memory[kind].append(peak / 1024)
    measure.head("window", "Corscope", "empty QMainWindow", "ratio", "goal")
    for name, figures, goal in (("start to first painted frame, ms", started, "1.5"), ("peak memory then, MB", memory, "2")):
        ratios = [ours / empty for ours, empty in zip(figures["corscope"], figures["empty"])]
        measure.row(name, measure.figure(figures["corscope"], 1), measure.figure(figures["empty"], 1),
                    measure.figure(ratios, 2), goal)
    print()
    measure.head("milliseconds", "median of medians (range)", "of it the window's thread worked", "goal")
    for name, arguments, goal in (("one step by key, trace of 1,000 steps", ("steps", "1000"), "8"),
                                  ("one step by key, trace of 10,000 steps", ("steps", "10000"), "8"),
                                  ("the same, with the step list in view", ("steps", "10000", "list"), "8"),
                                  ("the same, with the state after the step in view", ("steps", "10000", "state"), "8"),
                                  ("a step more of a run under way, after 10,000", ("live", "10000"), "8"),
                                  ("one turn of the wheel, 10,000 steps", ("scroll", "10000"), "16"),
                                  ("zooming by one turn of the wheel, 10,000 steps", ("zoom", "10000"), "16"),
                                  ("from a key to the painted preview", ("edit",), "16")):
        figures = [run(build, *arguments)[1] for _ in range(3)]
        measure.row(name, measure.figure([figure[0] for figure in figures], 1),
                    measure.figure([figure[2] for figure in figures], 1), goal)
    print()
    measure.head("a HAR of 50 MB", "median (range)", "goal")
    figures = [run(build, "har", "50")[1] for _ in range(3)]
    measure.row("read, ms", measure.figure([figure[0] for figure in figures]), "")
    figures = [run(build, "drop", "50")[1] for _ in range(3)]
    for name, column, scale, goal in (("dropped on the window, until its diagnosis is painted, ms", 0, 1, ""),
                                      ("longest turn of the event loop meanwhile, ms", 1, 1, "100"),
                                      ("peak memory more than before, MB", 2, 1024, "")):
        measure.row(name, measure.figure([figure[column] / scale for figure in figures]), goal)


main()
