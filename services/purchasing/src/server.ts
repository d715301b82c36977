import { startService } from '@stockade/service-kit';
import { purchasing } from './app.ts';
import { readConfig } from './config.ts';

await startService(purchasing, readConfig());
