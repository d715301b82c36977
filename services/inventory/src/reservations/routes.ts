import {
  consumeReservation,
  createReservation,
  getReservation,
  listReservations,
  type Reservation,
  releaseReservation,
} from '@stockade/contracts/inventory';
import { type OurFlags, whoCalls } from '@stockade/feature-flags';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import { consumeReservation as consume } from './consume.ts';
import * as queries from './queries.ts';

export const reservationRoutes = (flags: OurFlags) =>
  defineRoutes<InventoryDb>((route) => {
    route(createReservation, async ({ body, caller, command }) => {
      // Before the transaction: it may take a look at the database of its own.
      const order = await flags.value('inventory.pick-order', whoCalls(caller));
      return command((work) => commands.createReservation(work, body, order));
    });
    route(listReservations, ({ query, caller, read }) =>
      read(async (trx) => {
        const { data, nextCursor } = page(await queries.listReservations(trx, query), query);
        return { data: await queries.withAllocations(trx, data, caller), nextCursor };
      }),
    );
    route(getReservation, ({ params, caller, read }) =>
      read(async (trx) => {
        const row = await queries.findReservation(trx, params.reservationId);
        if (!row) throw errors.notFound('Reservation', params.reservationId);
        const [reservation] = await queries.withAllocations(trx, [row], caller);
        return reservation as Reservation;
      }),
    );
    route(releaseReservation, ({ params, ifMatch, command }) =>
      command((work) => commands.releaseReservation(work, { id: params.reservationId, ifMatch })),
    );
    route(consumeReservation, ({ params, body, ifMatch, command }) =>
      command((work) =>
        consume(work, {
          id: params.reservationId,
          ifMatch,
          quantity: body?.quantity,
          reference: body?.reference,
        }),
      ),
    );
  });
