import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { nodeFiles } from '../../src/adapters/files/node-files.ts';
import { type Prepared, prepare } from '../../src/app/prepare.ts';
import { describePlan } from '../../src/plan/plan-table.ts';
import { unmeasurableSlos } from '../../src/plan/unmeasurable-slos.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'examples/gateways');

/** Each gateway's folder, and the dialect that it speaks. */
const DIALECTS: Readonly<Record<string, string>> = {
  'envoy-ai-gateway': 'envoy',
  kong: 'kong',
  litellm: 'litellm',
  nginx: 'generic',
  portkey: 'portkey',
};
const GATEWAYS = Object.keys(DIALECTS);

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly image: string;
        readonly ports: readonly string[];
        readonly volumes?: readonly string[];
        readonly extra_hosts: readonly string[];
        readonly healthcheck: { readonly test: readonly string[] };
      }
    >
  >;
}

const textOf = (path: string): string => readFileSync(path, 'utf8');
const composeOf = (gateway: string): Compose => parse(textOf(join(FOLDER, gateway, 'docker-compose.yml')));

/** As `gatemark validate` reads it. */
const prepared = (configPath: string): Promise<Prepared> =>
  prepare(
    {
      configPath,
      configText: undefined,
      profile: undefined,
      gatewayUrl: undefined,
      baselineUrl: undefined,
      seed: 'examples',
      allowedHosts: [],
    },
    {
      files: nodeFiles,
      env: (name) => ENV[name],
      readBeside: (path) => textOf(resolve(dirname(configPath), path)),
      onSecrets: () => {},
      newId: () => 'id',
    },
  );

const ENV: Readonly<Record<string, string>> = { GATEWAY_KEY: 'sk-preview', GATEWAY_URL: 'http://127.0.0.1:8080' };

const CONFIGS = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('gatemark.yml'))
  .map((path) => `examples/${path}`);

it('every configuration is looked at', () => expect(CONFIGS.length).toBe(4 + GATEWAYS.length));

it.each(CONFIGS)('%s is valid, without a warning', async (path) => {
  const { config, plan, warnings } = await prepared(join(ROOT, path));
  expect([...warnings, ...unmeasurableSlos(plan, config.providers.length > 0)]).toEqual([]);
  expect(describePlan(plan)).not.toContain('Warning');
});

it('every folder is looked at', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(GATEWAYS);
});

it('every one is run by a workflow of our own', () => {
  const { jobs } = parse(textOf(join(ROOT, '.github/workflows/gateways.yml')));
  expect(jobs.gate.strategy.matrix.gateway).toEqual(GATEWAYS);
});

describe.each(GATEWAYS)('the gateway %s', (gateway) => {
  const folder = join(FOLDER, gateway);
  const { services } = composeOf(gateway);
  const service = services.gateway!;

  it('is one service of a version that does not move, and says when it is up', () => {
    expect(Object.keys(services)).toEqual(['gateway']);
    expect(service.image).toMatch(/^[\w./-]+:v?\d+\.\d+\.\d+$/);
    expect(service.healthcheck.test[0]).toBe('CMD');
    expect(textOf(join(FOLDER, 'README.md'))).toContain(`\`${service.image}\``);
  });

  it('is published for this machine only, where the configuration looks for it', async () => {
    const { plan } = await prepared(join(folder, 'gatemark.yml'));
    const { hostname, port } = new URL(plan.target.url);
    expect(service.ports).toEqual([expect.stringMatching(`^${hostname}:${port}:\\d+$`)]);
    expect(plan.dialect.name).toBe(DIALECTS[gateway]);
  });

  it('mounts files that are there and can be read', () => {
    for (const volume of service.volumes ?? []) {
      const [file, , access] = volume.split(':');
      expect([existsSync(join(folder, file!)), access]).toEqual([true, 'ro']);
      if (/\.ya?ml$/.test(file!))
        expect(parseAllDocuments(textOf(join(folder, file!))).flatMap(({ errors }) => errors)).toEqual([]);
    }
  });

  it('reaches exactly the providers that the run starts', async () => {
    const { config } = await prepared(join(folder, 'gatemark.yml'));
    const started = config.providers.map(
      (each) => each.kind === 'started' && `${each.listen.host}:${each.listen.port}`,
    );
    const files = readdirSync(folder).filter((file) => !/^(README|docker-compose)/.test(file));
    const named = files.flatMap((file) => textOf(join(folder, file)).match(REACHED) ?? []);
    const ports = new Set(named.map((each) => /\d+$/.exec(each)![0]));
    expect(started).toEqual([...ports].sort().map((port) => `0.0.0.0:${port}`));
    expect(service.extra_hosts).toEqual(['host.docker.internal:host-gateway']);
  });

  it('has a workflow that starts it, and sends load to it alone', () => {
    const workflow = textOf(join(ROOT, `examples/workflows/gateway-${gateway}.yml`));
    const paths = [...workflow.matchAll(/examples\/gateways\/[\w./-]+/g)].map(([path]) => path.replace(/[.:]$/, ''));
    expect(new Set(paths)).toEqual(
      new Set(['', '/docker-compose.yml', '/gatemark.yml'].map((path) => `examples/gateways/${gateway}${path}`)),
    );
    const [, hosts] = /allowed-hosts: (.*)/.exec(workflow)!;
    expect(service.ports[0]!.startsWith(`${hosts}:`)).toBe(true);
    // A key that the configuration names is made up for both steps.
    const hasKey = textOf(join(folder, 'gatemark.yml')).includes('${env.GATEWAY_KEY}');
    expect(workflow.match(/GATEWAY_KEY: sk-preview/g)?.length ?? 0).toBe(hasKey ? 2 : 0);
  });
});

/** A provider on the host, as a URL or as Envoy writes it. */
const REACHED = /host\.docker\.internal(?::|, port: )\d+/g;
