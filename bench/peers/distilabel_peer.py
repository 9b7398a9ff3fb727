"""The benchmark's work for distilabel: python distilabel_peer.py TASK (JSON, see PeerTask in peers.ts)."""

import base64
import json
import sys

from distilabel.models import OpenAILLM
from distilabel.pipeline import Pipeline
from distilabel.steps import LoadDataFromDicts
from distilabel.steps.tasks import TextGenerationWithImage


def main(task: dict) -> None:
    encoded = []
    for path in task["pictures"]:
        with open(path, "rb") as file:
            encoded.append(base64.b64encode(file.read()).decode())
    rows = [
        {
            "instruction": f"Be brief. Question {index}: what colour is the bus? Say what you see, then answer.",
            "image": encoded[index % len(encoded)],
        }
        for index in range(task["requests"])
    ]
    # A batch is sent all at once, and the next one only when it is complete.
    batch = task["concurrency"]
    with Pipeline(name="answers", cache_dir=task["folder"]) as pipeline:
        load = LoadDataFromDicts(data=rows, batch_size=batch)
        ask = TextGenerationWithImage(
            name="ask",
            # Else each row keeps its whole request, picture and all.
            add_raw_input=False,
            image_type="base64",
            input_batch_size=batch,
            llm=OpenAILLM(
                model="fake-vlm",
                base_url=task["baseUrl"],
                api_key="none",
                timeout=120,
                generation_kwargs={"max_new_tokens": 64, "temperature": 0.7},
            ),
        )
        load >> ask
    result = pipeline.run(use_cache=False)
    answered = sum(1 for generation in result["default"]["train"]["generation"] if generation)
    if answered != task["requests"]:
        sys.exit(f"{answered} of {task['requests']} rows")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
