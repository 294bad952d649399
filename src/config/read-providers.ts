import type { ProviderConfig } from './config.ts';
import { DEFAULTS } from './defaults.ts';
import { type Reading, readMap, readNames } from './reading.ts';
import { providerSchema } from './schema.ts';
import type { Path } from './source-document.ts';

/** Reads `providers`. One without a usable address is reported and left out. */
export const readProviders = (reading: Reading): readonly ProviderConfig[] => {
  const providers: ProviderConfig[] = [];
  for (const name of readNames(['providers'], reading)) {
    const at: Path = ['providers', name];
    const read = readMap({ schema: providerSchema, at }, reading);
    const latency = read.latency ?? DEFAULTS.provider.latency;
    if (latency.p95 < latency.p50)
      reading.report([...at, 'latency'], 'the p95 is below the p50', { allowed: 'p50 at most p95' });
    if (read.listen === undefined) continue;
    const { host, port } = read.listen;
    const twin = providers.find(({ listen }) => port !== 0 && listen.host === host && listen.port === port);
    if (twin !== undefined) reading.report([...at, 'listen'], `is the address of "${twin.name}" as well`);
    providers.push({
      name,
      listen: read.listen,
      latency,
      outputTokens: read.output_tokens ?? DEFAULTS.provider.outputTokens,
      tokenInterval: read.token_interval ?? DEFAULTS.provider.tokenInterval,
    });
  }
  return providers;
};
