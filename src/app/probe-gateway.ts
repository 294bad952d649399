import { mayBeSecret } from '../config/secret-names.ts';
import { templateLiteral } from '../config/template-literal.ts';
import { type Candidate, detectDialect } from '../dialects/detect-dialect.ts';
import { resolveDialect } from '../dialects/resolve-dialect.ts';
import { createRequestFactory, type PreparedRequest } from '../load/request-factory.ts';
import type { Dialect } from '../model/dialect.ts';
import { GateError } from '../model/errors.ts';
import type { Plan, Target } from '../model/plan.ts';
import { fromSeconds, type Micros } from '../model/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { Transport } from '../ports/transport.ts';
import type { AskedRequest, GatewayProbeView } from '../report/gateway-probe-text.ts';
import { type LimitState, readLimits } from '../wire/limits.ts';
import { signalStates } from '../wire/signal-states.ts';
import { askGateway, type GatewayAnswer, jsonOf, readAnswer } from './ask-gateway.ts';
import { ANY_MODEL, chatModelOf, embeddingModelOf, listedModels } from './listed-models.ts';
import { type PreparePorts, prepare } from './prepare.ts';

/** Which gateway, and how to be let in. */
export interface GatewayProbeRequest {
  readonly gatewayUrl: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Undefined = one that the gateway lists. */
  readonly model: string | undefined;
  /** Name of the environment variable that holds the bearer token. */
  readonly apiKeyEnv: string | undefined;
  /** Also asks for an embedding, where the gateway lists a model for that. */
  readonly embeddings?: boolean;
}

/** What came of one request, for whoever is to send more of them. */
export interface ProbedAnswer {
  readonly title: string;
  /** Whether it is a whole and sound answer of its API. */
  readonly isOk: boolean;
  /** From the sending to its end, µs. */
  readonly took: Micros;
  /** From the sending to the first content of a stream, µs; undefined for what is not one. */
  readonly firstContent: Micros | undefined;
  /** The limit that it stated. */
  readonly limit: LimitState | undefined;
}

/** What was seen of a gateway. */
export interface ProbedGateway extends GatewayProbeView {
  /** The model that was asked to chat. */
  readonly model: string;
  /** One that the gateway lists; undefined = none. */
  readonly embeddingModel: string | undefined;
  /** Of the requests that were answered. */
  readonly answers: readonly ProbedAnswer[];
}

export interface GatewayProbePorts extends PreparePorts {
  readonly clock: Clock;
  readonly connect: (target: Target) => Transport;
}

/** For each of the requests: generous, since a preview may have to wake up first. */
const TIMEOUT = fromSeconds(30);

/**
 * Asks a gateway five requests one after the other (its models, a chat, the same chat again, a streamed one, an invalid
 * one), and an embedding if that is wanted, and says which dialect it speaks. A chat costs at most 16 tokens of completion.
 *
 * @throws ConfigError for a URL, header or variable that cannot be used; GateError `unreachable` when nothing answers.
 */
export const probeGateway = async (request: GatewayProbeRequest, ports: GatewayProbePorts): Promise<ProbedGateway> => {
  ports.onSecrets(request.headers.flatMap(secretsOf));
  const seed = ports.newId();
  const planOf = async (asked: AskedModels): Promise<Plan> => {
    const { plan } = await prepare(
      {
        configPath: 'gatemark probe',
        configText: configText(request, asked),
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
  const first = await planOf({ chat: request.model ?? ANY_MODEL, embeddings: undefined });
  const transport = ports.connect(first.target);
  try {
    await transport.warm(1);
    const ask = (prepared: PreparedRequest) =>
      askGateway(prepared, { transport, clock: ports.clock, timeout: TIMEOUT });
    const models = await ask(requestOf(first, 'models'));
    const listed = listedModels(models);
    const asked = {
      chat: request.model ?? chatModelOf(listed) ?? ANY_MODEL,
      embeddings: request.embeddings === true ? embeddingModelOf(listed) : undefined,
    };
    const plan = await planOf(asked);
    const answers = [{ title: 'models', answer: models }];
    const others = asked.embeddings === undefined ? CHATS : [...CHATS, EMBEDDINGS];
    for (const [title, scenario] of others) answers.push({ title, answer: await ask(requestOf(plan, scenario)) });
    return { ...viewOf(answers, plan, request), model: asked.chat, embeddingModel: asked.embeddings };
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

const EMBEDDINGS = ['embeddings', 'embeddings'] as const;

interface AskedModels {
  readonly chat: string;
  readonly embeddings: string | undefined;
}

/** As the configuration of a run, so that a URL, a header or a model is read and rendered as it would be there. */
const configText = ({ headers, apiKeyEnv }: GatewayProbeRequest, models: AskedModels): string => {
  const key = apiKeyEnv === undefined ? [] : [['authorization', `Bearer \${env.${apiKeyEnv}}`]];
  const model = templateLiteral(models.chat);
  const chat = {
    model,
    messages: [{ role: 'user', content: 'Say hello. (${nonce})' }],
    max_tokens: 16,
  };
  const load = { rate: '1/s' };
  return JSON.stringify({
    version: 1,
    gateway: {
      headers: Object.fromEntries([...key, ...headers.map(([name, value]) => [name, templateLiteral(value)])]),
    },
    scenarios: {
      models: { load, endpoint: 'models' },
      chat: { load, endpoint: 'chat', body: chat },
      streamed: { load, endpoint: 'chat', stream: true, body: chat },
      invalid: { load, endpoint: 'chat', body: { model } },
      ...(models.embeddings === undefined
        ? {}
        : {
            embeddings: {
              load,
              endpoint: 'embeddings',
              body: { model: templateLiteral(models.embeddings), input: 'Hello.' },
            },
          }),
    },
  });
};

const requestOf = (plan: Plan, name: string): PreparedRequest => {
  const scenario = plan.scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new GateError('internal', `the probe has no scenario ${name}`);
  return createRequestFactory(plan, scenario)(0);
};

interface Asked {
  readonly title: string;
  readonly answer: GatewayAnswer;
}

const viewOf = (
  asked: readonly Asked[],
  plan: Plan,
  { headers, apiKeyEnv }: GatewayProbeRequest,
): Omit<ProbedGateway, 'model' | 'embeddingModel'> => {
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
  const read = answered.map(({ title, answer }) => ({
    title,
    took: answer.took,
    reading: readAnswer(answer, dialect),
    limits: readLimits(dialect, answer.headers, answer.at),
  }));
  return {
    url: plan.target.url,
    asked: asked.map(askedRequest),
    candidates,
    dialect: dialect.name,
    states: read.map(({ title, reading, limits }) => ({ title, states: signalStates(dialect, reading, limits) })),
    answers: read.map(({ title, took, reading, limits }) => ({
      title,
      isOk: reading.status === 200 && reading.outcome.kind === 'ok',
      took,
      firstContent: reading.firstContentAt,
      limit: limits.limit,
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
