import type { ScenarioConfig } from './config.ts';
import { valueAt } from './config-source.ts';
import { checkBody, readEndpoint } from './read-endpoint.ts';
import { readExpect } from './read-expect.ts';
import { type JsonReader, readJson } from './read-json.ts';
import { noiseRequestSchema } from './schema-probe.ts';
import type { Path } from './source-document.ts';

/**
 * Reads `noise_request` of a neighbour probe: the probe's own headers, tenants and timeout with another endpoint and body, of
 * which a 200 is expected. Undefined where there is none, or one that its schema refuses, which has been reported.
 */
export const readNoise = (probe: ScenarioConfig, at: Path, reader: JsonReader): ScenarioConfig | undefined => {
  const { reading } = reader;
  const written = noiseRequestSchema.safeParse(valueAt(reading.source.value, at));
  if (!written.success) return undefined;
  const { endpoint, stream = false, body } = written.data;
  const noise: ScenarioConfig = {
    ...probe,
    probe: undefined,
    endpoint: readEndpoint(endpoint, at, reading),
    stream,
    body: body === undefined ? undefined : readJson(body, [...at, 'body'], reader),
    expect: readExpect([...at, 'expect'], reader),
    slos: [],
  };
  checkBody(noise, at, reading);
  return noise;
};
