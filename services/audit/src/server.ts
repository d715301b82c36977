import { startService } from '@stockade/service-kit';
import { createAudit } from './app.ts';
import { readConfig } from './config.ts';

const loaded = await readConfig();
await startService(createAudit(loaded.config), loaded);
