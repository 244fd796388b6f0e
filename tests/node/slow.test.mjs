// Late answers: how late they are, and that nothing else of them changes.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { answerDelays, delayed, fractionOf } from '../e2e/slow.mjs';

/** A site with a page, a file that is missing and an answer that breaks off. */
async function site() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.range ?? ''}`.trim());
    if (request.url === '/base/cut') {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    } else if (request.url === '/base/gone') {
      response.destroy();
    } else {
      response.writeHead(request.url === '/base/' ? 200 : 404, { 'content-type': 'text/html', 'x-own': 'yes' });
      response.end('the page');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    url: `http://127.0.0.1:${server.address().port}/base/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

test('the same seed, test, address and turn give the same delay, others give another', () => {
  const first = answerDelays('a test', 7);
  const delays = [first('/a'), first('/a'), first('/b')];
  const again = answerDelays('a test', 7);
  // In another order.
  assert.deepEqual([again('/b'), again('/a'), again('/a')], [delays[2], delays[0], delays[1]]);
  delays.push(answerDelays('another test', 7)('/a'), answerDelays('a test', 8)('/a'));
  assert.equal(new Set(delays).size, delays.length);
});

test('delays are spread over all of 0 to 400 ms', () => {
  const delays = Array.from({ length: 1000 }, (_, seed) => answerDelays('', seed)('/'));
  assert.ok(delays.every((delay) => delay >= 0 && delay < 400));
  for (let start = 0; start < 400; start += 100) {
    const nWithin = delays.filter((delay) => delay >= start && delay < start + 100).length;
    assert.ok(nWithin > 200 && nWithin < 300, `${nWithin} of 1000 from ${start} ms`);
  }
  assert.notEqual(fractionOf('1 a 0'), fractionOf('1 a 1'));
});

test('an answer comes as late as it should, with the bytes and headers of the site', async () => {
  const original = await site();
  const late = await delayed(original, () => 150);
  try {
    assert.equal(new URL(late.url).pathname, '/base/');
    const start = performance.now();
    const answer = await fetch(late.url, { headers: { range: 'bytes=0-3' } });
    assert.ok(performance.now() - start >= 149);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('x-own'), 'yes');
    assert.equal(await answer.text(), 'the page');
    assert.deepEqual(original.asked, ['GET /base/ bytes=0-3']);
    assert.equal((await fetch(`${late.url}other`)).status, 404);
  } finally {
    await late.close();
  }
});

test('an answer that the site breaks off is broken off', async () => {
  const late = await delayed(await site(), () => 0);
  try {
    await assert.rejects(fetch(`${late.url}gone`));
    const cut = await fetch(`${late.url}cut`);
    await assert.rejects(cut.text());
  } finally {
    await late.close();
  }
});
