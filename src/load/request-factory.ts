import { compileJson, expressionsOf } from '../config/compile-json.ts';
import { createRequestRandoms } from '../config/random.ts';
import { createNonces, type RenderContext, renderJsonValue, renderTemplate } from '../config/template-render.ts';
import type { Expectation, Matcher, Plan, ScenarioPlan, TenantPlan } from '../model/plan.ts';
import type { Template } from '../model/template.ts';
import type { OutgoingRequest } from '../ports/transport.ts';
import type { ExpectedResponse, RenderedMatcher } from '../wire/expected-response.ts';
import type { Json } from '../wire/json.ts';
import type { ReaderSpec } from '../wire/reading.ts';
import { estimateTokens } from '../wire/tokens.ts';

/** One request, rendered, and what is needed to read its response. */
export interface PreparedRequest {
  readonly outgoing: OutgoingRequest;
  readonly reader: ReaderSpec;
  /** What every `${nonce}` of it became. */
  readonly nonce: string;
  /** Place of its tenant in the scenario; 0 where there are none. */
  readonly tenant: number;
  /** Prompt tokens, estimated from the body; 0 where the endpoint takes no prompt. */
  readonly promptTokens: number;
  /** The most that it can cost, for the token bound. */
  readonly worstTokens: number;
}

/**
 * Renders the requests of one scenario by index (0, 1, 2 …). Request i is the same whatever was rendered before. Its tenant, by
 * place in the scenario, is the one whose turn it is, unless one is named.
 */
export type RequestFactory = (index: number, tenant?: number) => PreparedRequest;

/**
 * Compiles a scenario once, so that a request costs only its expressions: what is the same for every request of a tenant
 * (headers, body, expectation) is rendered once and shared.
 */
export const createRequestFactory = (plan: Plan, scenario: ScenarioPlan): RequestFactory => {
  const randoms = createRequestRandoms(plan.seed, scenario.name);
  const nonces = createNonces(plan.seed, scenario.name);
  const compiled = tenantsOf(scenario).map((tenant) => compile(plan, scenario, tenant));
  return (index, tenant = index % compiled.length) => {
    const { render, definition } = compiled[tenant]!;
    return render(
      {
        random: randoms(index),
        seq: index,
        nonce: nonces(index),
        tenant: definition,
        lists: plan.lists,
      },
      tenant,
    );
  };
};

const tenantsOf = (scenario: ScenarioPlan): readonly (TenantPlan | undefined)[] =>
  scenario.tenants.length === 0 ? [undefined] : scenario.tenants;

interface CompiledTenant {
  readonly definition: TenantPlan | undefined;
  readonly render: (context: RenderContext, tenant: number) => PreparedRequest;
}

const compile = (plan: Plan, scenario: ScenarioPlan, definition: TenantPlan | undefined): CompiledTenant => {
  const headers = onceIfSteady(headerRenderer(scenario, definition));
  const body = scenario.body === undefined ? () => undefined : compileJson(scenario.body);
  const reader = onceIfSteady(readerRenderer(plan, scenario));
  const path = pathOf(plan.target.url, scenario.path);
  const hasPrompt = scenario.endpoint !== 'models' && scenario.endpoint !== 'custom';
  const render = (context: RenderContext, tenant: number): PreparedRequest => {
    const outgoing = { method: scenario.method, path, headers: headers(context), body: body(context) };
    const promptTokens = hasPrompt ? estimateTokens(outgoing.body?.length ?? 0) : 0;
    const worstTokens = promptTokens + scenario.maxCompletionTokens;
    return { outgoing, reader: reader(context), nonce: context.nonce, tenant, promptTokens, worstTokens };
  };
  return { definition, render };
};

/** A part of a request; `steady` = the same for every request of a tenant. */
interface Part<T> {
  readonly steady: boolean;
  readonly render: (context: RenderContext) => T;
}

const onceIfSteady = <T>({ steady, render }: Part<T>): ((context: RenderContext) => T) => {
  let kept: { readonly value: T } | undefined;
  if (!steady) return render;
  return (context) => {
    kept ??= { value: render(context) };
    return kept.value;
  };
};

/** Nothing in them but text and the tenant's own variables. */
const isSteady = (templates: readonly Parameters<typeof expressionsOf>[0][]): boolean =>
  templates.every((template) => expressionsOf(template).every((expression) => expression.kind === 'tenant'));

const headerRenderer = (scenario: ScenarioPlan, tenant: TenantPlan | undefined): Part<readonly string[]> => {
  // By name, so that a later one wins and keeps the place of the first.
  const merged = new Map<string, Template>([...scenario.headers, ...(tenant?.headers ?? [])]);
  if (scenario.body !== undefined && !merged.has('content-type')) merged.set('content-type', ['application/json']);
  const entries = [...merged];
  const render = (context: RenderContext): readonly string[] => {
    const flat: string[] = [];
    for (const [name, value] of entries) flat.push(name, renderTemplate(value, context));
    return flat;
  };
  return { steady: isSteady(entries.map(([, value]) => value)), render };
};

const readerRenderer = (plan: Plan, scenario: ScenarioPlan): Part<ReaderSpec> => {
  const { endpoint, stream, expect } = scenario;
  const { dialect } = plan;
  const matchers = [...expect.headers, ...expect.body].map(({ matcher }) => matcher);
  const render = (context: RenderContext): ReaderSpec => ({
    endpoint,
    stream,
    dialect,
    expected: renderExpectation(expect, context),
  });
  return { steady: isSteady(matchers.flatMap(templatesOf)), render };
};

const templatesOf = (matcher: Matcher) => {
  switch (matcher.kind) {
    case 'equals':
      return [matcher.value];
    case 'oneOf':
    case 'not':
      return matcher.values;
    default:
      return [];
  }
};

const renderExpectation = (expect: Expectation, context: RenderContext): ExpectedResponse => ({
  status: expect.status,
  headers: expect.headers.map(({ name, matcher }) => ({ name, matcher: renderMatcher(matcher, context) })),
  body: expect.body.map(({ path, matcher }) => ({ path, matcher: renderMatcher(matcher, context) })),
});

const renderMatcher = (matcher: Matcher, context: RenderContext): RenderedMatcher => {
  const rendered = templatesOf(matcher).map((template) => renderJsonValue(template, context) as Json);
  switch (matcher.kind) {
    case 'equals':
      return { kind: 'equals', value: rendered[0]! };
    case 'oneOf':
    case 'not':
      return { kind: matcher.kind, values: rendered };
    default:
      return matcher;
  }
};

/** The scenario's path behind that of the gateway's URL. */
const pathOf = (targetUrl: string, path: string): string => {
  const base = new URL(targetUrl).pathname.replace(/\/+$/, '');
  return `${base}${path.startsWith('/') ? path : `/${path}`}`;
};
