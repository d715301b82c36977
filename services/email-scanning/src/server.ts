import { startService } from '@stockade/service-kit';
import { createEmailScanning } from './app.ts';
import { readConfig } from './config.ts';

const loaded = await readConfig();
await startService(createEmailScanning(loaded), loaded);
