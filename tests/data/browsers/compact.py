#!/usr/bin/env python3
"""Picks every N-th case of each category of a folder of recordings and writes them down compactly: only what the
replay reads, leaving out cases that take more than LIMIT bytes; of some categories only, where those are named, from
the second case on. Usage: compact.py SOURCE TARGET.jsonl N LIMIT [CATEGORY...]"""
import glob
import json
import os
import sys

RESPONSE = ("type", "status", "url", "redirected", "headers")
ENGINES = ("chromium", "firefox", "webkit")


def outcome(recorded):
    if "outcomes" in recorded:
        return {"outcomes": [outcome(each) for each in recorded["outcomes"]]}
    if recorded.get("op") == "xhr":
        return {name: recorded[name] for name in ("op", "result", "status", "responseURL", "allHeaders")}
    kept = {"result": recorded["result"]} if "result" in recorded else {}
    if "response" in recorded:
        kept["response"] = {name: recorded["response"][name] for name in RESPONSE if name in recorded["response"]}
    return kept


def request(recorded):
    kept = {name: recorded[name] for name in ("scheme", "port", "method", "target")}
    kept["headers"] = sorted(pair for pair in recorded["headers"] if not pair[0].lower().startswith(("sec-", ":")))
    return kept


def engine(recorded):
    kept = {"outcomes": [outcome(o) for o in recorded["outcomes"]], "wire": [request(r) for r in recorded["wire"]]}
    for name in ("console", "unstable"):
        if name in recorded:
            kept[name] = recorded[name]
    return kept


def compact(case):
    kept = {name: case[name] for name in ("id", "category", "title", "launch", "steps", "server")}
    kept["page"] = {"url": case["page"]["url"]}
    for name in ENGINES:
        kept[name] = engine(case[name])
    for name in ENGINES[1:]:
        for field in ("outcomes", "wire"):
            if kept[name][field] == kept["chromium"][field]:
                kept[name][field] = "chromium"
    return kept


def main(source, target, every, limit, categories):
    with open(target, "w", encoding="utf-8") as out:
        for path in sorted(glob.glob(os.path.join(source, "*.jsonl"))):
            if categories and os.path.basename(path)[:-len(".jsonl")] not in categories:
                continue
            with open(path, encoding="utf-8") as file:
                for number, line in enumerate(file):
                    if number % every != (1 if categories else 0):
                        continue
                    text = json.dumps(compact(json.loads(line)), ensure_ascii=False, separators=(",", ":"))
                    if len(text) < limit:
                        out.write(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:])
