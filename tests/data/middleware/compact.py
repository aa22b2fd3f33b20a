#!/usr/bin/env python3
"""Compacts recordings of middleware to what a test compares: compact.py FROM-FOLDER NAME..."""
import json
import pathlib
import sys

here = pathlib.Path(__file__).parent
source = pathlib.Path(sys.argv[1])


def judged(name):
    return name.lower().startswith("access-control-") or name.lower() in ("vary", "allow")


def line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def lines(values):
    return "[\n" + ",\n".join(line(v) for v in values) + "\n]"


requests = json.loads((source / "requests.json").read_text())
(here / "requests.json").write_text(lines(
    [r["id"], r["method"], r["target"], r["headers"], r["body"], r["note"]] for r in requests) + "\n")
order = [r["id"] for r in requests]

for name in sys.argv[2:]:
    recording = json.loads((source / f"{name}.json").read_text())
    responses, index, kept = [], {}, {}
    for i, response in enumerate(recording["responses"]):
        compact = [response["status"], [h for h in response["headers"] if judged(h[0])], response["body"]]
        key = line(compact)
        if key not in index:
            index[key] = len(responses)
            responses.append(compact)
        kept[i] = index[key]
    configs = []
    for config in recording["configs"]:
        answers = [kept[config["answers"][r]] if r in config["answers"] else -1 for r in order]
        configs.append([config["id"], config["config"], answers])
    (here / f"{name}.json").write_text(
        '{"framework":%s,"version":%s,"refused":%s,\n"responses":%s,\n"configs":%s}\n' % (
            line(recording["framework"]), line(recording["version"]), line(recording["refused"]),
            lines(responses), lines(configs)))
