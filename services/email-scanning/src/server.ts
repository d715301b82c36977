import { startService } from '@stockade/service-kit';
import { createEmailScanning } from './app.ts';
import { readConfig } from './config.ts';

await startService(createEmailScanning(), readConfig());
