// Calls that arrive at RATE a second whatever becomes of them: two changes for each read, SECONDS long; then CALM_RATE a
// second for CALM_SECONDS. Run by load-tests/api/arrivals.ts.
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';

const url = __ENV.STOCKADE_URL;
const [rate, seconds] = [Number(__ENV.RATE), Number(__ENV.SECONDS)];
const [calmRate, calmSeconds] = [Number(__ENV.CALM_RATE), Number(__ENV.CALM_SECONDS)];
/** So long after the storm all has to be as before. */
const recoverySeconds = 10;

const counters = Object.fromEntries(
  ['accepted', 'shed', 'shed_without_retry_after', 'failed', 'movements', 'late_failures'].map((name) => [
    name,
    new Counter(`calls_${name}`),
  ]),
);
const took = new Trend('accepted_ms', true);
const shedTook = new Trend('shed_ms', true);
const lateTook = new Trend('late_ms', true);

const arriving = (rate, duration) => ({
  ...{ executor: 'constant-arrival-rate', rate, timeUnit: '1s', duration: `${duration}s` },
  ...{ preAllocatedVUs: Math.min(1_500, Math.max(50, rate)), maxVUs: 1_500, gracefulStop: '30s' },
});

export const options = {
  discardResponseBodies: true,
  summaryTrendStats: ['avg', 'med', 'p(95)', 'p(99)', 'max'],
  scenarios: {
    storm: { ...arriving(rate, seconds), exec: 'storm' },
    ...(calmSeconds > 0
      ? { calm: { ...arriving(calmRate, calmSeconds), startTime: `${seconds}s`, exec: 'calm' } }
      : {}),
  },
};

const headers = { authorization: `Bearer ${__ENV.STOCKADE_API_KEY}`, 'content-type': 'application/json' };
const movement = JSON.stringify({ type: 'RECEIVE', itemId: __ENV.ITEM, siteId: __ENV.SITE, quantity: '1' });

function call() {
  const at = exec.scenario.iterationInTest;
  const params = { headers, timeout: '40s', tags: { name: 'call' } };
  const answer =
    at % 3 === 0
      ? http.get(`${url}/v1/inventory/balances?itemId=${__ENV.ITEM}`, params)
      : http.post(`${url}/v1/inventory/movements`, movement, params);
  const { status } = answer;
  const isShed = status === 429 || status === 503;
  if (isShed) {
    counters.shed.add(1);
    shedTook.add(answer.timings.duration);
    if (!answer.headers['Retry-After']) counters.shed_without_retry_after.add(1);
  } else if (status >= 200 && status < 300) {
    counters.accepted.add(1);
    if (status === 201) counters.movements.add(1);
    took.add(answer.timings.duration);
  } else counters.failed.add(1);
  return { isGood: status >= 200 && status < 300, ms: answer.timings.duration };
}

export function storm() {
  call();
}

export function calm() {
  const isLate = Date.now() - exec.scenario.startTime > recoverySeconds * 1_000;
  const { isGood, ms } = call();
  if (!isLate) return;
  lateTook.add(ms);
  if (!isGood) counters.late_failures.add(1);
}

export function handleSummary(data) {
  return { [__ENV.SUMMARY]: JSON.stringify(data) };
}
