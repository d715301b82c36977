import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** TXT records by name; `silent` names get no answer, others that are not there get NXDOMAIN. */
export interface DnsZone {
  txt: Record<string, string>;
  silent?: (name: string) => boolean;
}

function nameIn(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

function answerTo(query: Buffer, text: string | undefined): Buffer {
  const { end } = nameIn(query);
  const header = Buffer.from(query.subarray(0, 12));
  // Answer, recursion available; 3: no such name. One question, one or no answer, nothing else.
  header.writeUInt16BE(text === undefined ? 0x8183 : 0x8180, 2);
  header.writeUInt16BE(text === undefined ? 0 : 1, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  const question = query.subarray(12, end);
  if (text === undefined) return Buffer.concat([header, question]);
  const chunks = (text.match(/.{1,255}/gs) ?? []).map((chunk) =>
    Buffer.concat([Buffer.from([chunk.length]), Buffer.from(chunk, 'latin1')]),
  );
  const data = Buffer.concat(chunks);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(16, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(60, 6);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([header, question, record, data]);
}

/** A name server on a port of its own. */
export async function startDnsServer({ txt, silent = () => false }: DnsZone) {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name } = nameIn(query);
    asked.push(name);
    if (!silent(name)) socket.send(answerTo(query, txt[name]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}
