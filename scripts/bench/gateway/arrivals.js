// k6: so many GETs a second of one URL, whatever its answers take. Warms up for two seconds, which do not count.
import http from 'k6/http';

const { TARGET, HEADERS, RATE, SECONDS, SUMMARY } = __ENV;
const arrivals = { executor: 'constant-arrival-rate', rate: Number(RATE), preAllocatedVUs: 50, maxVUs: 200 };

export const options = {
  summaryTrendStats: ['med', 'p(99)'],
  scenarios: {
    warm: { ...arrivals, duration: '2s', exec: 'warm', gracefulStop: '0s' },
    measured: { ...arrivals, duration: `${SECONDS}s`, startTime: '2s' },
  },
  thresholds: { 'http_req_duration{scenario:measured}': [], 'http_req_failed{scenario:measured}': [] },
};

const headers = JSON.parse(HEADERS);
export const warm = () => http.get(TARGET, { headers });
export default () => http.get(TARGET, { headers });

export function handleSummary({ metrics }) {
  const measured = (name) => metrics[`${name}{scenario:measured}`];
  const kept = {
    http_req_duration: measured('http_req_duration'),
    http_req_failed: measured('http_req_failed'),
  };
  return { [SUMMARY]: JSON.stringify({ metrics: kept }) };
}
