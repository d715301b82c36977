import type { AuditExport } from '@stockade/contracts/audit';
import { workOffOne } from '@stockade/service-kit';
import type { TestCaller, TestService } from '@stockade/testing';
import {
  type Checkpoint,
  openCheckpoint,
  type Problem,
  type Verdict,
  verifyExport,
} from '@stockade/transparency-log';
import { createSigner } from '../src/checkpoints/signer.ts';
import { exportJobs } from '../src/exports/work-off.ts';
import { settings } from './setup.ts';

export const signer = createSigner(settings);
export const jobs = exportJobs(signer);
export const never = new AbortController().signal;

export const ask = (caller: TestCaller, body: object, headers = {}) =>
  caller.post('/v1/audit/exports', body, headers);
export const find = async (caller: TestCaller, id: string): Promise<AuditExport> =>
  (await caller.get(`/v1/audit/exports/${id}`)).body;
export const download = (caller: TestCaller, id: string) => caller.get(`/v1/audit/exports/${id}/content`);

export async function workOff({ service }: TestService): Promise<void> {
  while (await workOffOne(service, jobs, never));
}

/** Asks for an export, has it made, and reads it. */
export async function exported(
  service: TestService,
  caller: TestCaller,
  body: object = { format: 'ndjson' },
): Promise<{ job: AuditExport; text: string; lines: string[] }> {
  const answer = await ask(caller, body);
  if (answer.status !== 202) throw new Error(`The export was answered ${answer.status}: ${answer.raw}`);
  await workOff(service);
  const text = (await download(caller, answer.body.id)).raw.toString();
  return { job: await find(caller, answer.body.id), text, lines: text.split('\n').slice(0, -1) };
}

async function* bytes(text: string) {
  yield Buffer.from(text);
}

/** Verifies an export as an auditor does, with the public key and the checkpoints that were kept. */
export async function verify(
  tenantId: string,
  text: string,
  older: readonly Checkpoint[] = [],
): Promise<Verdict & { found: Problem[] }> {
  const found: Problem[] = [];
  const key = signer.verifierKey(tenantId);
  const verdict = await verifyExport(bytes(text), {
    key,
    older,
    onProblem: (problem) => found.push(problem),
  });
  return { ...verdict, found };
}

/** The latest checkpoint, as somebody keeps it. */
export async function keepCheckpoint(tenantId: string, caller: TestCaller): Promise<Checkpoint> {
  const { body } = await caller.get('/v1/audit/checkpoints/latest');
  return openCheckpoint(body.checkpoint, signer.verifierKey(tenantId));
}
