import { startService } from '@stockade/service-kit';
import { createEmailScanning } from './app.ts';
import { readConfig } from './config.ts';

const config = readConfig();
await startService(createEmailScanning(config), config);
