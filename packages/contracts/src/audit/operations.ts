import { defineOperation, type Operation } from '../operation.ts';
import { exportOperations } from './exports.ts';
import { legalHoldOperations } from './legal-holds.ts';
import { retentionOperations } from './retention.ts';
import * as s from './schemas.ts';
import { siemStreamOperations } from './siem-streams.ts';

export * from './exports.ts';
export * from './legal-holds.ts';
export * from './retention.ts';
export * from './schemas.ts';
export * from './siem-streams.ts';

const shared = { service: 'audit', method: 'GET', access: 'audit:read', tier: 'READ' } as const;

export const listAuditEntries = defineOperation({
  ...shared,
  id: 'listAuditEntries',
  isReport: true,
  path: '/v1/audit/entries',
  summary: 'List audit entries, newest first',
  query: s.AuditEntryListQuery,
  responses: { 200: s.AuditEntryPage },
});

export const getAuditEntry = defineOperation({
  ...shared,
  id: 'getAuditEntry',
  path: '/v1/audit/entries/:entryId',
  summary: 'Read an audit entry',
  params: s.AuditEntryParams,
  responses: { 200: s.LogEntry },
});

export const proveAuditEntry = defineOperation({
  ...shared,
  id: 'proveAuditEntry',
  path: '/v1/audit/entries/:entryId/proof',
  summary: 'Prove that an entry is in the log that the latest checkpoint signs',
  params: s.AuditEntryParams,
  responses: { 200: s.AuditProof },
});

export const listCheckpoints = defineOperation({
  ...shared,
  id: 'listCheckpoints',
  path: '/v1/audit/checkpoints',
  summary: 'List signed checkpoints, newest first',
  query: s.CheckpointListQuery,
  responses: { 200: s.CheckpointPage },
});

export const getLatestCheckpoint = defineOperation({
  ...shared,
  id: 'getLatestCheckpoint',
  path: '/v1/audit/checkpoints/latest',
  summary: 'Read the latest signed checkpoint',
  responses: { 200: s.Checkpoint },
});

export const proveConsistency = defineOperation({
  ...shared,
  id: 'proveConsistency',
  isReport: true,
  path: '/v1/audit/consistency',
  summary: 'Prove that the log only grew between two sizes',
  query: s.ConsistencyQuery,
  responses: { 200: s.ConsistencyProof },
});

const platform = { service: 'audit', method: 'GET', access: 'operator', tier: 'READ' } as const;

export const listPlatformEntries = defineOperation({
  ...platform,
  id: 'listPlatformEntries',
  path: '/v1/admin/audit/entries',
  summary: "List the platform's own audit entries, newest first",
  description:
    'Security events that concern no tenant, or nobody knows whose they are, and what operators do.',
  query: s.AuditEntryListQuery,
  responses: { 200: s.AuditEntryPage },
});

export const getPlatformEntry = defineOperation({
  ...platform,
  id: 'getPlatformEntry',
  path: '/v1/admin/audit/entries/:entryId',
  summary: "Read one of the platform's own audit entries",
  params: s.AuditEntryParams,
  responses: { 200: s.LogEntry },
});

export const auditOperations: readonly Operation[] = [
  listAuditEntries,
  getAuditEntry,
  proveAuditEntry,
  listCheckpoints,
  getLatestCheckpoint,
  proveConsistency,
  listPlatformEntries,
  getPlatformEntry,
  ...exportOperations,
  ...retentionOperations,
  ...legalHoldOperations,
  ...siemStreamOperations,
];
