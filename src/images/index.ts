export { checkStoredImage } from "./check-image.js";
export { createImageStore, type ImageFolders, ingestImage } from "./ingest-image.js";
