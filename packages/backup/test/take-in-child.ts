// A base backup in a process of its own, which a test may kill or deny the disk. Its options come as JSON in the first argument.
import { backupKeys, takeBase } from '../src/index.ts';
import { connect } from './cluster.ts';

// A file that may not grow ends the process otherwise: the write is to fail, as it does on a full disk.
process.on('SIGXFSZ', () => {});

const { url, folder, secret } = JSON.parse(process.argv[2] ?? '');
const client = await connect(url);
try {
  await takeBase({
    ...{ client, folder, keys: backupKeys(secret), home: {} },
    onProgress: ({ done }) => void (done === 10 && process.stdout.write('copying\n')),
  });
} catch (error) {
  process.stderr.write(`${(error as NodeJS.ErrnoException).code}: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await client.end();
}
