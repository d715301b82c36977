// `npm run generate:access`: writes docs/access.md from the role table and the operations. `-- --check` writes nothing and
// exits with 1 when the document is stale.
import { allOperations } from '@stockade/contracts/operations';
import { accessDocument } from './access-document.ts';
import { writeDocument } from './write-document.ts';

await writeDocument('access.md', accessDocument(allOperations));
