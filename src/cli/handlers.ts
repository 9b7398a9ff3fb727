import type { ExitCode } from "../records/errors.js";
import type { Terminal } from "./terminal.js";

/** What the commands do, apart from how they are typed. Each answers with the exit status, or throws a CandorError. */
export interface Handlers {
	run(given: RunArguments): Promise<ExitCode>;
	plan(given: PlanArguments): Promise<ExitCode>;
	validate(given: ValidateArguments): Promise<ExitCode>;
	preview(given: PreviewArguments): Promise<ExitCode>;
	show(given: ShowArguments): Promise<ExitCode>;
	project(given: ProjectArguments): Promise<ExitCode>;
	firstAnswers(given: FirstAnswersArguments): Promise<ExitCode>;
	init(given: InitArguments): Promise<ExitCode>;
	schema(): Promise<ExitCode>;
	scenes(given: ScenesArguments): Promise<ExitCode>;
	ledger(given: LedgerArguments): Promise<ExitCode>;
	retry(given: RetryArguments): Promise<ExitCode>;
	batch(given: BatchArguments): Promise<ExitCode>;
}

export interface RunArguments {
	readonly config: string;
	/** Flags that stand for settings. */
	readonly settings: readonly { readonly flag: string; readonly path: string; readonly value: unknown }[];
	readonly pipelines: readonly string[];
	readonly only: string | undefined;
	readonly extend: boolean;
	/** Rows of each pipeline to make and look at before the rest. */
	readonly pilot: number | undefined;
	/** Goes on after the pilot unasked. */
	readonly yes: boolean;
	readonly dryRun: boolean;
	readonly printConfig: boolean;
	readonly json: boolean;
	readonly quiet: boolean;
	readonly progress: boolean;
}

export type PlanArguments = Pick<RunArguments, "config" | "settings" | "pipelines" | "json">;

export interface ValidateArguments {
	readonly paths: readonly string[];
	readonly json: boolean;
}

export interface PreviewArguments {
	readonly run: string;
	readonly seed: number;
	readonly rows: number;
	readonly pipelines: readonly string[];
	readonly html: string | undefined;
	readonly json: boolean;
}

export interface ShowArguments {
	readonly run: string;
	readonly id: string;
	readonly json: boolean;
}

export interface ProjectArguments {
	readonly run: string;
	readonly out: string;
	/** Conditions as typed: `scenario=misleading,corrective`. */
	readonly where: readonly string[];
	readonly first: number | undefined;
	readonly trace: "none" | undefined;
	readonly pipelines: readonly string[];
	readonly json: boolean;
}

export interface FirstAnswersArguments {
	readonly config: string;
	readonly wrong: number;
	readonly out: string | undefined;
	readonly json: boolean;
	readonly quiet: boolean;
	readonly progress: boolean;
}

export interface InitArguments {
	readonly folder: string;
}

export interface ScenesArguments {
	readonly folder: string;
	/** As they were typed; what is not given has the config's default. */
	readonly settings: Readonly<Record<string, unknown>>;
	readonly json: boolean;
}

export type LedgerArguments = { readonly run: string; readonly json: boolean } & (
	| { readonly action: "stats" }
	| { readonly action: "verify"; readonly dropDamaged: boolean }
	| { readonly action: "export"; readonly out: string | undefined }
	| { readonly action: "import"; readonly file: string }
	| { readonly action: "merge"; readonly others: readonly string[] }
);

export interface RetryArguments {
	readonly run: string;
	/** Codes as rejects.jsonl has them; none: say which there are. */
	readonly reasons: readonly string[];
	readonly pipelines: readonly string[];
	readonly tasks: readonly string[];
	readonly dryRun: boolean;
	readonly json: boolean;
	readonly quiet: boolean;
	readonly progress: boolean;
}

export type BatchArguments = { readonly json: boolean } & (
	| { readonly action: "status"; readonly run: string }
	| { readonly action: "cancel"; readonly run: string }
	| { readonly action: "export"; readonly config: string; readonly out: string | undefined; readonly images: "embed" | "file"; readonly extend: boolean }
	| { readonly action: "import"; readonly config: string; readonly results: string; readonly extend: boolean }
);

/** The real ones. Each is loaded when it is called: help and bad flags answer without waiting for anything else. */
export function createHandlers(terminal: Terminal): Handlers {
	return {
		run: async (given) => (await import("./handlers/run.js")).handleRun(given, terminal),
		plan: async (given) => (await import("./handlers/plan.js")).handlePlan(given, terminal),
		validate: async (given) => (await import("./handlers/validate.js")).handleValidate(given, terminal),
		preview: async (given) => (await import("./handlers/preview.js")).handlePreview(given, terminal),
		show: async (given) => (await import("./handlers/show.js")).handleShow(given, terminal),
		project: async (given) => (await import("./handlers/project.js")).handleProject(given, terminal),
		firstAnswers: async (given) => (await import("./handlers/first-answers.js")).handleFirstAnswers(given, terminal),
		init: async (given) => (await import("./handlers/init.js")).handleInit(given, terminal),
		schema: async () => (await import("./handlers/schema.js")).handleSchema(terminal),
		ledger: async (given) => (await import("./handlers/ledger.js")).handleLedger(given, terminal),
		retry: async (given) => (await import("./handlers/retry.js")).handleRetry(given, terminal),
		scenes: async (given) => (await import("./handlers/scenes.js")).handleScenes(given, terminal),
		batch: async (given) => (await import("./handlers/batch.js")).handleBatch(given, terminal),
	};
}
