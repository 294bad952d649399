import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseBaseline } from '../../src/archive/baseline-codec.ts';
import { parseRun } from '../../src/archive/run-codec.ts';
import { BUNDLES, newOutDir, readReport, runCli, startBundle } from '../support/bundle-process.ts';

const open: (Server | TcpServer)[] = [];

const listen = async (server: Server | TcpServer): Promise<number> => {
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
};

const gateway = async (answer: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createServer(answer))}`;

const ok: RequestListener = (request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json');
  response.end('{"data": [{"id": "model"}]}');
};

// Kept until the end, because some tests run several at a time.
afterAll(async () => {
  await Promise.all(
    open.map((server) => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    }),
  );
});

interface Burst {
  readonly url: string;
  readonly load?: string;
  readonly limits?: string;
  readonly slo?: string;
  readonly more?: string;
}

const configFile = (out: string, { url, load, limits, slo, more }: Burst): string => {
  const path = join(out, 'gatemark.yml');
  writeFileSync(
    path,
    `version: 1
gateway: {url: "${url}"${more ?? ''}}
limits: ${limits ?? '{requests: 1000, duration: 30s, concurrency: 20}'}
scenarios:
  models:
    load: ${load ?? '{rate: 100/s, duration: 1500ms, warmup: 300ms}'}
    endpoint: models
    timeout: 2s
    slo: [${slo ?? 'p95 < 2s, error_rate < 1%'}]
`,
  );
  return path;
};

const run = async (burst: Burst, ...more: readonly string[]) => {
  const out = newOutDir();
  const finished = await runCli(['run', '--config', configFile(out, burst), '--out', out, ...more]);
  return { ...finished, out, report: readReport(out) };
};

describe('gatemark run', () => {
  it('compares two gateways in one run, and again from the two files', async () => {
    const seen = { slow: 0, quick: 0 };
    const slow = await gateway((request, response) => {
      seen.slow += 1;
      setTimeout(() => ok(request, response), 60);
    });
    const quick = await gateway((request, response) => {
      seen.quick += 1;
      ok(request, response);
    });
    const load = '{rate: 60/s, duration: 4s, warmup: 200ms}';
    const { status, out, report, stdout } = await run({ url: slow, load }, '--baseline-url', quick);
    expect([seen.slow, seen.quick]).toEqual([252, 252]);
    const [mine, other] = ['run', 'baseline-run'].map((name) =>
      parseRun(readFileSync(join(out, `${name}.json`), 'utf8')),
    );
    expect(mine!.comparison).toMatchObject({ side: 'candidate', pairs: 30 });
    expect(other!.comparison).toEqual({ ...mine!.comparison, side: 'baseline' });
    // A machine that is too busy to measure compares nothing.
    if (report.verdict === 'invalid') expect(stdout).toContain('generator saturated');
    else expect([status, report.verdict, report.baseline]).toMatchObject([1, 'fail', { kind: 'live', gateway: quick }]);
    expect(stdout).toContain('baseline-run.json, comment.md');
    const again = await runCli(['compare', `${out}/baseline-run.json`, `${out}/run.json`, '--out', newOutDir()]);
    expect(again.status).toBe(status);
    const turned = await runCli(['compare', `${out}/run.json`, `${out}/baseline-run.json`, '--out', newOutDir()]);
    expect([turned.status, turned.stderr]).toEqual([
      2,
      expect.stringContaining('the last run has to be the candidate'),
    ]);
    const plan = await runCli([
      'plan',
      '--config',
      join(out, 'gatemark.yml'),
      `${out}/run.json`,
      `${out}/baseline-run.json`,
    ]);
    expect([plan.status, plan.stdout]).toEqual([0, expect.stringMatching(/models {2,}p95 .* requests, /)]);
  });

  it('runs on the Node that the action gets', () => {
    expect(process.versions.node).toMatch(/^24\./);
  });

  it('passes, and writes every report file', async () => {
    const { status, stdout, out, report } = await run({ url: await gateway(ok) });
    expect([status, report.verdict, report.scenarios[0]!.ok]).toEqual([0, 'pass', 150]);
    expect(stdout).toContain('Gatemark: pass');
    expect(stdout).toContain('comment.md, junit.xml, report.html, report.json, run.json, summary.md');
    expect(readFileSync(join(out, 'comment.md'), 'utf8')).toMatch(/^<!-- gatemark:default -->\n✅/);
    expect(readFileSync(join(out, 'junit.xml'), 'utf8')).toContain('<testsuite');
  });

  it('fails with exit 1, and names what failed', async () => {
    const { status, stdout, report } = await run({ url: await gateway(ok), slo: 'p50 < 1us' });
    expect([status, report.verdict]).toEqual([1, 'fail']);
    expect(stdout).toContain('p50 < 1us');
  });

  it('fail-on none makes a failing SLO neutral', async () => {
    const { status, report } = await run({ url: await gateway(ok), slo: 'p50 < 1us' }, '--fail-on', 'none');
    expect([status, report.verdict]).toEqual([0, 'inconclusive']);
  });

  it('never passes a bound, counted at the server', async () => {
    let inFlight = 0;
    let peak = 0;
    let received = 0;
    const url = await gateway((request, response) => {
      received += 1;
      inFlight += 1;
      peak = Math.max(peak, inFlight);
      setTimeout(() => {
        inFlight -= 1;
        ok(request, response);
      }, 100);
    });
    const limits = '{requests: 60, duration: 30s, concurrency: 4}';
    const { report } = await run({ url, limits, load: '{rate: 100/s, duration: 5s, warmup: 1s}' });
    expect([received, peak]).toEqual([60, 4]);
    expect(report.ending).toEqual({ kind: 'bounded', bound: 'requests' });
    const { requests, ok: good, dropped } = report.scenarios[0]!;
    expect([requests, good + dropped]).toEqual([500, 500]);
  });

  it('stops hammering a gateway that is down', async () => {
    let received = 0;
    const url = await gateway((request, response) => {
      received += 1;
      request.resume();
      response.statusCode = 502;
      response.end('{"error": {"message": "no healthy upstream"}}');
    });
    const limits = '{requests: 1000, duration: 30s, concurrency: 20, abort: {error_rate: 50%, for: 1s}}';
    const { status, report, stdout } = await run({ url, limits, load: '{rate: 50/s, duration: 20s, warmup: 0s}' });
    expect([status, report.verdict, report.ending.kind]).toEqual([1, 'fail', 'aborted']);
    expect(received).toBeLessThan(150);
    expect(stdout).toContain('no healthy upstream');
  });

  it('finds the knee of steps', async () => {
    let recent: number[] = [];
    const url = await gateway((request, response) => {
      const now = Date.now();
      recent = [...recent.filter((at) => now - at < 1_000), now];
      // Overloaded from 90 a second on.
      if (recent.length > 90) response.statusCode = 500;
      ok(request, response);
    });
    const { status, stdout, report } = await run({
      url,
      load: '{steps: {from: 40/s, to: 160/s, by: 40/s, hold: 2s}, warmup: 0s}',
      slo: 'error_rate < 5%, knee >= 80/s',
    });
    expect(report.slos.map((slo) => slo.verdict)).toEqual(['pass', 'pass']);
    expect([status, report.verdict]).toEqual([0, 'pass']);
    expect(stdout).toMatch(/knee.*80\/s/i);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends the burst at once, the partial report is written',
    async (signal) => {
      let last = 0;
      const url = await gateway((request, response) => {
        last = performance.now();
        ok(request, response);
      });
      const out = newOutDir();
      const config = configFile(out, {
        url,
        load: '{rate: 50/s, duration: 25s, warmup: 0s}',
        limits: '{duration: 1m}',
      });
      const running = startBundle(BUNDLES.cli, ['run', '--config', config, '--out', out]);
      await running.saw('5 s of');
      const killed = performance.now();
      running.child.kill(signal);
      const { status, stdout } = await running.finished;
      expect(last - killed).toBeLessThan(1_000);
      const report = readReport(out);
      expect([status, report.verdict, report.ending]).toEqual([3, 'invalid', { kind: 'cancelled', signal }]);
      expect(report.scenarios[0]!.ok).toBeGreaterThan(150);
      expect(stdout).toContain('cancelled');
    },
  );
});

describe('a gateway that cannot be measured', () => {
  it('unreachable: exit 3 within 5 s, with a report that says so', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((closed) => server.close(closed));
    const { status, report, stdout, tookMs } = await run({ url: `http://127.0.0.1:${port}` });
    expect([status, report.verdict, report.ending.kind]).toEqual([3, 'invalid', 'unreachable']);
    expect(stdout).toMatch(/refused/i);
    expect(tookMs).toBeLessThan(5_000);
  });

  it('no such host: exit 3', async () => {
    const { status, stdout } = await run({ url: 'http://gateway.invalid' });
    expect(status).toBe(3);
    expect(stdout).toContain('gateway.invalid');
  });

  const tls = {
    key: readFileSync('test/fixtures/http/loopback.key.pem'),
    cert: readFileSync('test/fixtures/http/loopback.cert.pem'),
  };

  it('a certificate that nobody vouches for: exit 3, named as that', async () => {
    const port = await listen(createTlsServer(tls, ok));
    const { status, stdout } = await run({ url: `https://localhost:${port}` });
    expect(status).toBe(3);
    expect(stdout).toMatch(/certificate/i);
  });

  it('the same with its authority configured passes', async () => {
    const port = await listen(createTlsServer(tls, ok));
    const ca = join(process.cwd(), 'test/fixtures/http/loopback.cert.pem');
    const { status } = await run({ url: `https://localhost:${port}`, more: `, ca: {file: "${ca}"}` });
    expect(status).toBe(0);
  });

  it('garbage instead of HTTP: every request is a protocol error, never a pass', async () => {
    const port = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => {});
        socket.on('data', () => socket.end('\x00\x01 this is not HTTP\r\n\r\n'));
      }),
    );
    const { status, report } = await run({
      url: `http://127.0.0.1:${port}`,
      load: '{rate: 80/s, duration: 1500ms, warmup: 0s}',
    });
    expect(report.scenarios[0]!.errors).toEqual({ protocol: 120 });
    expect([status, report.verdict]).toEqual([3, 'invalid']);
  });

  it('a hostile answer: nothing of it reaches the terminal or the comment as a command or a mention', async () => {
    const url = await gateway((request, response) => {
      request.resume();
      response.statusCode = 500;
      response.end('{"error": {"message": "\\u001b[31m::error::@everyone <img src=x> | sk-leak\\n::set-output"}}');
    });
    const { stdout, out } = await run({ url });
    expect(stdout).not.toContain('\u001b[31m');
    expect(stdout).not.toMatch(/^\s*::/m);
    const comment = readFileSync(join(out, 'comment.md'), 'utf8');
    expect(comment).not.toMatch(/(^|[^\w`])@everyone/);
    expect(comment).not.toContain('<img src=x>');
  });
});

describe('stored runs', () => {
  it('compare judges runs without sending; fewer than five are shown and never fail; merge adds up', async () => {
    let delay = 5;
    let received = 0;
    const url = await gateway((request, response) => {
      received += 1;
      setTimeout(() => ok(request, response), delay);
    });
    const before = [await run({ url }, '--seed', 'one'), await run({ url }, '--seed', 'two')];
    delay = 60;
    const slow = await run({ url });
    const sent = received;
    const out = newOutDir();
    const runs = [...before, slow].map((each) => join(each.out, 'run.json'));
    const { status, stdout } = await runCli(['compare', ...runs, '--out', out]);
    expect(received).toBe(sent);
    const report = readReport(out);
    const p95 = report.regressions.find((each) => each.metric === 'p95')!;
    expect(p95.change!).toBeGreaterThan(1);
    expect([status, report.baseline.kind, stdout.includes('Against the baseline')]).toEqual([0, 'stored', true]);
    const [one] = runs as [string];
    const same = await runCli(['merge', one, one, '--out', out]);
    expect([same.status, same.stderr]).toEqual([2, expect.stringContaining('the same run is given twice')]);
  });

  it('a gateway that became slow fails against five stored runs', async () => {
    let delay = 5;
    const url = await gateway((request, response) => void setTimeout(() => ok(request, response), delay));
    const load = '{rate: 100/s, duration: 1200ms, warmup: 200ms}';
    const before = [];
    for (let index = 0; index < 5; index += 1) before.push(join((await run({ url, load })).out, 'run.json'));
    delay = 150;
    const { status, report } = await run({ url, load }, ...before.flatMap((path) => ['--baseline', path]));
    expect(report.slos.map((slo) => slo.verdict)).toEqual(['pass', 'pass']);
    expect(report.regressions.find((each) => each.metric === 'p95')!.verdict).toBe('fail');
    expect([status, report.verdict]).toEqual([1, 'fail']);
  });

  it('keeps a baseline in a file, with the history of the runs in it, and not of those that failed', async () => {
    const url = await gateway(ok);
    const load = '{rate: 100/s, duration: 1s, warmup: 100ms}';
    const file = join(newOutDir(), 'deep', 'base.json');
    const first = await run({ url, load }, '--save-baseline', file);
    expect([first.status, first.report.baseline.kind, first.report.trend]).toEqual([0, 'absent', undefined]);
    expect(first.stderr).toContain('Added to the baseline');
    const second = await run({ url, load }, '--save-baseline', file);
    expect([second.report.baseline.kind, second.report.trend?.runs]).toEqual(['stored', 1]);
    const failed = await run({ url, load, slo: 'p95 < 1us' }, '--save-baseline', file);
    expect([failed.status, failed.report.trend?.runs]).toEqual([1, 2]);
    expect(failed.stderr).toContain('the gate did not pass');
    const { runs, history } = parseBaseline(readFileSync(file, 'utf8'));
    expect(runs.map(({ id }) => id)).toEqual([second.report.run.id, first.report.run.id]);
    expect(history.map(({ runId }) => runId)).toEqual([first.report.run.id, second.report.run.id]);
    expect(history[0]?.figures.map(({ metric }) => metric)).toEqual(['p50', 'p95', 'error_rate', 'throughput']);
  });

  it('a baseline that is no run is refused before anything is sent', async () => {
    let received = 0;
    const url = await gateway((request, response) => {
      received += 1;
      ok(request, response);
    });
    const out = newOutDir();
    const config = configFile(out, { url });
    const { status, stderr } = await runCli(['run', '--config', config, '--out', out, '--baseline', config]);
    expect([status, received]).toEqual([2, 0]);
    expect(stderr).toContain('gatemark.yml');
  });
});

describe.concurrent('usage', () => {
  it.each([
    ['an unknown option', ['run', '--gatway-url', 'x'], '--gateway-url'],
    ['an unknown command', ['rum'], 'run'],
    ['a bad list', ['run', '--fail-on', 'slow'], 'slo, regression, inconclusive'],
    ['a missing configuration', ['run', '--config', 'none.yml'], 'none.yml: no such file'],
    ['a fault without a gateway', ['provider', '--fault', 'slow'], '--gateway'],
    ['an unknown fault', ['demo', '--fault', 'slwo'], 'stampede'],
    ['one run to compare', ['compare', 'a.json'], 'two runs'],
    ['a bad address', ['provider', '--listen', 'nowhere'], '127.0.0.1:9901'],
  ])('%s is exit 2 and says what is allowed', async (_, args, text) => {
    const { status, stderr } = await runCli(args);
    expect(status).toBe(2);
    expect(stderr).toContain(text);
  });

  it('a configuration with several problems: all of them, each with its line', async () => {
    const out = newOutDir();
    const path = join(out, 'bad.yml');
    writeFileSync(path, 'version: 1\ngateway: {url: nowhere}\nscenarioz: {}\nlimits: {requests: many}\n');
    const { status, stderr } = await runCli(['run', '--config', path, '--out', out]);
    expect(status).toBe(2);
    expect(stderr).toContain('bad.yml:2: gateway.url');
    expect(stderr).toMatch(/bad\.yml:3: .*scenarios/);
    expect(stderr).toContain('bad.yml:4: limits.requests');
  });

  it.each(['run', 'compare', 'merge', 'validate', 'probe', 'schema', 'demo', 'provider'])(
    '%s --help',
    async (command) => {
      const { status, stdout } = await runCli([command, '--help']);
      expect([status, stdout]).toEqual([0, expect.stringContaining(`Usage: gatemark ${command}`)]);
    },
  );

  it('validate shows the plan and sends nothing', async () => {
    let received = 0;
    const url = await gateway((request, response) => {
      received += 1;
      ok(request, response);
    });
    const { status, stdout } = await runCli(['validate', '--config', configFile(newOutDir(), { url })]);
    expect([status, received]).toEqual([0, 0]);
    expect(stdout).toMatch(/models\s+100\/s for 1.5s\s+150/);
    expect(stdout).toMatch(/What the dialect generic tells of a response:\n {2}cache status {3}header x-cache, /);
  });

  it('probe says which dialect a gateway speaks, and shows no key', async () => {
    const url = await gateway((request, response) => {
      request.resume();
      response.writeHead(200, { 'x-kong-request-id': 'r1', 'x-echo': String(request.headers.authorization) }).end('{}');
    });
    const args = ['probe', '--gateway-url', url, '--api-key-env', 'KEY', '--header', 'x-api-key=sk-other'];
    const { status, stdout, stderr } = await runCli(args, { env: { KEY: 'sk-secret' } });
    expect([status, stdout]).toEqual([
      0,
      expect.stringContaining('It speaks kong:\n  header x-kong-request-id  in 5 of 5'),
    ]);
    expect(stdout).toContain('  dialect: kong\n');
    expect(`${stdout}${stderr}`).not.toMatch(/sk-secret|sk-other/);
  });

  it('probe exits with 3 when nothing listens, and with 2 for a URL that is none', async () => {
    expect((await runCli(['probe', '--gateway-url', 'http://127.0.0.1:1'])).status).toBe(3);
    expect((await runCli(['probe', '--gateway-url', 'nonsense'])).status).toBe(2);
  });

  it('schema prints the schema that is committed', async () => {
    const { stdout } = await runCli(['schema']);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync('schema/gatemark.schema.json', 'utf8')));
  });
});
