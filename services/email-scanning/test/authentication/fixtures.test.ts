import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { createAuthenticator } from '../../src/authentication/index.ts';
import { parseMessage } from '../../src/engine/index.ts';
import { NoCorpus, openCorpus } from '../../training/corpus.ts';
import { zoneResolver } from './zone.ts';

// A corpus that is there but cannot be read fails the test; where there is none it is skipped.
const corpus = await openCorpus().catch((error: unknown) => {
  if (error instanceof NoCorpus) return null;
  throw error;
});

t.test('other projects’ DKIM and ARC mails end with a result', { skip: corpus === null }, async (t) => {
  if (!corpus) return;
  t.teardown(() => corpus.close());
  const resolver = zoneResolver({});
  const authenticator = createAuthenticator({ resolver });
  t.teardown(() => authenticator.close());
  const folder = join(corpus.folder, 'auth');
  const entries = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.eml'));
  t.ok(entries.length > 100);
  let signed = 0;
  const results = await Promise.all(
    entries.map(async (name) => {
      const raw = await readFile(join(folder, name));
      const message = await parseMessage(raw);
      if (message.headerNames.includes('dkim-signature')) signed++;
      return authenticator.authenticate(raw, message, { clientIp: '192.0.2.7', helo: 'mx.example' }, []);
    }),
  );
  t.ok(signed > 10);
  t.ok(
    resolver.asked.some((question) => question.includes('_domainkey')),
    'keys were asked for',
  );
  t.ok(
    results.every(({ dkim, aligned }) => dkim !== 'pass' && !aligned),
    'nothing passes without its key',
  );
});
