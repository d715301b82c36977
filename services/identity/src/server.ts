import { startService } from '@stockade/service-kit';
import { createIdentity } from './app.ts';
import { readConfig } from './config.ts';

const config = readConfig();
await startService(createIdentity(config), config);
