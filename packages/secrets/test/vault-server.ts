import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Version {
  data: Record<string, unknown>;
  created: string;
  deleted?: string;
  destroyed?: boolean;
}

type Fault = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers as Vault's documentation of its KV version 2 engine and of AppRole says. */
export async function startVault(t: { teardown(end: () => Promise<void> | void): void }, port = 0) {
  const secrets = new Map<string, Version[]>();
  const calls: { method: string; url: string; headers: IncomingMessage['headers'] }[] = [];
  const tokens = new Set(['root-token']);
  /** Answers instead of Vault, for as many calls. */
  const faults: Fault[] = [];
  const logins = new Map<string, string>();
  let leaseSeconds = 3_600;
  let always: Fault | null = null;

  const send = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));
  const stateOf = ({ created, deleted = '', destroyed = false }: Version) => ({
    created_time: created,
    deletion_time: deleted,
    destroyed,
  });

  function readData(name: string, asked: number, response: ServerResponse) {
    const versions = secrets.get(name);
    const number = asked || versions?.length || 0;
    const version = versions?.[number - 1];
    if (!version) return send(response, 404, { errors: [] });
    const gone = version.destroyed || (version.deleted && Date.parse(version.deleted) <= Date.now());
    const metadata = { ...stateOf(version), custom_metadata: null, version: number };
    // Deleted data is a 404 that still tells its metadata.
    send(response, gone ? 404 : 200, { data: { data: gone ? null : version.data, metadata } });
  }

  function readMetadata(name: string, response: ServerResponse) {
    const versions = secrets.get(name);
    if (!versions) return send(response, 404, { errors: [] });
    const states = Object.fromEntries(versions.map((version, at) => [at + 1, stateOf(version)]));
    send(response, 200, { data: { current_version: versions.length, max_versions: 0, versions: states } });
  }

  async function login(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { role_id: role, secret_id: secret } = JSON.parse(Buffer.concat(chunks).toString());
    if (logins.get(role) !== secret) return send(response, 400, { errors: ['invalid role or secret ID'] });
    const token = `hvs.${tokens.size}`;
    tokens.add(token);
    send(response, 200, { auth: { client_token: token, lease_duration: leaseSeconds, renewable: true } });
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://vault');
    calls.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    const fault = faults.shift() ?? always;
    if (fault) return fault(request, response);
    if (url.pathname === '/v1/auth/approle/login') return void login(request, response);
    if (!tokens.has(String(request.headers['x-vault-token'])))
      return send(response, 403, { errors: ['permission denied'] });
    const [, kind, name = ''] = /^\/v1\/secret\/(data|metadata)\/stockade\/(\w+)$/.exec(url.pathname) ?? [];
    if (kind === 'data') return readData(name, Number(url.searchParams.get('version') ?? 0), response);
    if (kind === 'metadata') return readMetadata(name, response);
    send(response, 404, { errors: [] });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  t.teardown(stop);
  const at = (name: string, version: number) => secrets.get(name)?.[version - 1] as Version;
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    tokens,
    faults,
    logins,
    send,
    /** Every call from now on, until null. */
    fail: (fault: Fault | null) => {
      always = fault;
    },
    lease: (seconds: number) => {
      leaseSeconds = seconds;
    },
    /** A new version; an hour old unless told. */
    put(name: string, value: unknown, created = new Date(Date.now() - 3_600_000)) {
      const versions = secrets.get(name) ?? [];
      secrets.set(name, [...versions, { data: { value }, created: created.toISOString() }]);
    },
    remove: (name: string) => void secrets.delete(name),
    softDelete: (name: string, version: number, when = new Date()) => {
      at(name, version).deleted = when.toISOString();
    },
    destroy: (name: string, version: number) => {
      at(name, version).destroyed = true;
    },
    stop,
  };
}
