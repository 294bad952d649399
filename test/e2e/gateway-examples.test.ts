import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Finished, newOutDir, type ReportFile, readReport, runCli } from '../support/bundle-process.ts';
import { freePorts } from '../support/free-ports.ts';
import { NGINX, startNginx } from '../support/nginx.ts';
import { startPortkey } from '../support/portkey.ts';

interface Ports {
  readonly primary: number;
  readonly fallback: number;
}

interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

/** A file of an example, as it is shipped but for where the providers are: here nothing is in a container. */
const shipped = (path: string, { primary, fallback }: Ports): string =>
  readFileSync(`examples/gateways/${path}`, 'utf8')
    .replaceAll(/0\.0\.0\.0:(?=990)|host\.docker\.internal:(?=990)/g, '127.0.0.1:')
    .replaceAll(':9901', `:${primary}`)
    .replaceAll(':9902', `:${fallback}`);

const startShippedNginx = async (ports: Ports): Promise<Gateway> => {
  const [port] = await freePorts(1);
  return startNginx(shipped('nginx/nginx.conf', ports).replace('listen 8080', `listen 127.0.0.1:${port}`), port!);
};

const EXAMPLES: readonly (readonly [name: string, start: (ports: Ports) => Promise<Gateway>])[] = [
  // Its configuration comes with the requests.
  ['portkey', startPortkey],
  ...(NGINX === undefined ? [] : ([['nginx', startShippedNginx]] as const)),
];

/** How long this machine takes is its own affair: of SLOs on durations, only that they were measured. */
const isDuration = (text: string): boolean => /\d(?:ms|s)$/.test(text);

const results = new Map<string, { readonly finished: Finished; readonly report: ReportFile }>();

const runExample = async (name: string, start: (ports: Ports) => Promise<Gateway>): Promise<void> => {
  const [primary, fallback] = await freePorts(2);
  const ports = { primary: primary!, fallback: fallback! };
  const gateway = await start(ports);
  try {
    const config = join(mkdtempSync(join(tmpdir(), 'gatemark-example-')), 'gatemark.yml');
    writeFileSync(config, shipped(`${name}/gatemark.yml`, ports));
    const out = newOutDir();
    const finished = await runCli(['run', '--config', config, '--gateway-url', gateway.url, '--out', out]);
    results.set(name, { finished, report: readReport(out) });
  } finally {
    await gateway.stop();
  }
};

// Together, as each is a few requests a second.
beforeAll(() => Promise.all(EXAMPLES.map(([name, start]) => runExample(name, start))), 150_000);

describe.each(EXAMPLES)('the example of %s', (name) => {
  it('holds what it promises', () => {
    const { finished, report } = results.get(name)!;
    const wrong = report.slos.filter(({ text, verdict }) =>
      isDuration(text) ? !['pass', 'fail'].includes(verdict) : verdict !== 'pass',
    );
    expect([wrong, report.ending.kind]).toEqual([[], 'complete']);
    expect([0, 1]).toContain(finished.status);
  });

  it('measures the gateway in front of the providers that the run has started', () => {
    const sent = results.get(name)!.report.scenarios.filter(({ overheadMs }) => overheadMs !== undefined);
    expect(sent.map((each) => [each.name, each.requests, each.ok])).toEqual([
      ['chat', 300, 300],
      ['streamed', 150, 150],
    ]);
    expect(sent.map(({ upstream }) => upstream!.unseen)).toEqual([0, 0]);
  });
});
