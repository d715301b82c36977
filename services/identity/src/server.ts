import { startService } from '@stockade/service-kit';
import { identity } from './app.ts';
import { readConfig } from './config.ts';

await startService(identity, await readConfig());
