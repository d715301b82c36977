import { generateKeyPairSync } from 'node:crypto';
import { auditEntryRecorded, type EventEnvelope } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { processBatch } from '@stockade/messaging';
import { isolationTest, startTestService, type TestService } from '@stockade/testing';
import {
  canonicalize,
  leafHash,
  openCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '@stockade/transparency-log';
import t from 'tap';
import { createAudit } from '../src/app.ts';
import { signTreesWithNews } from '../src/checkpoints/commands.ts';
import { createSigner } from '../src/checkpoints/signer.ts';
import { migrations } from '../src/migrations/index.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const settings = {
  AUDIT_SIGNING_KEY: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64'),
  AUDIT_LOG_ORIGIN: 'log.example/audit',
  AUDIT_CHECKPOINT_INTERVAL_SECONDS: 1,
};
const audit = createAudit(settings);
const start = (t: Parameters<typeof startTestService>[0]) => startTestService(t, audit, { migrations });

function entry(tenantId: string, overrides: Record<string, unknown> = {}): EventEnvelope {
  const at = new Date().toISOString();
  return {
    ...{ id: newId(), type: auditEntryRecorded.type, tenantId, aggregateId: 'x', aggregateVersion: 0 },
    ...{ occurredAt: at, requestId: 'r-1', traceparent: null },
    payload: {
      ...{
        occurredAt: at,
        actor: { type: 'user', id: newId(), name: 'Zoë “Z” O’Hara 😀' },
        onBehalfOf: null,
      },
      ...{ action: 'inventory.item.update', target: { type: 'item', id: newId() } },
      changes: {
        name: { before: null, after: 'Schräubchen' },
        size: { before: 1.5, after: 1e21 },
        tags: { before: [], after: { b: 1, a: [null, true] } },
      },
      ...{ ip: '192.0.2.1', requestId: 'r-1', traceId: null },
      ...overrides,
    },
  };
}

const [consumer] = audit.consumers ?? [];

/** Delivers entries in one job, as the queue does. */
async function record(service: TestService, events: EventEnvelope[]) {
  if (!consumer) throw new Error('audit has no consumer');
  return processBatch({ db: service.service.db, log: service.service.log, consumer }, events);
}

async function proofHolds(
  service: TestService,
  id: string,
  tenantId = service.tenantId,
  alter: (entry: Record<string, unknown>) => void = () => {},
) {
  const auditor = service.as('auditor', { tenantId });
  const { status, body: proof } = await auditor.get(`/v1/audit/entries/${id}/proof`);
  if (status !== 200) throw new Error(JSON.stringify(proof));
  const { verifierKey } = (await auditor.get('/v1/audit/checkpoints/latest')).body;
  const checkpoint = openCheckpoint(proof.checkpoint, verifierKey);
  alter(proof.entry);
  const hash = leafHash(Buffer.from(canonicalize(proof.entry)));
  return verifyInclusion({
    leafHash: hash,
    leafIndex: proof.leafIndex,
    treeSize: checkpoint.size,
    hashes: proof.hashes.map((text: string) => Buffer.from(text, 'base64')),
    rootHash: checkpoint.rootHash,
  });
}

t.test('the log', async (t) => {
  const service = await start(t);
  const { tenantId } = service;
  const auditor = service.as('auditor');

  t.test('an empty log has no checkpoint', async (t) => {
    t.equal((await auditor.get('/v1/audit/checkpoints/latest')).status, 404);
    t.strictSame((await auditor.get('/v1/audit/entries')).body, { data: [], nextCursor: null });
  });

  t.test('concurrent batches, some of them delivered twice, make one gapless sequence', async (t) => {
    const batches = Array.from({ length: 12 }, (_, at) =>
      Array.from({ length: 1 + (at % 9) }, () => entry(tenantId)),
    );
    const other = newId();
    await Promise.all([...batches, ...batches.slice(0, 6)].map((batch) => record(service, batch)));
    await record(service, [entry(other), entry(other)]);
    const wanted = batches.flat().length;
    const rows = await service.query<{ sequence: string }>(
      'select sequence from leaves where tenant_id = $1 order by sequence',
      [tenantId],
    );
    t.strictSame(
      rows.map((row) => Number(row.sequence)),
      Array.from({ length: wanted }, (_, at) => at + 1),
    );
    const [tree] = await service.query<{ size: string }>('select size from trees where tenant_id = $1', [
      tenantId,
    ]);
    t.equal(Number(tree?.size), wanted);
    t.equal(
      (await service.as('auditor', { tenantId: other }).get('/v1/audit/entries')).body.data.length,
      2,
      'each tenant has a log of its own',
    );
    for (const event of [...batches.flat().slice(0, 10), ...batches.flat().slice(-3)])
      t.ok(await proofHolds(service, event.id), 'it is proven');
  });

  t.test('an entry that was altered is found out', async (t) => {
    const [first] = (await auditor.get('/v1/audit/entries?limit=1')).body.data;
    t.equal(await proofHolds(service, first.id), true);
    const changes: ((altered: Record<string, unknown>) => void)[] = [
      (altered) => Object.assign(altered, { action: 'inventory.item.delete' }),
      (altered) => Object.assign(altered, { actor: { ...(altered.actor as object), name: 'Somebody else' } }),
      (altered) => Object.assign(altered, { sequence: (altered.sequence as number) + 1 }),
      (altered) => Object.assign(altered, { note: 'added' }),
      (altered) => void delete altered.ip,
    ];
    for (const change of changes) t.equal(await proofHolds(service, first.id, tenantId, change), false);
  });

  t.test('checkpoints are signed once a size, and each grows from the one before', async (t) => {
    const signer = createSigner(settings);
    const { systemDb } = service.service;
    await Promise.all([1, 2, 3].map(() => signTreesWithNews(systemDb, signer)));
    await record(service, [entry(tenantId), entry(tenantId)]);
    await Promise.all([1, 2, 3].map(() => signTreesWithNews(systemDb, signer)));
    const list = (await auditor.get('/v1/audit/checkpoints')).body.data;
    const [latest, before] = list;
    t.ok(latest.size > before.size);
    const proof = (await auditor.get(`/v1/audit/consistency?from=${before.size}&to=${latest.size}`)).body;
    t.equal(proof.toRootHash, latest.rootHash);
    const bytes = (text: string) => Buffer.from(text, 'base64');
    t.ok(
      verifyConsistency({
        ...{
          from: proof.from,
          to: proof.to,
          fromRoot: bytes(before.rootHash),
          toRoot: bytes(latest.rootHash),
        },
        hashes: proof.hashes.map(bytes),
      }),
    );
    t.equal((await auditor.get(`/v1/audit/consistency?from=${latest.size}&to=${before.size}`)).status, 400);
    t.equal((await auditor.get('/v1/audit/consistency?from=1&to=100000')).status, 400);
    t.equal((await auditor.get('/v1/audit/consistency?from=0&to=1')).status, 400);
  });

  t.test('search', async (t) => {
    const id = newId();
    await record(service, [
      entry(tenantId, {
        action: 'purchasing.supplier.create',
        target: { type: 'supplier', id },
        requestId: 'needle',
      }),
    ]);
    for (const query of [
      `targetId=${id}`,
      'action=purchasing.supplier.create',
      'targetType=supplier',
      'requestId=needle',
    ]) {
      const { data } = (await auditor.get(`/v1/audit/entries?${query}`)).body;
      t.strictSame(
        data.map((found: { target: { id: string } }) => found.target.id),
        [id],
        query,
      );
    }
    const later = new Date(Date.now() + 60_000).toISOString();
    t.equal((await auditor.get(`/v1/audit/entries?from=${later}`)).body.data.length, 0);
    t.ok((await auditor.get(`/v1/audit/entries?to=${later}`)).body.data.length > 0);
    const first = (await auditor.get('/v1/audit/entries?limit=5')).body;
    const second = (await auditor.get(`/v1/audit/entries?limit=5&cursor=${first.nextCursor}`)).body;
    const sequences = [...first.data, ...second.data].map((found: { sequence: number }) => found.sequence);
    t.strictSame(
      sequences,
      [...sequences].sort((a, b) => b - a),
      'newest first',
    );
    t.equal(new Set(sequences).size, 10);
    for (const query of ['cursor=x', 'limit=0', 'limit=a', 'from=yesterday', 'nothing=1'])
      t.equal((await auditor.get(`/v1/audit/entries?${query}`)).status, 400, query);
  });

  t.test('who may read', async (t) => {
    const [own] = (await auditor.get('/v1/audit/entries?limit=1')).body.data;
    t.equal((await service.as('operator').get('/v1/audit/entries')).status, 403);
    t.equal((await service.anonymous('GET', '/v1/audit/entries')).status, 401);
    const stranger = service.as('auditor', { tenantId: newId() });
    t.equal((await stranger.get(`/v1/audit/entries/${own.id}`)).status, 404);
    t.equal((await stranger.get(`/v1/audit/entries/${own.id}/proof`)).status, 404);
    t.equal((await auditor.get('/v1/audit/entries/nonsense')).status, 400);
  });

  t.test('nobody rewrites it, not even the app role of its own tenant', async (t) => {
    for (const table of ['entries', 'leaves', 'nodes', 'checkpoints']) {
      await t.rejects(
        service.asApp(tenantId, `update ${table} set tenant_id = tenant_id`),
        /permission denied/,
        table,
      );
      await t.rejects(service.asApp(tenantId, `delete from ${table}`), /permission denied/, table);
    }
  });

  await isolationTest(t, service, ['trees', 'entries', 'leaves', 'nodes', 'checkpoints', 'inbox']);
});
