/** The body of a file's upload, with its length, which servers want to know before it comes. */
export interface UploadBody {
	readonly contentType: string;
	/** @unit bytes */
	readonly length: number;
	readonly chunks: AsyncIterable<Uint8Array>;
}

/** Short lines are sent together up to this size. @unit bytes */
const chunkBytes = 256 * 1024;

/**
 * Writes a file of lines as multipart/form-data (RFC 7578) while it is sent: no more of it is in memory than a few lines.
 * @param fileBytes the size of all lines together
 */
export function createUploadBody(name: string, fileBytes: number, lines: () => AsyncIterable<Uint8Array>): UploadBody {
	const boundary = `candor-${name}`;
	const before = Buffer.from(
		`--${boundary}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n` +
			`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/jsonl\r\n\r\n`,
	);
	const after = Buffer.from(`\r\n--${boundary}--\r\n`);

	async function* chunks(): AsyncGenerator<Uint8Array> {
		let waiting: Uint8Array[] = [before];
		let waitingBytes = before.length;
		for await (const line of lines()) {
			waiting.push(line);
			waitingBytes += line.length;
			if (waitingBytes < chunkBytes) continue;
			yield Buffer.concat(waiting);
			waiting = [];
			waitingBytes = 0;
		}
		yield Buffer.concat([...waiting, after]);
	}

	return { contentType: `multipart/form-data; boundary=${boundary}`, length: before.length + fileBytes + after.length, chunks: chunks() };
}
