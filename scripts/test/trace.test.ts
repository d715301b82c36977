import { goodsReceived } from '@stockade/contracts';
import { eventually } from '@stockade/testing';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';
import { tellStory } from '../demo/story.ts';
import { jaegerMissing, type Span, startJaeger } from './jaeger.ts';

const missing = jaegerMissing();

t.test('one trace shows the receipt on its whole way', missing ? { skip: missing } : {}, async (t) => {
  const jaeger = await startJaeger(t);
  const stack = await startStack(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '200',
  });
  const { traceId } = await tellStory(stack.credentials, () => {});
  const isQuery = (span: Span) =>
    /postgres/.test(String(span.tags['db.system'] ?? span.tags['db.system.name'] ?? ''));
  const spans = await eventually('the trace has arrived', async () => {
    const found = await jaeger.spans(traceId);
    return found.some((span) => span.operationName === 'purchasing process') && found;
  });
  const find = (service: string, name: RegExp) =>
    spans.find((span) => span.service === service && name.test(span.operationName));
  /** Whether a span stands, over any number of others, below another one. */
  const isBelow = (span: Span | undefined, above: Span | undefined): boolean => {
    for (let at = span; at; at = spans.find((candidate) => candidate.spanID === at?.parent))
      if (at === above) return true;
    return false;
  };
  const edge = find('gateway', /^POST .*receipts/);
  const service = find('purchasing', /^POST .*receipts/);
  /** Of the receipt itself: the order's new state goes the same way. */
  const ofGoods = (service: string, name: string) =>
    spans.find(
      (span) =>
        span.service === service &&
        span.operationName === name &&
        span.tags['stockade.event.type'] === goodsReceived.type,
    );
  const publish = ofGoods('purchasing', 'inventory publish');
  const consume = ofGoods('inventory', 'inventory process');
  t.ok(edge && service && publish && consume, 'gateway, service, relay and consumer are in it');
  t.ok(isBelow(service, edge), 'the service below the gateway');
  t.ok(
    spans.some((span) => span.service === 'purchasing' && isQuery(span) && isBelow(span, service)),
    'the database below the service',
  );
  t.ok(isBelow(publish, service), 'the relay below the request that caused the event');
  t.ok(isBelow(consume, publish), 'the consumer below the relay');
  t.ok(
    spans.some((span) => span.service === 'inventory' && isQuery(span) && isBelow(span, consume)),
    'the database below the consumer',
  );
});
