export { checkStoredImage } from "./check-image.js";
export { createImageStore, type ImageFolders, type Ingested, type ImageStore, ingestImage } from "./ingest-image.js";
