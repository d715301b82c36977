// `npm run generate:detection`: writes docs/detection.md from the techniques that the checks list. `-- --check` writes
// nothing and exits with 1 when the document is stale.
import { catalogue } from '../services/email-scanning/src/engine/catalogue.ts';
import { detectionDocument } from '../services/email-scanning/src/engine/detection-document.ts';
import { writeDocument } from './write-document.ts';

await writeDocument('detection.md', detectionDocument(catalogue));
