import { formatDuration } from '../config/quantities.ts';
import { templateLiteral } from '../config/template-literal.ts';
import { fromSeconds, type Micros, micros } from '../model/units.ts';
import type { Setup, Sights } from './setup.ts';
import { yamlText } from './yaml-text.ts';

/** The probes of cache and limit, as scenarios; commented out where the gateway showed nothing that they could measure. */
export const probeBlocks = (setup: Setup): readonly string[] => [cacheBlock(setup), rateLimitBlock(setup)];

/** What a probe of a limit may take at most, of a small one. */
const MOST_REQUESTS = 500;
const LONGEST_WINDOW = fromSeconds(60);

/** What the probe of the stated limit needs of the run's limits: nothing when it is left out. */
export const rateLimitNeeds = (
  sights: Sights | undefined,
): { readonly requests: number; readonly duration: Micros } => {
  const limit = measurableLimit(sights);
  if (limit === undefined) return { requests: 0, duration: fromSeconds(0) };
  // Up to six bursts and questions, in up to four windows.
  return { requests: 200 + 6 * limit.requests, duration: micros(4 * limit.window) };
};

const measurableLimit = (
  sights: Sights | undefined,
): { readonly requests: number; readonly window: Micros } | undefined => {
  const { requests, window } = sights?.limit ?? {};
  if (requests === undefined || window === undefined) return undefined;
  return requests <= MOST_REQUESTS && window > 0 && window <= LONGEST_WINDOW ? { requests, window } : undefined;
};

/** The probe of the cache sends about as many within seconds. */
const CACHE_REQUESTS = 120;

const cacheBlock = (setup: Setup): string => {
  const { caches = false, limit } = setup.sights ?? {};
  const hasRoom = limit === undefined || limit.requests >= CACHE_REQUESTS;
  const block = [
    '  cache:',
    '    probe: cache',
    ...tenantLine(setup),
    '    endpoint: chat',
    '    body:',
    `      model: ${yamlText(templateLiteral(setup.model))}`,
    '      temperature: 0',
    '      messages: [{ role: user, content: "How do I pay? ${nonce}" }]',
    '      max_tokens: 16',
    '    slo:',
    '      - cache.hit_rate >= 95%',
    '      - cache.false_hits == 0',
    '      # - cache.amplification <= 2 # upstream calls for a crowd of identical requests',
  ];
  if (caches && hasRoom) return ['  # The gateway answered the same chat from its cache.', ...block].join('\n');
  const why = caches
    ? `The gateway's cache could be probed; that takes about ${CACHE_REQUESTS} requests at once, more than its limit allows.`
    : 'Does the cache hit when it should, and only then? For a gateway that says so.';
  return commented(why, block);
};

const rateLimitBlock = (setup: Setup): string => {
  const stated = setup.sights?.limit;
  const limit = measurableLimit(setup.sights);
  const requests = stated?.requests ?? 60;
  const slack = Math.max(1, Math.round(requests / 20));
  const block = [
    '  quota:',
    '    probe: rate-limit',
    ...tenantLine(setup),
    `    limit: ${requests}`,
    `    window: ${formatDuration(stated?.window ?? fromSeconds(60))}`,
    '    endpoint: chat',
    '    body:',
    `      model: ${yamlText(templateLiteral(setup.model))}`,
    '      messages: [{ role: user, content: "hello ${nonce}" }]',
    '      max_tokens: 16',
    '    slo:',
    `      - limit.admitted in ${requests - slack}..${requests + slack}`,
    '      - limit.unexpected_status == 0',
  ];
  if (limit !== undefined) return ['  # The gateway stated this limit.', ...block].join('\n');
  const why =
    stated === undefined
      ? 'Does a limit admit what it says? With its numbers, and room in `limits`.'
      : `The gateway stated a limit of ${requests} requests: look up its window, and make room in \`limits\`.`;
  return commented(why, block);
};

const tenantLine = ({ tenants: [first] }: Setup): readonly string[] =>
  first === undefined ? [] : [`    tenant: ${yamlText(first)}`];

const commented = (why: string, block: readonly string[]): string =>
  [`  # ${why}`, ...block.map((line) => `  # ${line.slice(2).replace('# - ', '- ')}`)].join('\n');
