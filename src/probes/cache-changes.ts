import type { Control } from '../model/dialect.ts';
import type { ScenarioPlan } from '../model/plan.ts';
import type { CacheChange, ProbeSpec } from '../model/probe.ts';
import type { JsonTemplate } from '../model/template.ts';
import { isJsonObject, type Json, type JsonObject } from '../wire/json.ts';
import type { Variant } from './prober.ts';

/** A change that can be made, or why it cannot be (a clause). */
export type PlannedChange =
  | { readonly name: string; readonly variant: Variant }
  | { readonly name: string; readonly reason: string };

type CacheSpec = Extract<ProbeSpec, { kind: 'cache' }>;

/** What the scenario's requests look like with each of the spec's changes. */
export const planChanges = (spec: CacheSpec, scenario: ScenarioPlan): readonly PlannedChange[] =>
  spec.changes.map((change) => {
    const planned = PLANS[change](spec, scenario);
    const name = NAMES[change];
    return typeof planned === 'string' ? { name, reason: planned } : { name, variant: { name, ...planned } };
  });

const NAMES: Readonly<Record<CacheChange, string>> = {
  model: 'changed model',
  temperature: 'changed temperature',
  system: 'changed system prompt',
  stream: 'changed stream flag',
  bypass: 'request to pass the cache by',
};

type Change = Omit<Variant, 'name'> | string;

const PLANS: Readonly<Record<CacheChange, (spec: CacheSpec, scenario: ScenarioPlan) => Change>> = {
  model: ({ otherModel }, { body }) =>
    hasModel(body)
      ? { body: (from) => ({ ...from, model: otherModel ?? `${String(from.model)}-other` }) }
      : 'the body names no model',
  temperature: (_, { endpoint }) =>
    isConversation(endpoint)
      ? { body: (from) => ({ ...from, temperature: from.temperature === 1 ? 0.5 : 1 }) }
      : `${endpoint} has none`,
  system: (_, { endpoint }) => {
    const write = SYSTEM[endpoint];
    return write === undefined ? `${endpoint} has none` : { body: write };
  },
  stream: (_, { endpoint, stream }) => (isConversation(endpoint) ? { stream: !stream } : `${endpoint} is not streamed`),
  bypass: ({ bypass }) => (bypass.length === 0 ? 'neither the probe nor the dialect says how' : withControls(bypass)),
};

const withControls = (controls: readonly Control[]): Change => ({
  headers: controls.flatMap((control) => ('header' in control ? [[control.header, control.value] as const] : [])),
  body: (from) =>
    controls.reduce((body, control) => ('body' in control ? setAt(body, control.body, control.value) : body), from),
});

/** The object with a value at a dotted path; what stands in its way and is no object goes. */
const setAt = (object: JsonObject, path: string, value: Json): JsonObject => {
  const [key = '', ...rest] = path.split('.');
  const inner = object[key];
  return {
    ...object,
    [key]: rest.length === 0 ? value : setAt(isJsonObject(inner) ? inner : {}, rest.join('.'), value),
  };
};

const isConversation = (endpoint: ScenarioPlan['endpoint']): boolean => SYSTEM[endpoint] !== undefined;

const hasModel = (body: JsonTemplate | undefined): boolean =>
  typeof body === 'object' && body !== null && 'object' in body && body.object.some(([key]) => key === 'model');

/** What is asked of the model beside what the scenario asks of it. */
const INSTRUCTION = 'Answer as if you had never been asked this before.';

/** Where each API has its system prompt. */
const SYSTEM: Readonly<Partial<Record<ScenarioPlan['endpoint'], (body: JsonObject) => JsonObject>>> = {
  chat: (body) => ({ ...body, messages: [{ role: 'system', content: INSTRUCTION }, ...listOf(body.messages)] }),
  responses: (body) => ({ ...body, instructions: joined(body.instructions) }),
  messages: (body) => ({
    ...body,
    system: Array.isArray(body.system) ? [{ type: 'text', text: INSTRUCTION }, ...body.system] : joined(body.system),
  }),
};

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const joined = (value: Json | undefined): string =>
  typeof value === 'string' ? `${INSTRUCTION} ${value}` : INSTRUCTION;
