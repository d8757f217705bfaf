"""A peer: one decision of ten conditions and an amount in zen-engine, microseconds each.

python bench/peers/zen_decision.py
"""

from __future__ import annotations

import json
import time

import zen

CONDITIONS = [
    *("citizen", "age >= 18", "age < 60", "sex == 'F'", "income12m / 12 / fsize <= pm * 1.5", "children >= 1"),
    *("(childrenU3 >= 1 or children37 >= 1)", "not student", "not utilityDebt", "dwelling / fsize < 1800"),
]
AMOUNT = "children >= 3 ? round(pmChild * 1.5) : round(pmChild * 0.5)"
PERSON = {
    "citizen": True, "age": 30, "sex": "F", "income12m": 24_000_000, "fsize": 4, "pm": 1_700_000, "children": 2,
    "childrenU3": 1, "children37": 0, "student": False, "utilityDebt": False, "dwelling": 4000, "pmChild": 1_600_000,
}  # fmt: skip
ROUNDS = 3000


def graph() -> dict:
    def node(identity: str, kind: str, **content: object) -> dict:
        return {"id": identity, "type": kind, "name": identity, "position": {"x": 0, "y": 0}, **content}

    expressions = [
        {"id": "1", "key": "eligible", "value": " and ".join(CONDITIONS)},
        {"id": "2", "key": "amount", "value": f"$.eligible ? ({AMOUNT}) : 0"},
    ]
    parts = [
        node("i", "inputNode"),
        node("m", "expressionNode", content={"expressions": expressions}),
        node("o", "outputNode"),
    ]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "i", "targetId": "m"},
        {"id": "b", "type": "edge", "sourceId": "m", "targetId": "o"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": parts, "edges": edges}


if __name__ == "__main__":
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rule": graph()}}})
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for _ in range(ROUNDS):
            engine.evaluate("rule", PERSON)
        best = min(best, time.process_time() - began)
    amount = engine.evaluate("rule", PERSON)["result"]["amount"]
    print(json.dumps({"peer": "zen", "us_cpu_per_decision": round(best / ROUNDS * 1e6, 1), "amount": amount}))
