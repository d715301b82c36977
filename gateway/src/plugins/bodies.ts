import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { isKnownCaller } from '@stockade/contracts';
import { errors } from '@stockade/service-kit/errors';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { sharerOf } from '../auth/guard.ts';
import { Shares } from '../limits/shares.ts';

const mib = 1024 * 1024;

/** Shorter ones are not counted: the calls at once are bounded, and so is what these take. */
const shortBytes = 64 * 1024;

const tooMuch = () => errors.unavailable('Too much is being sent at once: try again shortly.');

/** Hands a body on as it arrives, while there is room for it. */
class Counted extends Transform {
  readonly #hasRoom: (bytes: number) => boolean;

  constructor(hasRoom: (bytes: number) => boolean) {
    super();
    this.#hasRoom = hasRoom;
  }

  override _transform(part: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#hasRoom(part.length)) done(null, part);
    else done(tooMuch());
  }
}

function isLong({ headers }: FastifyRequest): boolean {
  const announced = headers['content-length'];
  return announced === undefined
    ? headers['transfer-encoding'] !== undefined
    : Number(announced) > shortBytes;
}

/**
 * Bodies are held as a whole until their service has answered: so there are bounds to what all hold together, a tenant, an
 * address without a credential, and all such addresses. Beyond them the answer is a 503 that says when to come again.
 */
export const bodies = fp(
  async (app) => {
    const everybodys = new Shares({ each: 128 * mib, all: 256 * mib });
    const strangers = new Shares({ each: 64 * mib, all: 128 * mib });

    const count = async (request: FastifyRequest, payload: Readable): Promise<Readable> => {
      const sharer = sharerOf(request);
      const shares = isKnownCaller(request.principal) ? [everybodys] : [everybodys, strangers];
      const hasRoom = (bytes: number) => shares.every((share) => share.hasRoom(sharer, bytes));
      const announced = Number(request.headers['content-length'] ?? 0);
      // One that is longer than the call accepts is refused for that.
      if (announced <= request.routeOptions.bodyLimit && !hasRoom(announced)) throw tooMuch();
      let taken = 0;
      let isOver = false;
      request.held.add(() => {
        isOver = true;
        for (const share of shares) share.giveBack(sharer, taken);
      });
      const counted = new Counted((bytes) => {
        if (isOver || !hasRoom(bytes)) return false;
        for (const share of shares) share.take(sharer, bytes);
        taken += bytes;
        return true;
      });
      payload.once('error', (error) => counted.destroy(error));
      // What still comes in is thrown away, so that the caller sees the answer.
      counted.once('error', () => payload.resume());
      return payload.pipe(counted);
    };

    app.addHook('preParsing', (request, _reply, payload, done) => {
      if (!isLong(request)) return void done(null, payload);
      count(request, payload as Readable).then((counted) => done(null, counted), done);
    });
  },
  { name: 'bodies', dependencies: ['admission'] },
);
