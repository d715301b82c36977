import { execFileSync, spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';
import { freePort } from '@stockade/database/embedded';
import { eventually } from '@stockade/testing';

const tools = resolve(import.meta.dirname, '../../.tools/ci');
const env = { ...process.env, PATH: `${process.env.PATH}${delimiter}${tools}`, SPAN_STORAGE_TYPE: 'memory' };

/** Why traces cannot be looked at here, or false when they can. With CI=true a missing Jaeger is a failure. */
export function jaegerMissing(): string | false {
  if (process.env.CI === 'true') return false;
  try {
    execFileSync('jaeger', ['version'], { stdio: 'ignore', env });
    return false;
  } catch {
    return 'jaeger is not on the PATH: build github.com/jaegertracing/jaeger/cmd/all-in-one to run the test of traces';
  }
}

export interface Span {
  spanID: string;
  operationName: string;
  service: string;
  parent: string | undefined;
  tags: Record<string, unknown>;
}

interface JaegerTrace {
  processes: Record<string, { serviceName: string }>;
  spans: {
    spanID: string;
    operationName: string;
    processID: string;
    references: { refType: string; spanID: string }[];
    tags: { key: string; value: unknown }[];
  }[];
}

/** A real Jaeger on free ports, ended with the test. */
export async function startJaeger(t: { teardown(close: () => unknown): void }) {
  const ports = await Promise.all(Array.from({ length: 12 }, () => freePort()));
  const at = (index: number) => `127.0.0.1:${ports[index]}`;
  const flags = [
    ['collector.otlp.http.host-port', at(0)],
    ['collector.otlp.grpc.host-port', at(1)],
    ['query.http-server.host-port', at(2)],
    ['query.grpc-server.host-port', at(3)],
    ['admin.http.host-port', at(4)],
    ['collector.http-server.host-port', at(5)],
    ['collector.grpc-server.host-port', at(6)],
    ['http-server.host-port', at(7)],
    ['processor.jaeger-binary.server-host-port', at(8)],
    ['processor.jaeger-compact.server-host-port', at(9)],
    ['processor.zipkin-compact.server-host-port', at(10)],
  ].map(([name, value]) => `--${name}=${value}`);
  const child = spawn('jaeger', ['--log-level=error', ...flags], { stdio: 'ignore', env });
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  t.teardown(() => child.kill('SIGKILL'));
  const query = `http://${at(2)}/api/traces`;
  await eventually('Jaeger answers', async () => {
    if (failure) throw failure;
    return fetch(`http://${at(2)}/api/services`).then(
      (answer) => answer.ok,
      () => false,
    );
  });
  return {
    endpoint: `http://${at(0)}`,
    /** The spans of a trace, as far as they have arrived. */
    async spans(traceId: string): Promise<Span[]> {
      const answer = await fetch(`${query}/${traceId}`);
      if (!answer.ok) return [];
      const { data } = (await answer.json()) as { data: JaegerTrace[] };
      const [trace] = data;
      return (trace?.spans ?? []).map(({ spanID, operationName, processID, references, tags }) => ({
        spanID,
        operationName,
        service: trace?.processes[processID]?.serviceName ?? '',
        parent: references.find(({ refType }) => refType === 'CHILD_OF')?.spanID,
        tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
      }));
    },
  };
}
