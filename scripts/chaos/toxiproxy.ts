import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { freePort } from '@stockade/database/embedded';
import { eventually, type Teardown } from '@stockade/testing';

const built = resolve(import.meta.dirname, '../../.tools/ci/toxiproxy-server');

/** A way to a server that can be cut, slowed and stalled. */
export interface Way {
  readonly port: number;
  /** Connections end and new ones are refused, until `mend`. */
  cut(): Promise<void>;
  /** Each direction takes longer, by about `ms`. */
  slow(ms: number): Promise<void>;
  /** Nothing passes any more; connections end after `ms`, as with a cable that was pulled. */
  stall(ms: number): Promise<void>;
  mend(): Promise<void>;
}

/** Starts Toxiproxy with a way to each of the named ports of 127.0.0.1. */
export async function openWays(
  t: Teardown,
  upstreams: Readonly<Record<string, number>>,
): Promise<Record<string, Way>> {
  const port = await freePort();
  const command = existsSync(built) ? built : 'toxiproxy-server';
  const child = spawn(command, ['-host', '127.0.0.1', '-port', String(port)], { stdio: 'ignore' });
  let missing = false;
  child.once('error', () => {
    missing = true;
  });
  t.teardown(() => void child.kill('SIGKILL'));
  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok && answer.status !== 404)
      throw new Error(`Toxiproxy answered ${method} ${path} with ${answer.status}: ${await answer.text()}`);
    return answer;
  };
  await eventually('Toxiproxy answers', () => {
    if (missing)
      throw new Error(
        'toxiproxy-server is not there: GOBIN=$PWD/.tools/ci go install github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0 && mv .tools/ci/server .tools/ci/toxiproxy-server',
      );
    return call('GET', '/version').then(
      () => true,
      () => false,
    );
  });
  const ways: Record<string, Way> = {};
  for (const [name, upstream] of Object.entries(upstreams)) ways[name] = await openWay(call, name, upstream);
  return ways;
}

type Call = (method: string, path: string, body?: object) => Promise<unknown>;

async function openWay(call: Call, name: string, upstream: number): Promise<Way> {
  const port = await freePort();
  await call('POST', '/proxies', {
    ...{ name, listen: `127.0.0.1:${port}`, upstream: `127.0.0.1:${upstream}`, enabled: true },
  });
  const streams = ['upstream', 'downstream'];
  const toxic = (type: string, attributes: object) =>
    Promise.all(
      streams.map((stream) =>
        call('POST', `/proxies/${name}/toxics`, { name: `${type}-${stream}`, type, stream, attributes }),
      ),
    );
  return {
    port,
    cut: async () => void (await call('POST', `/proxies/${name}`, { enabled: false })),
    slow: async (latency) => void (await toxic('latency', { latency, jitter: Math.round(latency / 2) })),
    stall: async (timeout) => void (await toxic('timeout', { timeout })),
    async mend() {
      for (const type of ['latency', 'timeout'])
        for (const stream of streams) await call('DELETE', `/proxies/${name}/toxics/${type}-${stream}`);
      await call('POST', `/proxies/${name}`, { enabled: true });
    },
  };
}
