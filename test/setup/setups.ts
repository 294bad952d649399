import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import type { Setup, Sights } from '../../src/setup/setup.ts';

/** A gateway that chats and streams, and shows nothing else. */
export const sights = (overrides: Partial<Sights> = {}): Sights => ({
  chat: fromMillis(430),
  firstContent: fromMillis(150),
  models: undefined,
  embeddings: undefined,
  caches: false,
  limit: undefined,
  ...overrides,
});

/** What `gatemark init --gateway-url http://127.0.0.1:8080 --yes` makes of such a gateway. */
export const setup = (overrides: Partial<Setup> = {}): Setup => ({
  gatewayUrl: 'http://127.0.0.1:8080',
  baselineUrl: undefined,
  apiKeyEnv: undefined,
  headers: [],
  model: 'gpt-4o-mini',
  dialect: 'generic',
  tenants: [],
  baseline: 'stored',
  sights: sights(),
  ...overrides,
});

/** Everything that a gateway can show. */
export const ALL_SIGHTS = sights({
  models: fromMillis(20),
  embeddings: { model: 'text-embedding-3-small', took: fromMillis(700) },
  caches: true,
  limit: { requests: 300, window: fromSeconds(60) },
});

/** Every kind of file that there is, by what makes it different. */
export const SETUPS: Readonly<Record<string, Setup>> = {
  default: setup(),
  'not-asked': setup({ sights: undefined }),
  everything: setup({
    apiKeyEnv: 'GATEWAY_KEY',
    headers: [
      ['x-plan', 'pro'],
      ['x-api-key', 'sk-very-secret'],
    ],
    tenants: ['free', 'pro'],
    dialect: 'litellm',
    sights: ALL_SIGHTS,
  }),
  'live-not-asked': setup({ baseline: 'live', sights: undefined }),
  live: setup({ baseline: 'live', apiKeyEnv: 'GATEWAY_KEY' }),
  'live-elsewhere': setup({
    baseline: 'live',
    gatewayUrl: 'https://pr.gateway.example/v1',
    baselineUrl: 'https://main.gateway.example/v1',
  }),
  none: setup({ baseline: 'none', gatewayUrl: 'https://gateway.example' }),
  'no-stream': setup({ sights: sights({ firstContent: undefined }) }),
  'limit-without-window': setup({ sights: sights({ limit: { requests: 1_000_000, window: undefined } }) }),
  'small-limit': setup({
    sights: sights({ limit: { requests: 20, window: fromSeconds(60) }, models: fromMillis(2), caches: true }),
  }),
};
