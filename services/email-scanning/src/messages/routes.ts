import {
  getMessage,
  getRawMessage,
  listMessages,
  type Message,
  quarantineMessage,
  releaseMessage,
  sendMessage,
} from '@stockade/contracts/email-scanning';
import { inTenant } from '@stockade/database';
import { type Call, defineRoutes, errors, page, type Routes } from '@stockade/service-kit';
import type { RawStore } from '../storage/raw-store.ts';
import type { EmailScanningDb } from '../tables.ts';
import { readRaw, setDisposition, singleMessages } from './commands.ts';
import * as queries from './queries.ts';
import { splitRecipients } from './rules.ts';
import type { VerdictWaiters } from './verdict-waiters.ts';

type Db = EmailScanningDb;

async function readMessage(call: Call<Db, unknown>, id: string): Promise<Message> {
  const row = await call.read((trx) => queries.findMessage(trx, id));
  if (!row) throw errors.notFound('Message', id);
  return queries.toMessage(row);
}

/** The message once it is scanned, or as it is when the time is up. */
async function awaitVerdict(
  call: Call<Db, unknown>,
  waiters: VerdictWaiters,
  accepted: Message,
  waitMs: number,
): Promise<Message> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const left = deadline - performance.now();
    const waiter = waiters.wait(accepted.id, Math.max(0, left));
    const row = await inTenant(
      call.service.db,
      call.caller.tenantId,
      (trx) => queries.findMessage(trx, accepted.id),
      { readOnly: true },
    );
    const message = row ? queries.toMessage(row) : accepted;
    if (message.status === 'scanned' || left <= 0) {
      waiter.cancel();
      return message;
    }
    await waiter.done;
  }
}

export function messageRoutes(waiters: VerdictWaiters, raws: RawStore): Routes<Db> {
  return defineRoutes<Db>((route) => {
    route(sendMessage, async (call) => {
      const { body: raw, headers, query } = call;
      if (!raw?.length)
        throw errors.validation([{ path: '/', message: 'is empty: send the raw message as the body' }]);
      call.reply.code(202);
      const delivery = {
        raw,
        // Before the transaction: no connection is kept while it is compressed, sealed and perhaps sent to a bucket.
        stored: await raws.put(call.caller.tenantId, raw),
        source: query.source,
        envelopeFrom: headers['x-envelope-from'],
        envelopeTo: splitRecipients(headers['x-envelope-to']),
        clientIp: headers['x-client-ip'],
      };
      const accepted = await call.grouped(singleMessages, delivery);
      // The tenant had the message already, or the call was made before.
      if (accepted.id !== delivery.stored.message_id) await raws.discard(delivery.stored);
      const duplicate = accepted.duplicate ? { duplicate: true } : {};
      const message = query.wait
        ? await awaitVerdict(call as never, waiters, accepted, query.wait)
        : accepted;
      if (!query.wait || message.status !== 'scanned')
        return { id: message.id, status: message.status, ...duplicate } as never;
      call.reply.code(200);
      return { ...message, ...duplicate };
    });
    route(listMessages, (call) =>
      call.read(async (trx) => page(await queries.listMessages(trx, call.query), call.query)),
    );
    route(getMessage, (call) => readMessage(call as never, call.params.messageId));
    route(getRawMessage, async (call) => {
      const raw = await call.command((work) => readRaw(work, raws, call.params.messageId));
      // Always as a file: nothing in it may run in a browser.
      call.reply
        .type('message/rfc822')
        .header('content-disposition', `attachment; filename="${call.params.messageId}.eml"`);
      return raw;
    });
    route(quarantineMessage, (call) =>
      call.command((work) => setDisposition(work, 'quarantine', call.params.messageId, call.ifMatch)),
    );
    route(releaseMessage, (call) =>
      call.command((work) => setDisposition(work, 'release', call.params.messageId, call.ifMatch)),
    );
  });
}
