// Senders of mail, each on a connection of its own and at its own pace; together they send RATE mails a minute. One in
// twenty waits for the verdict. Run by load-tests/run-mail.ts.
import { check, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { letter } from './letters.js';

const url = __ENV.STOCKADE_URL;
const senders = Number(__ENV.SENDERS);
const ratePerMinute = Number(__ENV.RATE);
/** Half a percent more than asked for: a sender's first turn comes up to a pace late. */
const pacePerMinute = ratePerMinute * 1.005;
const paceSeconds = (senders * 60) / pacePerMinute;

const accepted = new Counter('mail_accepted');
const shed = new Counter('mail_shed');
const shedWithoutAdvice = new Counter('mail_shed_without_retry_after');
const failed = new Counter('mail_failed');
const acceptTime = new Trend('mail_accept_ms', true);
const verdictTime = new Trend('mail_verdict_ms', true);

export const options = {
  discardResponseBodies: false,
  summaryTrendStats: ['avg', 'med', 'p(95)', 'p(99)', 'max'],
  scenarios: {
    senders: {
      executor: 'constant-vus',
      vus: senders,
      duration: `${__ENV.SECONDS}s`,
      gracefulStop: '30s',
    },
  },
};

const headers = { authorization: `Bearer ${__ENV.STOCKADE_API_KEY}`, 'content-type': 'message/rfc822' };
let began = null;

export default function () {
  if (began === null) {
    // Not all in the same moment.
    sleep((paceSeconds * (exec.vu.idInTest - 1)) / senders);
    began = Date.now();
  }
  const turn = exec.vu.iterationInScenario;
  const waits = turn % 20 === exec.vu.idInTest % 20;
  const path = `/v1/mail/messages?source=${__ENV.RUN}${waits ? '&wait=10000' : ''}`;
  const sent = Date.now();
  const answer = http.post(`${url}${path}`, letter(__ENV.RUN, exec.vu.idInTest, turn), {
    headers,
    timeout: '40s',
    tags: { name: 'POST /v1/mail/messages' },
  });
  const took = Date.now() - sent;
  if (answer.status === 202 || answer.status === 200) {
    accepted.add(1);
    (waits ? verdictTime : acceptTime).add(took);
  } else if (answer.status === 429 || answer.status === 503) {
    shed.add(1);
    if (!answer.headers['Retry-After']) shedWithoutAdvice.add(1);
  } else {
    failed.add(1);
    check(answer, { [`answered ${answer.status}`]: () => false });
  }
  const next = began + (turn + 1) * paceSeconds * 1_000;
  const rest = next - Date.now();
  if (rest > 0) sleep(rest / 1_000);
  // Who is late does not send faster afterwards: the rate is what is asked for, not more.
  else began -= rest;
}

export function handleSummary(data) {
  return { [__ENV.SUMMARY]: JSON.stringify(data) };
}
