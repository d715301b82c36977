import { type Static, Type } from 'typebox';
import {
  Decimal,
  Id,
  ListFields,
  Nullable,
  OneOf,
  Page,
  ResourceFields,
  SignedDecimal,
  Strict,
  Timestamp,
} from '../scalars.ts';
import { Person, ShortText, Text } from './fields.ts';
import { changes, decides, reads } from './kinds.ts';

export const cycleCountStatuses = ['draft', 'counting', 'submitted', 'approved', 'rejected'] as const;

/**
 * A count of what is really there. It is blind: who counts is never shown what the ledger expects, here or elsewhere;
 * `expected` and `variance` are null for them, and what other counts say of the same stock.
 */
export const CycleCount = Type.Object(
  {
    ...ResourceFields,
    siteId: Id,
    locationId: Nullable(Id),
    status: OneOf(cycleCountStatuses),
    reference: Nullable(Type.String()),
    counterId: Id,
    round: Type.Integer({ description: 'Grows with each recount.' }),
    startedAt: Nullable(Timestamp),
    submittedAt: Nullable(Timestamp),
    decidedBy: Nullable(Person),
    decidedAt: Nullable(Timestamp),
    reason: Nullable(Type.String()),
    lines: Type.Array(
      Type.Object({
        id: Id,
        itemId: Id,
        locationId: Nullable(Id),
        lotId: Nullable(Id),
        counted: Nullable(Decimal),
        countedAt: Nullable(Timestamp),
        expected: Nullable(SignedDecimal),
        variance: Nullable(SignedDecimal),
        movementId: Nullable(Id),
      }),
    ),
  },
  { $id: 'CycleCount' },
);
export type CycleCount = Static<typeof CycleCount>;

export const CreateCycleCountBody = Strict({
  siteId: Id,
  locationId: Type.Optional(Id),
  itemIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true })),
  counterId: Type.Optional(Id),
  reference: Type.Optional(ShortText),
});
/** A line is named by its id, or, for stock that nobody expected, by where and what it is. */
const CountedLine = Strict({
  lineId: Type.Optional(Id),
  itemId: Type.Optional(Id),
  locationId: Type.Optional(Id),
  lotId: Type.Optional(Id),
  quantity: Decimal,
  countedAt: Type.Optional(Timestamp),
});
export const SubmitCycleCountBody = Strict({
  lines: Type.Array(CountedLine, { maxItems: 1000 }),
});
export type SubmitCycleCountBody = Static<typeof SubmitCycleCountBody>;
export const RecountBody = Strict({
  lineIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true })),
  counterId: Type.Optional(Id),
});
export const CountDecisionBody = Strict({ reason: Type.Optional(Text) });
const params = Strict({ cycleCountId: Id });

export const createCycleCount = changes({
  id: 'createCycleCount',
  path: '/v1/inventory/cycle-counts',
  summary: 'Plan a count of a site, a location or some items',
  body: CreateCycleCountBody,
  responses: { 201: CycleCount },
});

export const listCycleCounts = reads({
  id: 'listCycleCounts',
  path: '/v1/inventory/cycle-counts',
  summary: 'List cycle counts, newest first',
  query: Strict({
    ...ListFields,
    status: Type.Optional(OneOf(cycleCountStatuses)),
    siteId: Type.Optional(Id),
  }),
  responses: { 200: Page(CycleCount) },
});

export const getCycleCount = reads({
  id: 'getCycleCount',
  path: '/v1/inventory/cycle-counts/:cycleCountId',
  summary: 'Read a cycle count',
  params,
  responses: { 200: CycleCount },
});

export const startCycleCount = changes({
  id: 'startCycleCount',
  path: '/v1/inventory/cycle-counts/:cycleCountId/start',
  summary: 'Begin to count: the lines are what the ledger has at this moment',
  params,
  responses: { 200: CycleCount },
});

export const submitCycleCount = changes({
  id: 'submitCycleCount',
  path: '/v1/inventory/cycle-counts/:cycleCountId/submit',
  summary: 'Hand in what was counted',
  description:
    'Every line that is to be counted has to be there. `countedAt` says when a line was counted; movements recorded since then do not count as a variance.',
  params,
  body: SubmitCycleCountBody,
  responses: { 200: CycleCount },
});

export const recountCycleCount = decides({
  id: 'recountCycleCount',
  path: '/v1/inventory/cycle-counts/:cycleCountId/recount',
  summary: 'Have lines counted again: those named, or those with a variance',
  description: 'Who counted has all lines counted again unless they name some.',
  params,
  body: Type.Optional(RecountBody),
  responses: { 200: CycleCount },
});

export const approveCycleCount = decides({
  id: 'approveCycleCount',
  path: '/v1/inventory/cycle-counts/:cycleCountId/approve',
  summary: 'Approve a count: its variances are posted to the ledger',
  description: 'By another person than those who counted.',
  params,
  body: Type.Optional(CountDecisionBody),
  responses: { 200: CycleCount },
});

export const rejectCycleCount = decides({
  id: 'rejectCycleCount',
  path: '/v1/inventory/cycle-counts/:cycleCountId/reject',
  summary: 'Reject a count: nothing is posted',
  params,
  body: Type.Optional(CountDecisionBody),
  responses: { 200: CycleCount },
});
