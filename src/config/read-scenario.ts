import type { ProbeSpec } from '../model/probe.ts';
import type { Slo } from '../model/slo.ts';
import type { Template } from '../model/template.ts';
import type { Micros } from '../model/units.ts';
import type { HeaderConfig, ScenarioConfig, TenantConfig } from './config.ts';
import { isRecord, valueAt } from './config-source.ts';
import { suggestion } from './issue-to-problem.ts';
import { checkBody, readEndpoint } from './read-endpoint.ts';
import { readExpect } from './read-expect.ts';
import { readHeaders } from './read-headers.ts';
import { readJson } from './read-json.ts';
import { readNoise } from './read-noise.ts';
import { isProbe, readProbe } from './read-probe.ts';
import { readSlos } from './read-slos.ts';
import { type Read, type Reading, readMap } from './reading.ts';
import { loadScenarioSchema } from './schema-scenario.ts';
import type { Path } from './source-document.ts';
import { checkExpectedTemplate, checkTemplate, type TemplateScope } from './template-scope.ts';

/** What scenarios refer to. */
export interface ScenarioScope {
  readonly tenants: readonly TenantConfig[];
  readonly lists: readonly string[];
  readonly gatewayHeaders: readonly HeaderConfig[];
  /** Of a scenario that sets none. */
  readonly timeout: Micros;
  readonly onPick: (list: string) => void;
  readonly onTenant: (tenant: string) => void;
}

/** A scenario, and what it says about its load. */
export interface ScenarioReading {
  readonly scenario: ScenarioConfig;
  /** Line by line as in the file; undefined for one that could not be read. */
  readonly sloLines: readonly (Slo | undefined)[];
  /** Name of a shared load; undefined for a load of its own, a probe, or a problem. */
  readonly sharedLoad: string | undefined;
  readonly weight: number | undefined;
  readonly after: string | undefined;
}

/** The keys that a scenario under load has; a probe leaves some of them out. */
type Values = Read<Omit<typeof loadScenarioSchema.shape, 'load'>>;

/** Keys whose values are read one by one, so that a bad one hides no other. */
const ELSEWHERE = ['headers', 'expect', 'slo'] as const;

/** Reads one scenario, its own load apart. What could not be read is reported and stands empty in the result. */
export const readScenario = (name: string, outer: ScenarioScope, reading: Reading): ScenarioReading => {
  const at: Path = ['scenarios', name];
  const { values, probe, sharedLoad } = readKeys(at, reading);
  const { tenants, areKnown } = readTenantNames(values, at, outer, reading);
  const scope: TemplateScope = {
    scenario: name,
    tenants: areKnown ? outer.tenants.filter(({ id }) => tenants.includes(id)) : undefined,
    lists: outer.lists,
    reading,
    takesPrompts: false,
    onPick: outer.onPick,
  };
  const headers = readHeaders([...at, 'headers'], reading);
  for (const header of [...headers, ...outer.gatewayHeaders]) checkTemplate(header.value, header.at, scope);
  for (const tenant of scope.tenants ?? [])
    for (const header of tenant.headers) checkTemplate(header.value, header.at, { ...scope, tenants: [tenant] });
  const inBody = { ...scope, takesPrompts: probe?.kind === 'semantic-cache' };
  const each = (template: Template, place: Path): void => checkTemplate(template, place, inBody);
  const eachExpected = (template: Template, place: Path): void => checkExpectedTemplate(template, place, scope);
  const endpoint = readEndpoint(values.endpoint, at, reading);
  // A probe of streams needs no word to ask for them.
  const stream = values.stream ?? probe?.kind === 'stream';
  const body = values.body === undefined ? undefined : readJson(values.body, [...at, 'body'], { reading, each });
  const sloLines = readSlos([...at, 'slo'], reading);
  const scenario: ScenarioConfig = {
    name,
    probe,
    endpoint,
    stream,
    headers,
    body,
    tenants,
    timeout: values.timeout ?? outer.timeout,
    expect: readExpect([...at, 'expect'], { reading, each: eachExpected }),
    slos: sloLines.filter((slo) => slo !== undefined),
  };
  if (values.endpoint !== undefined) checkBody(scenario, at, reading);
  const noise =
    probe?.kind === 'neighbour' ? readNoise(scenario, [...at, 'noise_request'], { reading, each }) : undefined;
  return {
    scenario: noise === undefined ? scenario : { ...scenario, noise },
    sloLines,
    sharedLoad,
    weight: values.weight,
    after: values.after,
  };
};

interface Keys {
  readonly values: Values;
  readonly probe: ProbeSpec | undefined;
  readonly sharedLoad: string | undefined;
}

const readKeys = (at: Path, reading: Reading): Keys => {
  if (isProbe(at, reading)) return { ...readProbe(at, ELSEWHERE, reading), sharedLoad: undefined };
  const isOwnLoad = isRecord(valueAt(reading.source.value, [...at, 'load']));
  const { load, ...values } = readMap(
    { schema: loadScenarioSchema, at, except: isOwnLoad ? ['load', ...ELSEWHERE] : ELSEWHERE },
    reading,
  );
  return { values, probe: undefined, sharedLoad: typeof load === 'string' ? load : undefined };
};

const readTenantNames = (values: Values, at: Path, outer: ScenarioScope, { report, source }: Reading) => {
  const written = valueAt(source.value, at);
  if (values.tenant !== undefined && values.tenants !== undefined)
    report([...at, 'tenant'], 'has both tenant and tenants', { allowed: 'one of them' });
  const isList = values.tenants !== undefined;
  const names = values.tenants ?? (values.tenant === undefined ? [] : [values.tenant]);
  const known = outer.tenants.map(({ id }) => id);
  names.forEach((id, index) => {
    const place = isList ? [...at, 'tenants', index] : [...at, 'tenant'];
    outer.onTenant(id);
    if (!known.includes(id))
      report(place, `there is no tenant "${id}"${suggestion(id, known)}`, {
        allowed: known.length === 0 ? 'a tenant defined under tenants' : known.join(', '),
      });
    if (names.indexOf(id) < index) report(place, `the tenant "${id}" is given twice`);
  });
  const isRead =
    !isRecord(written) || names.length > 0 || !(Object.hasOwn(written, 'tenants') || Object.hasOwn(written, 'tenant'));
  return { tenants: names, areKnown: isRead && names.every((id) => known.includes(id)) };
};
