import { startService } from '@stockade/service-kit';
import { createIdentity } from './app.ts';
import { readConfig } from './config.ts';

const loaded = await readConfig();
await startService(createIdentity(loaded.config), loaded);
