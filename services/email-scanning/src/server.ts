import { startService } from '@stockade/service-kit';
import { emailScanning } from './app.ts';
import { readConfig } from './config.ts';

await startService(emailScanning, readConfig());
