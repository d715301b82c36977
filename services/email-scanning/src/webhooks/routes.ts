import {
  InboundJson,
  maxMessageBytes,
  receiveInbound,
  refusedSignature,
  signatureHeader,
} from '@stockade/contracts/email-scanning';
import { type Caller, runWork } from '@stockade/messaging';
import type { Sealer } from '@stockade/secrets';
import { defineRoutes, errors, type Routes, ServiceError } from '@stockade/service-kit';
import { parseJsonBody } from '@stockade/service-kit/json-body';
import { callOf } from '@stockade/service-kit/security-events';
import { bodyChecker } from '@stockade/service-kit/validation';
import type { Static } from 'typebox';
import { splitRecipients } from '../messages/rules.ts';
import { secretContext } from '../sources/commands.ts';
import { callerOf, takeIn } from '../sources/take-in.ts';
import type { RawStore } from '../storage/raw-store.ts';
import type { EmailScanningDb } from '../tables.ts';
import { findWebhook, takeSignature, type Webhook } from './queries.ts';
import { type Signed, verify } from './signature.ts';

const checkJson = bodyChecker(InboundJson);
const mediaTypes = { raw: 'message/rfc822', json: 'application/json' } as const;

interface Inbound {
  raw: Buffer;
  envelopeFrom: string | undefined;
  envelopeTo: string[];
  clientIp: string | undefined;
}

/** The message as JSON holds it. What base64 decoders would skip in silence is refused. */
function readJson(body: Buffer): Inbound {
  const value = parseJsonBody(body);
  const problems = checkJson(value);
  if (problems.length > 0) throw errors.validation(problems);
  const { raw: text, envelopeFrom, envelopeTo = [], clientIp } = value as Static<typeof InboundJson>;
  const raw = Buffer.from(text, 'base64');
  if (raw.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, ''))
    throw errors.validation([{ path: '/raw', message: 'is not base64' }]);
  return { raw, envelopeFrom, envelopeTo, clientIp };
}

const readRaw = ({ envelopeFrom, envelopeTo, clientIp, body }: Signed): Inbound => ({
  ...{ raw: body, envelopeFrom, envelopeTo: splitRecipients(envelopeTo), clientIp },
});

/** The secret, and the one before it while their overlap lasts. */
function goodSecrets(webhook: Webhook, now: Date): Buffer[] {
  const { secret, previous_secret: previous, previous_secret_until: until } = webhook;
  return [secret, until && until > now ? previous : null].filter((sealed) => sealed !== null);
}

/** Whoever calls is nobody's principal: the source says whose mail it is, the signature that it may be sent. */
export const inboundRoutes = (sealer: Sealer, raws: RawStore): Routes<EmailScanningDb> =>
  defineRoutes<EmailScanningDb>((route) => {
    route(receiveInbound, async ({ params, headers, body, service, caller, request }) => {
      const found = await findWebhook(service.systemDb, params.sourceId);
      if (!found?.secret) throw errors.notFound('Source', params.sourceId);
      const { tenant_id: tenantId, id: sourceId, name, settings } = found;
      const format = settings.format ?? 'raw';
      const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
      if (mediaType !== mediaTypes[format])
        throw new ServiceError('UNSUPPORTED_MEDIA_TYPE', `This source takes ${mediaTypes[format]}.`, {
          accepted: [mediaTypes[format]],
        });
      const signed: Signed = {
        envelopeFrom: headers['x-envelope-from'],
        envelopeTo: headers['x-envelope-to'],
        clientIp: headers['x-client-ip'],
        body: body ?? Buffer.alloc(0),
      };
      const now = new Date();
      const secrets = goodSecrets(found, now).map((sealed) =>
        sealer.open(sealed, secretContext(tenantId, sourceId)).toString(),
      );
      const verified = verify(headers[signatureHeader], secrets, { signed, now });
      if (!verified) {
        const target = { type: 'mail-source', id: sourceId };
        service.securityEvents.note({
          ...{ type: 'email-scanning.signature.failed', tenantId, actor: null, ip: caller.ip, target },
          ...callOf(request),
        });
        throw errors.unauthenticated(refusedSignature);
      }
      const inbound = format === 'json' ? readJson(signed.body) : readRaw(signed);
      if (inbound.raw.length === 0)
        throw errors.validation([{ path: format === 'json' ? '/raw' : '/', message: 'is empty' }]);
      if (inbound.raw.length > maxMessageBytes)
        throw new ServiceError('PAYLOAD_TOO_LARGE', `A message has at most ${maxMessageBytes} bytes.`);
      const way = { tenantId, sourceId, name };
      const stored = await raws.put(tenantId, inbound.raw);
      const { requestId, traceparent, ip } = caller;
      const inItsName: Caller = { ...callerOf(way), requestId, traceparent, ip };
      const message = await runWork(service.db, inItsName, async (work) => {
        const row = {
          ...{ tenant_id: tenantId, source_id: sourceId, signature: verified.signature },
          expires_at: verified.expiresAt,
        };
        if (!(await takeSignature(work.trx, row)))
          throw errors.conflict('This was sent before: sign a new message anew.');
        return takeIn(work, way, { ...inbound, stored });
      });
      if (message.duplicate) await raws.discard(stored);
      const { id, status, duplicate } = message;
      return { id, status, ...(duplicate ? { duplicate } : {}) };
    });
  });
