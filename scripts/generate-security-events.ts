// `npm run generate:security-events`: writes docs/security-events.md from the catalogue. `-- --check` writes nothing and
// exits with 1 when the document is stale.
import { securityEventsDocument } from './security-events-document.ts';
import { writeDocument } from './write-document.ts';

await writeDocument('security-events.md', securityEventsDocument());
