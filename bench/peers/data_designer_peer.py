"""The benchmark's work for NVIDIA NeMo Data Designer: python data_designer_peer.py TASK (JSON, see PeerTask in peers.ts)."""

import base64
import json
import os
import sys

import data_designer.config as dd
import pandas as pd
from data_designer.interface import DataDesigner

task = json.loads(sys.argv[1])
folder = task["folder"]

encoded = []
for path in task["pictures"]:
    with open(path, "rb") as file:
        encoded.append(base64.b64encode(file.read()).decode())

seed_path = os.path.join(folder, "seed.parquet")
rows = [
    {
        "question": f"Question {index}: what colour is the bus? Say what you see, then answer.",
        "picture": encoded[index % len(encoded)],
    }
    for index in range(task["requests"])
]
pd.DataFrame(rows).to_parquet(seed_path, compression="zstd")

model = dd.ModelConfig(
    alias="vlm",
    model="fake-vlm",
    provider="local",
    skip_health_check=True,
    inference_parameters=dd.ChatCompletionInferenceParams(
        temperature=0.7, max_tokens=64, max_parallel_requests=task["concurrency"], timeout=120
    ),
)
builder = dd.DataDesignerConfigBuilder(model_configs=[model])
builder.with_seed_dataset(dd.LocalFileSeedSource(path=seed_path))
builder.add_column(
    dd.LLMTextColumnConfig(
        name="answer",
        model_alias="vlm",
        system_prompt="Be brief.",
        prompt="{{ question }}",
        multi_modal_context=[
            dd.ImageContext(
                column_name="picture", data_type=dd.ModalityDataType.BASE64, image_format=dd.ImageFormat.JPG
            )
        ],
    )
)
provider = dd.ModelProvider(name="local", endpoint=task["baseUrl"], provider_type="openai", api_key="none")
designer = DataDesigner(artifact_path=os.path.join(folder, "artifacts"), model_providers=[provider])
result = designer.create(builder, num_records=task["requests"], dataset_name="answers")
answered = len(result.load_dataset())
if answered != task["requests"]:
    sys.exit(f"{answered} of {task['requests']} rows")
