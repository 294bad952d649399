import type { Config, HeaderConfig, ScenarioConfig, TenantConfig } from '../config/config.ts';
import { DEFAULTS } from '../config/defaults.ts';
import type { EndpointKind, ScenarioPlan, TenantPlan } from '../model/plan.ts';
import type { ProbePlan, ProbeSpec } from '../model/probe.ts';
import type { JsonTemplate, Template } from '../model/template.ts';

/** Where each wire format usually is. */
const PLACES: Readonly<Record<Exclude<EndpointKind, 'custom'>, readonly [method: string, path: string]>> = {
  chat: ['POST', '/v1/chat/completions'],
  responses: ['POST', '/v1/responses'],
  messages: ['POST', '/v1/messages'],
  embeddings: ['POST', '/v1/embeddings'],
  models: ['GET', '/v1/models'],
};

/** What one scenario sends and expects, with everything that goes without saying filled in. */
export const planScenario = (scenario: ScenarioConfig, config: Config): ScenarioPlan => {
  const { name, endpoint, stream, timeout, expect, slos } = scenario;
  const [method, path] = endpoint.kind === 'custom' ? [endpoint.method, endpoint.path] : PLACES[endpoint.kind];
  const tenants = config.tenants.filter(({ id }) => scenario.tenants.includes(id));
  const ordered = scenario.tenants.flatMap((id) => tenants.filter((tenant) => tenant.id === id));
  const body = stream ? streamedBody(endpoint.kind, scenario.body) : scenario.body;
  return {
    name,
    endpoint: endpoint.kind,
    method,
    path: pathBelow(config.gateway.url, path),
    stream,
    headers: headersOf(config.gateway.headers, scenario),
    body,
    timeout,
    tenants: ordered.map(planTenant),
    expect,
    slos,
    maxCompletionTokens: maxCompletionTokens(endpoint.kind, body, ordered),
  };
};

/** A probe and what it sends. */
export const planProbe = (scenario: ScenarioConfig, config: Config, spec: ProbeSpec): ProbePlan => ({
  scenario: planScenario(scenario, config),
  spec,
  ...(scenario.noise && { noise: planScenario(scenario.noise, config) }),
});

/** A base URL is often given as SDKs want it, with /v1 at its end; the path must then not repeat it. */
const pathBelow = (url: string, path: string): string =>
  new URL(url).pathname.endsWith('/v1') && path.startsWith('/v1/') ? path.slice('/v1'.length) : path;

const headersOf = (gateway: readonly HeaderConfig[], { body, headers }: ScenarioConfig): ScenarioPlan['headers'] => {
  const merged = new Map<string, Template>(body === undefined ? [] : [['content-type', ['application/json']]]);
  for (const { name, value } of [...gateway, ...headers]) merged.set(name, value);
  return [...merged];
};

const planTenant = ({ id, headers, vars }: TenantConfig): TenantPlan => ({
  id,
  headers: headers.map(({ name, value }) => [name, value] as const),
  vars,
});

/** Asks for a stream, and with chat for its usage, which is not sent otherwise. */
const streamedBody = (kind: EndpointKind, body: JsonTemplate | undefined): JsonTemplate => {
  const asked = withMember(body, 'stream', true);
  return kind === 'chat' ? withMember(asked, 'stream_options', { object: [['include_usage', true]] }) : asked;
};

const membersOf = (body: JsonTemplate | undefined): readonly (readonly [string, JsonTemplate])[] =>
  typeof body === 'object' && body !== null && 'object' in body ? body.object : [];

/** The body with one more member, unless it has one of that name already. */
const withMember = (body: JsonTemplate | undefined, key: string, value: JsonTemplate): JsonTemplate => {
  const members = membersOf(body);
  return { object: members.some(([name]) => name === key) ? members : [...members, [key, value]] };
};

const MAXIMA = ['max_completion_tokens', 'max_output_tokens', 'max_tokens'];

/** What the body sets as the maximum (the largest that it can come to), times its `n`; nothing for formats without completions. */
const maxCompletionTokens = (
  kind: EndpointKind,
  body: JsonTemplate | undefined,
  tenants: readonly TenantConfig[],
): number => {
  const members = new Map(membersOf(body));
  const maxima = MAXIMA.flatMap((key) => largestNumber(members.get(key), tenants) ?? []);
  const isCompletion = kind === 'chat' || kind === 'responses' || kind === 'messages';
  const fallback = isCompletion ? DEFAULTS.completionTokens : 0;
  return (maxima.length === 0 ? fallback : Math.max(...maxima)) * (largestNumber(members.get('n'), tenants) ?? 1);
};

const largestNumber = (json: JsonTemplate | undefined, tenants: readonly TenantConfig[]): number | undefined => {
  if (typeof json === 'number') return Math.max(0, json);
  const [part, ...more] = typeof json === 'object' && json !== null && 'template' in json ? json.template : [];
  if (part === undefined || typeof part === 'string' || more.length > 0) return undefined;
  if (part.kind === 'int') return Math.max(0, part.max);
  if (part.kind !== 'tenant') return undefined;
  const values = tenants.map(({ vars }) => Number(vars[part.variable])).filter((value) => value >= 0);
  return values.length === 0 ? undefined : Math.max(...values);
};
