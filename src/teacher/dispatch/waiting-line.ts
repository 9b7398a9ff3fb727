import TinyQueue from "tinyqueue";

/** Something that waits: of higher priority first, else in the order of coming. */
interface Waiting {
	readonly priority: number;
	/** In the order of coming. */
	readonly number: number;
	/** Has left without its turn. */
	readonly hasLeft: boolean;
}

export interface WaitingLine<Item extends Waiting> {
	/** How many wait. */
	readonly length: number;
	add(item: Item): void;
	/** Says that an item has left; it is no longer offered. */
	forget(): void;
	/** Shows those at the head, up to `most`, and takes the one chosen out; undefined where none is. */
	take(most: number, choose: (head: readonly Item[]) => Item | undefined): Item | undefined;
}

export function createWaitingLine<Item extends Waiting>(): WaitingLine<Item> {
	const byTurn = (a: Item, b: Item) => b.priority - a.priority || a.number - b.number;
	let queue = new TinyQueue<Item>([], byTurn);
	let left = 0;
	return {
		get length() {
			return queue.length - left;
		},
		add: (item) => queue.push(item),
		forget() {
			left += 1;
			// They are passed over where they come to the head; where most have left, memory is worth a sweep.
			if (left > 64 && left > queue.length / 2) {
				queue = new TinyQueue(
					queue.data.filter(({ hasLeft }) => !hasLeft),
					byTurn,
				);
				left = 0;
			}
		},
		take(most, choose) {
			const head: Item[] = [];
			while (head.length < most) {
				const item = queue.pop();
				if (item === undefined) break;
				if (item.hasLeft) left -= 1;
				else head.push(item);
			}
			const chosen = head.length === 0 ? undefined : choose(head);
			for (const item of head) if (item !== chosen) queue.push(item);
			return chosen;
		},
	};
}
