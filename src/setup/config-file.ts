import { formatDuration, formatRate } from '../config/quantities.ts';
import { templateLiteral } from '../config/template-literal.ts';
import { fromMillis, fromSeconds, type Micros, micros, toSeconds } from '../model/units.ts';
import { generousLimit } from './generous-limit.ts';
import { probeBlocks, rateLimitNeeds } from './probe-blocks.ts';
import { headerTemplate } from './secrets-of.ts';
import { type Setup, type Sights, TENANT_HEADER } from './setup.ts';
import { yamlText } from './yaml-text.ts';

/**
 * The text of `.github/gatemark.yml`: a chat, what else the gateway answered, and the probes that fit it (as comments where it
 * showed nothing that they could measure). Limits of SLOs come from what was seen. Holds no secret, and every answer as data: quoted
 * on one line, and no expression of a template.
 */
export const configFile = (setup: Setup): string =>
  `${[head(setup), limits(setup), tenants(setup), scenarios(setup)].filter((part) => part !== '').join('\n\n')}\n`;

const head = (setup: Setup): string => {
  const { gatewayUrl, dialect, apiKeyEnv, headers } = setup;
  const key = apiKeyEnv === undefined ? [] : [['authorization', `Bearer \${env.${apiKeyEnv}}`] as const];
  const all = [...key, ...headers.map((header) => [header[0], headerTemplate(header)] as const)];
  return [
    '# What the gate sends to the gateway, and what it must hold.',
    '# `gatemark validate` checks this file, `gatemark run` tries it. All keys: docs/configuration.md of Gatemark.',
    'version: 1',
    '',
    'gateway:',
    `  url: ${yamlText(gatewayUrl)} # the workflow's gateway-url wins`,
    `  dialect: ${yamlText(dialect)}`,
    ...(all.length === 0 ? [] : ['  headers:']),
    ...all.map(([name, value]) => `    ${yamlText(name)}: ${yamlText(value)}`),
  ].join('\n');
};

/** Of the loads below, with room for more, on each gateway. Side by side there are pauses between the blocks, as long as an answer. */
const REQUESTS = 2_000;
const DURATION = { stored: fromSeconds(180), live: fromSeconds(600), none: fromSeconds(180) } as const;

const limits = (setup: Setup): string => {
  const sides = setup.baseline === 'live' ? 2 : 1;
  const probe = rateLimitNeeds(setup.sights);
  const requests = sides * (REQUESTS + probe.requests);
  const duration = formatDuration(micros(DURATION[setup.baseline] + sides * probe.duration));
  return [
    '# Of the whole run: nothing is sent past one of these.',
    `limits: { requests: ${requests}, duration: ${duration}, concurrency: 200, abort: { error_rate: 50%, for: 5s } }`,
  ].join('\n');
};

const tenants = ({ tenants: names }: Setup): string =>
  names.length === 0
    ? ''
    : [
        `# Requests rotate over them. ${TENANT_HEADER}: put here what your gateway tells them apart by.`,
        'tenants:',
        ...names.map((name) => `  ${yamlText(name)}: { headers: { ${TENANT_HEADER}: ${yamlText(name)} } }`),
      ].join('\n');

const scenarios = (setup: Setup): string =>
  [
    'scenarios:',
    [chat(setup), models(setup), embeddings(setup), ...probeBlocks(setup)].filter(Boolean).join('\n\n'),
  ].join('\n');

/** A second. Enough samples for a p95 in 30 s. */
const CHAT_RATE = 10;
const SIDE_RATE = 5;

/** Below it, a load of half a minute sends nothing. */
const LEAST_RATE = 1 / 60;

/** At most half of a limit that was stated with its window, for all loads together. */
const affordable = (rate: number, limit: Sights['limit']): number => {
  if (limit?.window === undefined) return rate;
  const half = limit.requests / toSeconds(limit.window) / 2;
  return Math.max(LEAST_RATE, Math.min(rate, (half * rate) / (CHAT_RATE + 2 * SIDE_RATE)));
};

/** Side by side a load is cut into 30 pairs of blocks: longer ones, so that an answer fits into its block. */
const load = (rate: number, { sights, baseline }: Setup): string => {
  const within = affordable(rate, sights?.limit);
  const why = within < rate ? ' # within half of the limit that the gateway stated' : '';
  return `    load: { rate: ${formatRate(within)}, duration: ${baseline === 'live' ? 60 : 30}s, warmup: 5s }${why}`;
};

const ofTenants = ({ tenants: names }: Setup): readonly string[] =>
  names.length === 0 ? [] : [`    tenants: [${names.map(yamlText).join(', ')}]`];

/** A 429 is throttled: neither success nor error. */
const EXPECTED = '    expect: { status: [200, 429] }';

const chat = (setup: Setup): string => {
  const { sights } = setup;
  return [
    '  chat:',
    ...ofTenants(setup),
    load(CHAT_RATE, setup),
    '    endpoint: chat',
    ...streamLines(sights),
    '    body:',
    `      model: ${yamlText(templateLiteral(setup.model))}`,
    '      messages: [{ role: user, content: "Say hello. (${nonce})" }] # the nonce keeps caches out',
    '      max_tokens: 16 # short answers, small costs; raise it to what yours have, and the limits with it',
    `${EXPECTED} # a 429 is throttled: neither success nor error`,
    '    slo:',
    ...latencySlos(sights),
    '      - error_rate < 2%',
    '      - throttled_rate <= 10%',
  ].join('\n');
};

const streamLines = (sights: Sights | undefined): readonly string[] => {
  if (sights?.firstContent !== undefined) return ['    stream: true'];
  const why = sights === undefined ? 'if the gateway streams' : 'it did not work when it was tried';
  return [`    # stream: true # ${why}; add ttft.p95 < 1s below`];
};

/** Where nothing was seen. */
const UNSEEN = '5s';

const latencySlos = (sights: Sights | undefined): readonly string[] => {
  if (sights === undefined) return [`      - p95 < ${UNSEEN} # not measured yet: a first run tells what to promise`];
  const { chat: slowest, firstContent } = sights;
  const first =
    firstContent === undefined
      ? []
      : [`      - ttft.p95 < ${generousLimit(firstContent)} # the first token came after ${roughly(firstContent)}`];
  return [`      - p95 < ${generousLimit(slowest)} # the slowest of a few answers took ${roughly(slowest)}`, ...first];
};

const roughly = (time: Micros): string => formatDuration(fromMillis(Math.max(1, Math.round(time / 1_000))));

const models = (setup: Setup): string =>
  setup.sights?.models === undefined
    ? ''
    : [
        '  models:',
        ...ofTenants(setup),
        load(SIDE_RATE, setup),
        '    endpoint: models',
        EXPECTED,
        `    slo: [p95 < ${generousLimit(setup.sights.models)}, error_rate < 2%]`,
      ].join('\n');

const embeddings = (setup: Setup): string => {
  const seen = setup.sights?.embeddings;
  if (seen === undefined) return '';
  return [
    '  embeddings:',
    ...ofTenants(setup),
    load(SIDE_RATE, setup),
    '    endpoint: embeddings',
    `    body: { model: ${yamlText(templateLiteral(seen.model))}, input: "Ticket \${nonce}" }`,
    EXPECTED,
    `    slo: [p95 < ${generousLimit(seen.took)}, error_rate < 2%]`,
  ].join('\n');
};
