import { startService } from '@stockade/service-kit';
import { createPurchasing } from './app.ts';
import { readConfig } from './config.ts';

const loaded = await readConfig();
await startService(createPurchasing(loaded.config), loaded);
