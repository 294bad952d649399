import { join } from 'node:path';
import { GateError } from '../model/errors.ts';
import type { Files } from '../ports/files.ts';
import { configFile } from '../setup/config-file.ts';
import { secretNames, variableOf } from '../setup/secrets-of.ts';
import { SETUP_FILES, type Setup, type Sights, TENANT_HEADER } from '../setup/setup.ts';
import { baselineUrlOf, workflowFile } from '../setup/workflow-file.ts';
import { ANY_MODEL } from './listed-models.ts';
import { type Prepared, prepare } from './prepare.ts';
import { type GatewayProbePorts, type ProbedGateway, probeGateway } from './probe-gateway.ts';

/** What was answered; the rest is asked of the gateway. */
export interface InitRequest extends Omit<Setup, 'sights' | 'model' | 'dialect'> {
  readonly model: string | undefined;
  /** Undefined = the one that is detected. */
  readonly dialect: string | undefined;
  /** Root of the repository. */
  readonly folder: string;
  /** Whether files that are there may be replaced. */
  readonly force: boolean;
  /** Whether the gateway is sent a few requests. */
  readonly probe: boolean;
}

export interface InitPorts extends GatewayProbePorts {
  readonly files: Files;
  /** Whether there is anything at this path. */
  readonly exists: (path: string) => boolean;
}

export interface InitResult {
  readonly setup: Setup;
  /** Paths of the two files. */
  readonly files: readonly string[];
  /** What a run would send, by the file as it was read back. */
  readonly prepared: Prepared;
  /** Undefined = nothing was asked. */
  readonly probed: ProbedGateway | undefined;
}

/**
 * Writes configuration and workflow of a gate, as the answers and the gateway itself suggest them. The configuration is read and
 * planned before anything is written, and once more from the disk.
 *
 * @throws GateError `usage` when a file is there already, the key is not set or the gateway answers no chat; ConfigError for answers
 * that make no sound configuration; GateError `unreachable`.
 */
export const initGate = async (request: InitRequest, ports: InitPorts): Promise<InitResult> => {
  const paths = Object.values(SETUP_FILES).map((path) => join(request.folder, path));
  refuseToReplace(paths, request, ports);
  const probed = request.probe ? await askTheGateway(request, ports) : undefined;
  const setup = setupOf(request, probed);
  const texts = [configFile(setup), workflowFile(setup)];
  const [configPath] = paths as [string];
  await readBack({ configPath, configText: texts[0], setup }, ports);
  for (const [index, path] of paths.entries()) await ports.files.writeText(path, texts[index]!);
  return { setup, files: paths, prepared: await readBack({ configPath, configText: undefined, setup }, ports), probed };
};

const refuseToReplace = (paths: readonly string[], { force }: InitRequest, { exists }: InitPorts): void => {
  const there = force ? [] : paths.filter(exists);
  if (there.length === 0) return;
  const verb = there.length === 1 ? 'is there already' : 'are there already';
  throw new GateError('usage', `${there.join(' and ')} ${verb}: nothing was written`, {
    hint: 'Replace with --force, or name another repository with --out.',
  });
};

const askTheGateway = async (request: InitRequest, ports: InitPorts): Promise<ProbedGateway> => {
  const { apiKeyEnv, tenants, headers } = request;
  if (apiKeyEnv !== undefined && !ports.env(apiKeyEnv))
    throw new GateError('usage', `the environment variable ${apiKeyEnv}, which --api-key-env names, is not set`, {
      hint: 'Export it, so that the gateway can be asked; or write the files with --no-probe, which sends nothing.',
    });
  const [tenant] = tenants;
  const probed = await probeGateway(
    { ...request, headers: tenant === undefined ? headers : [...headers, [TENANT_HEADER, tenant]], embeddings: true },
    ports,
  );
  if (probed.answers.some(({ title, isOk }) => isOk && CHATS.includes(title))) return probed;
  const status = probed.asked.find(({ title }) => title === 'chat')?.status;
  const came = status === undefined ? 'did not answer a chat' : `answered a chat with ${status}, and no sound answer`;
  throw new GateError('usage', `the gateway at ${probed.url} ${came}: nothing was written`, {
    hint: 'Name the variable with the key by --api-key-env, a --header, or a --model that it serves; or write the files with --no-probe.',
  });
};

const CHATS: readonly string[] = ['chat', 'again', 'streamed'];

const setupOf = (request: InitRequest, probed: ProbedGateway | undefined): Setup => ({
  ...request,
  model: request.model ?? probed?.model ?? ANY_MODEL,
  dialect: request.dialect ?? probed?.dialect ?? 'generic',
  sights: probed && sightsOf(probed),
});

const sightsOf = ({ answers, states, embeddingModel }: ProbedGateway): Sights => {
  const sound = answers.filter(({ isOk }) => isOk);
  const answerTo = (wanted: string) => sound.find(({ title }) => title === wanted);
  const embeddings = answerTo('embeddings');
  const again = states.find(({ title }) => title === 'again')?.states.cache;
  const limit = sound.map((each) => each.limit).find((each) => each?.of === 'requests' && isCount(each.limit));
  return {
    chat: sound.filter(({ title }) => CHATS.includes(title)).toSorted((one, other) => other.took - one.took)[0]!.took,
    firstContent: answerTo('streamed')?.firstContent,
    models: answerTo('models')?.took,
    embeddings:
      embeddings === undefined || embeddingModel === undefined
        ? undefined
        : { model: embeddingModel, took: embeddings.took },
    caches: again?.kind === 'said' && again.value === 'hit',
    limit: limit && { requests: limit.limit!, window: limit.window },
  };
};

const isCount = (value: number | undefined): boolean => Number.isSafeInteger(value) && value! > 0;

/** Reads and plans the configuration as a run does. Nothing is sent: variables that are not set here do not matter. */
const readBack = (
  { configPath, configText, setup }: { configPath: string; configText: string | undefined; setup: Setup },
  ports: InitPorts,
): Promise<Prepared> => {
  const given = new Map(setup.headers.map((header) => [variableOf(header), header[1]]));
  const named = new Set(secretNames(setup));
  return prepare(
    {
      configPath,
      configText,
      profile: undefined,
      gatewayUrl: undefined,
      baselineUrl: baselineUrlOf(setup),
      seed: undefined,
      allowedHosts: [],
    },
    { ...ports, env: (name) => ports.env(name) || given.get(name) || (named.has(name) ? 'unset' : undefined) },
  );
};
