import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { configurationError } from "../../records/index.js";
import { systemCode } from "../../shards/write-error.js";
import { requireFolder } from "../require-path.js";
import type { Store } from "./store.js";

/** The pictures behind the files' image ids. Numbers of images are those of the store. */
export interface Pictures {
	/** How many pictures there are; their numbers go from 0. */
	readonly count: number;
	/** The picture of an image: two images may be one picture, in COCO and in Visual Genome. */
	pictureOf(image: number): number;
	/** `coco-262148` or `vg-2317`. */
	idOf(picture: number): string;
	/** The file; undefined where it is in none of the folders. */
	pathOf(picture: number): string | undefined;
}

/** From here on image ids are Visual Genome's, raised by as much. */
const visualGenomeStart = 80_000_000;

/** What to do where there are no pictures. */
export const picturesRemedy =
	"unpack COCO's train2014.zip and val2014.zip and Visual Genome's images.zip and images2.zip, and name the folders that hold them (docs/recipes.md)";

/** Where the archives put pictures below the folder that they are unpacked in. */
const subfolders = ["", "Images", "images"].flatMap((parent) => ["", "train2014", "val2014", "VG_100K", "VG_100K_2"].map((child) => join(parent, child)));
const cocoName = /^COCO_(train|val)2014_(\d{12})\.jpg$/;
const visualGenomeName = /^([1-9]\d{0,9})\.jpg$/;

/** What a picture's file is called; nothing where there is none. */
const kinds = ["none", "train", "val", "vg"] as const;
const visualGenomeKind = kinds.indexOf("vg");

/**
 * Tells which images are one picture, and finds the pictures' files. Each folder is listed once.
 * @param folders absolute
 * @param cocoIds the COCO ids of Visual Genome's pictures, by Visual Genome's id
 */
export async function settlePictures(store: Store, folders: readonly string[], cocoIds: ReadonlyMap<number, number>): Promise<Pictures> {
	const { numbers, pictureOf, ids } = joinImages(store, cocoIds);
	const kind = new Uint8Array(ids.length);
	const place = new Uint16Array(ids.length);
	/** The number in the file's name: of one picture, COCO's file and Visual Genome's have different ones. */
	const numberInName = new Float64Array(ids.length);
	const places = await listPlaces(folders);
	for (const [index, path] of places.entries()) {
		for (const name of await listFolder(path)) {
			const file = readFileName(name);
			const picture = file === undefined ? undefined : numbers.get(file.imageId);
			if (file === undefined || picture === undefined) continue;
			// COCO's file before Visual Genome's of the same picture, and the first folder before the others.
			if (kind[picture] !== 0 && (file.kind === visualGenomeKind || kind[picture] !== visualGenomeKind)) continue;
			kind[picture] = file.kind;
			place[picture] = index;
			numberInName[picture] = file.number;
		}
	}
	return {
		count: ids.length,
		pictureOf: (image) => pictureOf[image] ?? 0,
		idOf(picture) {
			const id = ids[picture] ?? 0;
			return id < visualGenomeStart ? `coco-${id}` : `vg-${id - visualGenomeStart}`;
		},
		pathOf(picture) {
			const name = kinds[kind[picture] ?? 0];
			const number = numberInName[picture] ?? 0;
			if (name === undefined || name === "none") return undefined;
			return `${places[place[picture] ?? 0]}/${name === "vg" ? `${number}.jpg` : cocoFileName(name, number)}`;
		},
	};
}

function readFileName(name: string): { kind: number; number: number; imageId: number } | undefined {
	const coco = cocoName.exec(name);
	if (coco !== null) return { kind: coco[1] === "train" ? 1 : 2, number: Number(coco[2]), imageId: Number(coco[2]) };
	const other = visualGenomeName.exec(name);
	if (other === null) return undefined;
	const number = Number(other[1]);
	// Named by Visual Genome's own id, or by the files' raised one.
	return { kind: visualGenomeKind, number, imageId: number < visualGenomeStart ? visualGenomeStart + number : number };
}

/** The published name of an image's file. */
export function fileNameOf(imageId: number, split: "train" | "val"): string {
	return imageId < visualGenomeStart ? cocoFileName(split, imageId) : `${imageId - visualGenomeStart}.jpg`;
}

function cocoFileName(split: "train" | "val", id: number): string {
	return `COCO_${split}2014_${String(id).padStart(12, "0")}.jpg`;
}

/** Numbers the pictures. `numbers` finds one by each id it has, `ids` holds the one it is known by: COCO's, where it has one. */
function joinImages({ imageIds }: Store, cocoIds: ReadonlyMap<number, number>) {
	const numbers = new Map<number, number>();
	const ids: number[] = [];
	const pictureOf = new Uint32Array(imageIds.length);
	for (let image = 0; image < imageIds.length; image++) {
		const id = imageIds.at(image);
		const knownAs = id < visualGenomeStart ? id : (cocoIds.get(id - visualGenomeStart) ?? cocoIds.get(id) ?? id);
		const picture = numbers.get(knownAs) ?? ids.length;
		if (picture === ids.length) ids.push(knownAs);
		numbers.set(knownAs, picture);
		numbers.set(id, picture);
		pictureOf[image] = picture;
	}
	return { numbers, pictureOf, ids };
}

/** @throws CandorError (exit 2) for a folder that is not there; what the archives would put in it need not be. */
async function listPlaces(folders: readonly string[]): Promise<string[]> {
	for (const folder of folders) await requireFolder(folder, "source.imageFolders", picturesRemedy);
	return folders.flatMap((folder) => subfolders.map((subfolder) => join(folder, subfolder)));
}

async function listFolder(path: string): Promise<string[]> {
	try {
		return await readdir(path);
	} catch (error) {
		if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return [];
		throw configurationError(`source.imageFolders: cannot list ${path}: ${systemCode(error)}`, "check that the folder can be read", error);
	}
}
