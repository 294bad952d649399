import { mayBeSecret } from '../config/secret-names.ts';
import { type Candidate, detectDialect } from '../dialects/detect-dialect.ts';
import { resolveDialect } from '../dialects/resolve-dialect.ts';
import { createRequestFactory, type PreparedRequest } from '../load/request-factory.ts';
import type { Dialect } from '../model/dialect.ts';
import { GateError } from '../model/errors.ts';
import type { Plan, Target } from '../model/plan.ts';
import { fromSeconds } from '../model/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { Transport } from '../ports/transport.ts';
import type { AskedRequest, GatewayProbeView } from '../report/gateway-probe-text.ts';
import { isJsonObject, type Json, lookUp } from '../wire/json.ts';
import { readLimits } from '../wire/limits.ts';
import { signalStates } from '../wire/signal-states.ts';
import { askGateway, type GatewayAnswer, jsonOf, readAnswer } from './ask-gateway.ts';
import { type PreparePorts, prepare } from './prepare.ts';

/** Which gateway, and how to be let in. */
export interface GatewayProbeRequest {
  readonly gatewayUrl: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Undefined = one that the gateway lists. */
  readonly model: string | undefined;
  /** Name of the environment variable that holds the bearer token. */
  readonly apiKeyEnv: string | undefined;
}

export interface GatewayProbePorts extends PreparePorts {
  readonly clock: Clock;
  readonly connect: (target: Target) => Transport;
}

/** For each of the requests: generous, since a preview may have to wake up first. */
const TIMEOUT = fromSeconds(30);

/**
 * Asks a gateway five requests one after the other (its models, a chat, the same chat again, a streamed one, an invalid
 * one) and says which dialect it speaks. A chat costs at most 16 tokens of completion.
 *
 * @throws ConfigError for a URL, header or variable that cannot be used; GateError `unreachable` when nothing answers.
 */
export const probeGateway = async (
  request: GatewayProbeRequest,
  ports: GatewayProbePorts,
): Promise<GatewayProbeView> => {
  ports.onSecrets(request.headers.flatMap(secretsOf));
  const seed = ports.newId();
  const planOf = async (model: string): Promise<Plan> => {
    const { plan } = await prepare(
      {
        configPath: 'gatemark probe',
        configText: configText(request, model),
        profile: undefined,
        gatewayUrl: request.gatewayUrl,
        baselineUrl: undefined,
        seed,
        allowedHosts: [],
      },
      ports,
    );
    return plan;
  };
  const first = await planOf(request.model ?? ANY_MODEL);
  const transport = ports.connect(first.target);
  try {
    await transport.warm(1);
    const ask = (prepared: PreparedRequest) =>
      askGateway(prepared, { transport, clock: ports.clock, timeout: TIMEOUT });
    const models = await ask(requestOf(first, 'models'));
    const plan = await planOf(request.model ?? chooseModel(models) ?? ANY_MODEL);
    const answers = [{ title: 'models', answer: models }];
    for (const [title, scenario] of CHATS) answers.push({ title, answer: await ask(requestOf(plan, scenario)) });
    return viewOf(answers, plan, request);
  } finally {
    await transport.close();
  }
};

/** The value, and without the scheme in front of it (`Bearer …`), as a gateway might echo it. */
const secretsOf = ([name, value]: readonly [name: string, value: string]): readonly string[] =>
  mayBeSecret(name, value) ? [value, ...value.split(' ').slice(1)] : [];

/** What is asked behind the models, in order, and by which scenario. */
const CHATS = [
  ['chat', 'chat'],
  ['again', 'chat'],
  ['streamed', 'streamed'],
  ['invalid', 'invalid'],
] as const;

const ANY_MODEL = 'gpt-4o-mini';

/** As the configuration of a run, so that a URL, a header or a model is read and rendered as it would be there. */
const configText = ({ headers, apiKeyEnv }: GatewayProbeRequest, model: string): string => {
  const key = apiKeyEnv === undefined ? [] : [['authorization', `Bearer \${env.${apiKeyEnv}}`]];
  const chat = {
    model: literal(model),
    messages: [{ role: 'user', content: 'Say hello. (${nonce})' }],
    max_tokens: 16,
  };
  const load = { rate: '1/s' };
  return JSON.stringify({
    version: 1,
    gateway: { headers: Object.fromEntries([...key, ...headers.map(([name, value]) => [name, literal(value)])]) },
    scenarios: {
      models: { load, endpoint: 'models' },
      chat: { load, endpoint: 'chat', body: chat },
      streamed: { load, endpoint: 'chat', stream: true, body: chat },
      invalid: { load, endpoint: 'chat', body: { model: literal(model) } },
    },
  });
};

/** What a person types is no template. */
const literal = (text: string): string => text.replaceAll('${', () => '$${');

const requestOf = (plan: Plan, name: string): PreparedRequest => {
  const scenario = plan.scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new GateError('internal', `the probe has no scenario ${name}`);
  return createRequestFactory(plan, scenario)(0);
};

/** Models that do not chat. */
const OTHER_MODELS = /embed|tts|whisper|dall|image|audio|moderation|rerank|realtime|transcri/i;

/** A small model that most gateways have, else the first that the gateway lists and that looks as if it could chat. */
const chooseModel = (answer: GatewayAnswer): string | undefined => {
  if (answer.kind === 'silent') return undefined;
  const listed = jsonOf(answer).flatMap((json) => {
    const list = Array.isArray(json) ? json : lookUp(json, 'data');
    return Array.isArray(list) ? list.map(idOf) : [];
  });
  const ids = listed.filter((id) => id !== undefined);
  return ids.find((id) => id === ANY_MODEL) ?? ids.find((id) => !OTHER_MODELS.test(id));
};

const idOf = (entry: Json): string | undefined =>
  isJsonObject(entry) && typeof entry.id === 'string' && entry.id !== '' ? entry.id : undefined;

interface Asked {
  readonly title: string;
  readonly answer: GatewayAnswer;
}

const viewOf = (asked: readonly Asked[], plan: Plan, { headers, apiKeyEnv }: GatewayProbeRequest): GatewayProbeView => {
  const answered = asked.flatMap(({ title, answer }) => (answer.kind === 'answered' ? [{ title, answer }] : []));
  if (answered.length === 0) {
    const [{ answer }] = asked as readonly [Asked];
    const reason = answer.kind === 'silent' ? answer.reason : '';
    throw new GateError(
      'unreachable',
      `The gateway at ${plan.target.url} took the connection, but answered nothing: ${reason}.`,
    );
  }
  const candidates = detectDialect(answered.map(({ answer }) => ({ headers: answer.headers, bodies: jsonOf(answer) })));
  const dialect = dialectOf(candidates[0]!);
  return {
    url: plan.target.url,
    asked: asked.map(askedRequest),
    candidates,
    dialect: dialect.name,
    states: answered.map(({ title, answer }) => ({
      title,
      states: signalStates(dialect, readAnswer(answer, dialect), readLimits(dialect, answer.headers, answer.at)),
    })),
    headers,
    apiKeyEnv,
  };
};

const askedRequest = ({ title, answer }: Asked): AskedRequest => {
  const { method, path } = answer.request.outgoing;
  const result = answer.kind === 'answered' ? { status: answer.status } : { silence: answer.reason };
  return { title, request: `${method} ${path}`, ...result };
};

const dialectOf = ({ dialect }: Candidate): Dialect => {
  const resolution = resolveDialect(dialect);
  if (!resolution.ok) throw new GateError('internal', resolution.message);
  return resolution.dialect;
};
