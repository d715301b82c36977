import { startService } from '@stockade/service-kit';
import { createInventory } from './app.ts';
import { readConfig } from './config.ts';

await startService(createInventory(), await readConfig());
