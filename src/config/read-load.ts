import type { Arrival, Stage } from '../model/arrival.ts';
import type { Micros } from '../model/units.ts';
import { stepCount } from './arrival-shape.ts';
import { isRecord, valueAt } from './config-source.ts';
import { DEFAULTS } from './defaults.ts';
import type { LoadScale } from './read-settings.ts';
import { type Read, type Reading, readMap } from './reading.ts';
import { scaleArrival } from './scale-arrival.ts';
import { loadSchema, sharedLoadSchema } from './schema-load.ts';
import type { Path } from './source-document.ts';

/** How requests arrive, before it is known for whom. */
export interface LoadReading {
  /** Undefined when there was a problem with it. */
  readonly arrival: Arrival | undefined;
  readonly warmup: Micros;
  readonly blocks: number;
  /** As written: the name of a scenario or a load. */
  readonly after: string | undefined;
}

type Values = Read<typeof sharedLoadSchema.shape>;

const FORMS = ['rate', 'users', 'stages', 'steps'] as const;
type Form = (typeof FORMS)[number];

/** Which forms a key goes with. */
const MODIFIERS: readonly (readonly [key: 'arrivals' | 'think' | 'duration' | 'blocks', forms: readonly Form[]])[] = [
  ['arrivals', ['rate', 'stages']],
  ['think', ['users', 'stages']],
  ['duration', ['rate', 'users']],
  ['blocks', ['rate', 'users', 'stages']],
];

/** More steps than this are a mistake in `by`. */
const MAX_STEPS = 200;

/** Reads one load, a scenario's own or a shared one, with the factors of `load_scale` in it. */
export const readLoad = (
  place: { readonly at: Path; readonly isShared: boolean },
  scale: LoadScale,
  reading: Reading,
): LoadReading => {
  const { at, isShared } = place;
  const values: Values = isShared
    ? readMap({ schema: sharedLoadSchema, at }, reading)
    : readMap({ schema: loadSchema, at }, reading);
  const form = formOf(at, reading);
  const arrival = form === undefined ? undefined : arrivalOf(form, values, { at, reading });
  return {
    arrival: arrival === undefined ? undefined : scaleArrival(arrival, scale),
    warmup: values.warmup ?? DEFAULTS.load.warmup,
    blocks: values.blocks ?? DEFAULTS.load.blocks,
    after: values.after,
  };
};

/** Looks at the keys as written, so that a rate that cannot be read still counts as a rate. */
const formOf = (at: Path, { source, report }: Reading): Form | undefined => {
  const written = valueAt(source.value, at);
  if (!isRecord(written)) return undefined;
  const forms = FORMS.filter((form) => Object.hasOwn(written, form));
  const [form] = forms;
  const allowed = 'exactly one of rate, users, stages or steps';
  if (form === undefined || forms.length > 1) {
    report(at, form === undefined ? 'does not say how requests arrive' : `has ${forms.join(' and ')}`, { allowed });
    return undefined;
  }
  for (const [key, fitting] of MODIFIERS)
    if (Object.hasOwn(written, key) && !fitting.includes(form))
      report([...at, key], `${key} does not go with ${form}`, { allowed: `${key} goes with ${fitting.join(' and ')}` });
  return form;
};

interface Context {
  readonly at: Path;
  readonly reading: Reading;
}

const arrivalOf = (form: Form, values: Values, context: Context): Arrival | undefined => {
  const process = values.arrivals ?? 'uniform';
  const think = values.think ?? DEFAULTS.noThink;
  const duration = values.duration ?? DEFAULTS.load.duration;
  switch (form) {
    case 'rate':
      return values.rate === undefined ? undefined : { kind: 'constant-rate', rate: values.rate, process, duration };
    case 'users':
      return values.users === undefined ? undefined : { kind: 'constant-users', users: values.users, think, duration };
    case 'stages':
      return values.stages === undefined ? undefined : rampOf(values.stages, values, context);
    case 'steps':
      return values.steps === undefined ? undefined : stepsOf(values.steps, context);
  }
};

const rampOf = (
  stages: NonNullable<Values['stages']>,
  values: Values,
  { at, reading }: Context,
): Arrival | undefined => {
  const place = [...at, 'stages'];
  const kinds = new Set(stages.map((stage) => stage.to.kind));
  const isOfUsers = kinds.has('users');
  if (kinds.size > 1) return refuse(reading, place, 'mixes rates and users', 'all rates, or all numbers of users');
  if (stages.every((stage) => stage.over === 0))
    return refuse(reading, place, 'lasts no time at all', 'at least one stage with over above 0s');
  if (stages.every((stage) => stage.to.value === 0))
    return refuse(reading, place, 'never leaves 0', 'at least one stage to a level above 0');
  const [stray, strayForm] = isOfUsers ? (['arrivals', 'rates'] as const) : (['think', 'users'] as const);
  if (values[stray] !== undefined)
    return refuse(reading, [...at, stray], `${stray} goes with stages of ${strayForm}`, `no ${stray} here`);
  const legs = stages.map((stage): Stage => ({ to: stage.to.value, over: stage.over }));
  return isOfUsers
    ? { kind: 'ramping-users', stages: legs, think: values.think ?? DEFAULTS.noThink }
    : { kind: 'ramping-rate', stages: legs, process: values.arrivals ?? 'uniform' };
};

const stepsOf = (steps: NonNullable<Values['steps']>, { at, reading }: Context): Arrival | undefined => {
  const place = [...at, 'steps'];
  if (steps.to < steps.from) return refuse(reading, place, 'goes down', 'from at most to');
  const count = stepCount(steps);
  if (count > MAX_STEPS) return refuse(reading, place, `has ${count} steps`, `at most ${MAX_STEPS}`);
  return { kind: 'steps', ...steps };
};

const refuse = ({ report }: Reading, at: Path, message: string, allowed: string): undefined => {
  report(at, message, { allowed });
  return undefined;
};
