import type { Config } from "../config/index.js";
import type { ImageStore, Ingested } from "../images/index.js";
import { describeShortfalls } from "../sources/reserve/describe-shortfalls.js";
import { judgePicture } from "../sources/reserve/guard-pictures.js";
import { openReservation, type Reservation } from "../sources/reserve/open-reservation.js";
import type { Source } from "../sources/source.js";

export interface ReserveTools {
	readonly source: Source;
	readonly runFolder: string;
	readonly digests: Readonly<Record<string, string>>;
	readonly images: ImageStore;
	readonly signal: AbortSignal;
	readonly warn: (message: string) => void;
}

/** What training may draw from, and how its pictures are read. */
export type Reserved = Pick<Reservation, "training" | "summary" | "listedIds" | "files"> & { readonly ingest: (image: string) => Promise<Ingested> };

/** Reserves what the config asks for, before anything is drawn for training, and tells where a set falls short. */
export async function openReserved({ reserve: settings, seed }: Config, tools: ReserveTools): Promise<Reserved> {
	const { source, runFolder, digests, images, signal, warn } = tools;
	const ingest = (image: string) => images.ingest(image);
	if (settings === undefined) return { training: source, listedIds: 0, files: [], ingest };
	const reservation = await openReservation({ settings, seed, source, runFolder, digests, ingest, signal });
	for (const shortfall of reservation.summary === undefined ? [] : describeShortfalls(reservation.summary)) warn(shortfall);
	return { ...reservation, ingest: async (image) => judgePicture(await ingest(image), runFolder, reservation.guard) };
}
