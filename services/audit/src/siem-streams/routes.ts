import {
  createSiemStream,
  deleteSiemStream,
  getSiemStream,
  listSiemStreams,
  rotateSiemStreamSecret,
  type SiemStreamWithSecret,
  updateSiemStream,
} from '@stockade/contracts/audit';
import { defineRoutes, errors, page, type Routes } from '@stockade/service-kit';
import type { AuditDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { sealerOfStreams } from './sealing.ts';

/** A repeated call does not show the secret again. */
const replay = ({ secret: _, ...stream }: SiemStreamWithSecret) => stream;

export function siemStreamRoutes(allowPrivate: boolean): Routes<AuditDb> {
  return defineRoutes<AuditDb>((route) => {
    route(createSiemStream, ({ body, command, service }) =>
      command(
        (work) =>
          commands.createStream(work, { sealer: sealerOfStreams(service.secrets), allowPrivate }, body),
        { replay },
      ),
    );
    route(listSiemStreams, ({ query, read }) =>
      read(async (trx) => page(await queries.listStreams(trx, query), query)),
    );
    route(getSiemStream, async ({ params, read, request }) => {
      // How it fares changes without the version: there is always news.
      delete request.headers['if-none-match'];
      const stream = await read((trx) => queries.findStream(trx, params.streamId));
      if (!stream) throw errors.notFound('SIEM stream', params.streamId);
      return queries.toStream(stream);
    });
    route(updateSiemStream, ({ params, body, ifMatch, command }) =>
      command((work) => commands.changeStream(work, { allowPrivate }, params.streamId, { body, ifMatch })),
    );
    route(deleteSiemStream, async ({ params, ifMatch, command }) => {
      await command((work) => commands.deleteStream(work, params.streamId, ifMatch));
      return undefined;
    });
    route(rotateSiemStreamSecret, ({ params, body, ifMatch, command, service }) =>
      command(
        (work) =>
          commands.rotateSecret(work, sealerOfStreams(service.secrets), params.streamId, {
            ...body,
            ifMatch,
          }),
        { replay },
      ),
    );
  });
}
