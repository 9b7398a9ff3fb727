"""The benchmark's work for Bespoke Labs Curator: python curator_peer.py TASK (JSON, see PeerTask in peers.ts)."""

import json
import os
import sys

task = json.loads(sys.argv[1])
os.environ["CURATOR_CACHE_DIR"] = os.path.join(task["folder"], "curator")

from bespokelabs import curator  # noqa: E402  (reads its environment when it is imported)


class Asker(curator.LLM):
    def prompt(self, row):
        return row["question"], curator.types.Image(url=row["picture"], mime_type="image/jpeg")

    def parse(self, row, response):
        return {"question": row["question"], "answer": response}


pictures = task["pictures"]
rows = [
    {
        "question": f"Be brief. Question {index}: what colour is the bus? Say what you see, then answer.",
        "picture": pictures[index % len(pictures)],
    }
    for index in range(task["requests"])
]
asker = Asker(
    model_name="fake-vlm",
    backend="openai",
    generation_params={"temperature": 0.7, "max_tokens": 64},
    backend_params={
        "base_url": task["baseUrl"],
        "max_concurrent_requests": task["concurrency"],
        # Out of the way.
        "max_requests_per_minute": 10_000_000,
        "max_tokens_per_minute": 10_000_000_000,
        "request_timeout": 120,
        "require_all_responses": True,
    },
)
answers = asker(rows)
dataset = getattr(answers, "dataset", answers)
if len(dataset) != task["requests"]:
    sys.exit(f"{len(dataset)} of {task['requests']} rows")
