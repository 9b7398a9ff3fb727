import sharp from "sharp";

// Many pictures are handled at once, each once: threads and a cache inside the decoder would only cost memory.
sharp.concurrency(1);
sharp.cache(false);

/** The decoder, set up for long runs. Import it from here only. */
export { sharp };
