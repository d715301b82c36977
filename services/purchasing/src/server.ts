import { startService } from '@stockade/service-kit';
import { createPurchasing } from './app.ts';
import { readConfig } from './config.ts';

const config = readConfig();
await startService(createPurchasing(config), config);
