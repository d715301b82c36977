import { startService } from '@stockade/service-kit';
import { inventory } from './app.ts';
import { readConfig } from './config.ts';

await startService(inventory, await readConfig());
