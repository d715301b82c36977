import { startService } from '@stockade/service-kit';
import { createAudit } from './app.ts';
import { readConfig } from './config.ts';

const config = readConfig();
await startService(createAudit(config), config);
