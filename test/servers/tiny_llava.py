"""Writes a LLaVA with random weights (some 84,000 of them) into a folder: python tiny_llava.py FOLDER.

What it says is noise, but it takes pictures and chat messages as a real one does. Needs no download.
"""

import os
import sys

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    CLIPImageProcessorPil,
    CLIPVisionConfig,
    LlamaConfig,
    LlavaConfig,
    LlavaForConditionalGeneration,
    LlavaProcessor,
    PreTrainedTokenizerFast,
)

IMAGE = "<image>"
TEMPLATE = (
    "{{bos_token}}{% for m in messages %}"
    "{% set parts = [{'type': 'text', 'text': m.content}] if m.content is string else m.content %}"
    "{% if m.role == 'user' %}{{'USER: '}}{% elif m.role == 'assistant' %}{{'ASSISTANT: '}}{% endif %}"
    "{% for p in parts %}{% if p.type in ['image', 'image_url'] %}{{'<image>\\n'}}{% endif %}{% endfor %}"
    "{% for p in parts %}{% if p.type == 'text' %}{{p.text}}{% endif %}{% endfor %}"
    "{% if m.role == 'assistant' %}{{eos_token}}{% else %}{{' '}}{% endif %}"
    "{% endfor %}{% if add_generation_prompt %}{{'ASSISTANT:'}}{% endif %}"
)


def build(folder: str, corpus: list[str]) -> None:
    torch.manual_seed(0)
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    specials = ["<unk>", "<s>", "</s>", "<pad>", IMAGE]
    trainer = trainers.BpeTrainer(
        vocab_size=800, special_tokens=specials, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    tokenizer.train_from_iterator(corpus, trainer)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="<unk>",
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        padding_side="left",
        extra_special_tokens={"image_token": IMAGE},
    )
    pictures = CLIPImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28})
    processor = LlavaProcessor(
        image_processor=pictures,
        tokenizer=fast,
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        image_token=IMAGE,
        chat_template=TEMPLATE,
    )
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            image_size=28,
            patch_size=14,
            projection_dim=32,
        ),
        text_config=LlamaConfig(
            vocab_size=len(fast),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=2,
            max_position_embeddings=16384,
            bos_token_id=1,
            eos_token_id=2,
            pad_token_id=3,
        ),
        image_token_index=fast.convert_tokens_to_ids(IMAGE),
        vision_feature_select_strategy="default",
        vision_feature_layer=-2,
        image_seq_length=4,
    )
    LlavaForConditionalGeneration(config).save_pretrained(folder)
    processor.save_pretrained(folder)


if __name__ == "__main__":
    words = "what color is the large shape in this picture reply with one word and nothing else say why".split()
    build(sys.argv[1], [" ".join(words), " ".join(reversed(words))] * 50)
