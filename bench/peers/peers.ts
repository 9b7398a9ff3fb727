import type { VenvWish } from "../../test/support/python-venv.js";

export interface Peer {
	readonly name: string;
	readonly version: string;
	readonly venv: VenvWish;
	/** In this folder; told all it needs by one argument, JSON of a {@link PeerTask}. */
	readonly script: string;
	/** Beside the machine's own. `PACKAGES` in a value stands for the folder of the environment's packages. */
	readonly env: Readonly<Record<string, string>>;
}

/** What a peer is told. */
export interface PeerTask {
	readonly baseUrl: string;
	readonly requests: number;
	readonly concurrency: number;
	/** JPEG files; request number i shows the one at i modulo their number. */
	readonly pictures: readonly string[];
	/** Its own, empty; for all that it keeps. */
	readonly folder: string;
}

const quiet = { HF_HUB_OFFLINE: "1", HF_DATASETS_OFFLINE: "1", DO_NOT_TRACK: "1", OPENAI_API_KEY: "none" };

/** Each in the last version that installs here, set up for throughput as its own documentation says. */
export const peers: readonly Peer[] = [
	{
		name: "data-designer",
		version: "0.9.6",
		venv: { name: "data-designer", requirements: ["data-designer==0.9.6"] },
		script: "data_designer_peer.py",
		env: { ...quiet, NEMO_TELEMETRY_ENABLED: "false" },
	},
	{
		name: "bespokelabs-curator",
		version: "0.1.31",
		venv: { name: "curator", requirements: ["bespokelabs-curator==0.1.31"] },
		script: "curator_peer.py",
		// litellm carries the tokenizer's file, which tiktoken would download.
		env: { ...quiet, TELEMETRY_ENABLED: "false", CURATOR_DISABLE_CACHE: "true", TIKTOKEN_CACHE_DIR: "PACKAGES/litellm/litellm_core_utils/tokenizers" },
	},
	{
		name: "distilabel",
		version: "1.5.3",
		venv: { name: "distilabel", requirements: ["distilabel[openai]==1.5.3", "requests", "pillow"] },
		script: "distilabel_peer.py",
		env: quiet,
	},
];
