export { checkStoredImage } from "./check-image.js";
export { createImageStore, ingestImage } from "./ingest-image.js";
