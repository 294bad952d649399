import { createHash } from 'node:crypto';
import { templateLists } from '../config/compile-json.ts';
import type { Config, HeaderConfig, ProviderConfig, ScenarioConfig, TenantConfig } from '../config/config.ts';
import type { Matcher } from '../model/plan.ts';
import type { JsonTemplate, Template } from '../model/template.ts';

/**
 * SHA-256, hex, over what makes two runs comparable: loads, requests, expectations, the texts that are picked from, the
 * tenants' variables and the names of their headers, and what the providers that the run starts do. Not in it: the gateway's URL and dialect, the values of headers and
 * variables that come from the environment (`${env.X}` stands as written, so that a new key is no new workload), limits,
 * SLOs, the regression policy, the seed, and probes. The order of keys in the file does not matter, that of lists does.
 */
export const digestOf = (config: Config): string => {
  const scenarios = config.scenarios.filter((scenario) => scenario.probe === undefined);
  const tenantIds = new Set(scenarios.flatMap((scenario) => scenario.tenants));
  const tenants = config.tenants.filter((tenant) => tenantIds.has(tenant.id));
  const headers = [...config.gateway.headers, ...tenants.flatMap((tenant) => tenant.headers)];
  const picked = new Set([...headers.flatMap(listsOfHeader), ...scenarios.flatMap(listsOfScenario)]);
  const comparable = {
    format: 1,
    loads: config.loads,
    gatewayHeaders: config.gateway.headers.map(comparableHeader),
    scenarios: scenarios.map(comparableScenario),
    tenants: tenants.map(comparableTenant),
    providers: config.providers.flatMap(comparableProvider),
    lists: Object.fromEntries(Object.entries(config.lists).filter(([name]) => picked.has(name))),
  };
  return createHash('sha256').update(canonicalJson(comparable)).digest('hex');
};

/** JSON with the keys of every object in order (by UTF-16 units, as in RFC 8785) and without blanks; undefined values left out. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
  return `{${members.join(',')}}`;
};

/** What a started provider answers, and how fast; not where it listens, nor its keys. One that runs elsewhere is not known. */
const comparableProvider = (provider: ProviderConfig): readonly object[] => {
  if (provider.kind === 'running') return [];
  const { kind, listen, keys, ...behaviour } = provider;
  return [behaviour];
};

const comparableHeader = ({ name, source }: HeaderConfig) => ({ name, source });

const comparableTenant = ({ id, headers, sources }: TenantConfig) => ({
  id,
  headers: headers.map(({ name }) => name).toSorted(),
  vars: sources,
});

const comparableScenario = ({ name, endpoint, stream, headers, body, tenants, timeout, expect }: ScenarioConfig) => ({
  name,
  endpoint,
  stream,
  headers: headers.map(comparableHeader),
  body: body === undefined ? undefined : comparableJson(body),
  tenants,
  timeout,
  expect: { ...expect, status: expect.status.toSorted((one, other) => one - other) },
});

/** Members of an object as an object, so that their order does not matter. */
const comparableJson = (json: JsonTemplate): unknown => {
  if (typeof json !== 'object' || json === null || 'template' in json) return json;
  if ('array' in json) return { array: json.array.map(comparableJson) };
  return { object: Object.fromEntries(json.object.map(([key, value]) => [key, comparableJson(value)])) };
};

const listsOfHeader = (header: HeaderConfig): readonly string[] => templateLists(header.value);

const listsOfScenario = ({ headers, body, expect }: ScenarioConfig): readonly string[] => {
  const matchers = [...expect.headers, ...expect.body].flatMap(({ matcher }) => literalsOf(matcher));
  const sources: readonly (JsonTemplate | Template)[] = [...(body === undefined ? [] : [body]), ...matchers];
  return [...headers.flatMap(listsOfHeader), ...sources.flatMap((source) => templateLists(source))];
};

const literalsOf = (matcher: Matcher): readonly JsonTemplate[] => {
  if (matcher.kind === 'equals') return [matcher.value];
  return matcher.kind === 'oneOf' || matcher.kind === 'not' ? matcher.values : [];
};
