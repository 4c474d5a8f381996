"""Reads the lines of JSON that a program writes with FOOTLIGHTS_OUTPUT=json, and prints the state of its bars.

    FOOTLIGHTS_OUTPUT=json:/dev/fd/3 cargo run --example multicolored 3>&1 >/dev/null | python3 examples/progress.py
"""
import json
import sys

for line in sys.stdin:
    event = json.loads(line)
    if event["event"] == "message":
        print(f"#{event['id']} says: {event['text']}")
    elif event["kind"] == "status":
        print(f"#{event['id']} {event['event']}: {event['text']}")
    else:
        of = "" if event["total"] is None else f" of {event['total']}"
        parts = "".join(f", {part['count']} {part['name']}" for part in event["segments"])
        left = "" if event["eta"] is None else f", {event['eta']:.0f} s left"
        print(f"#{event['id']} {event['event']}: {event['desc']} {event['count']}{of}{parts}{left}")
