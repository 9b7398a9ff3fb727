export { checkStoredImage } from "./check-image.js";
export { createImageStore, type ImageFolders, type ImageStore, type Ingested, ingestImage, measureImage } from "./ingest-image.js";
export { compareHashes, formatHash, hashPicture, type PerceptualHash, parseHash } from "./perceptual-hash.js";
