import type { FailureGroup, Run, ScenarioRun } from '../model/run.ts';

/** Shorter values are not masked: replacing every `1` would hide nothing and ruin the report. */
const SHORTEST_SECRET = 4;

const MASK = '***';

/** Replaces every secret in a text. Longer secrets first, so that one inside another leaves no rest behind. */
export const createMask = (secrets: readonly string[]): ((text: string) => string) => {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  const ordered = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
};

/**
 * Masks what a gateway may have echoed into a run: failure texts, request ids, and the names of providers and models.
 * Done on the run itself and not on its files, where a secret could stand in two pieces or inside encoded counts.
 */
export const maskRun = (run: Run, secrets: readonly string[]): Run => {
  const mask = createMask(secrets);
  const maskKeys = (counts: Readonly<Record<string, number>>): Record<string, number> => {
    const masked: Record<string, number> = {};
    for (const [name, count] of Object.entries(counts)) masked[mask(name)] = (masked[mask(name)] ?? 0) + count;
    return masked;
  };
  const maskFailure = (group: FailureGroup): FailureGroup => ({
    ...group,
    detail: mask(group.detail),
    requestId: group.requestId === undefined ? undefined : mask(group.requestId),
  });
  const maskScenario = (scenario: ScenarioRun): ScenarioRun => ({
    ...scenario,
    failures: scenario.failures.map(maskFailure),
    slices: scenario.slices.map((slice) => ({
      ...slice,
      blocks: slice.blocks.map((block) => ({
        ...block,
        counts: {
          ...block.counts,
          providers: maskKeys(block.counts.providers),
          models: maskKeys(block.counts.models),
        },
      })),
    })),
  });
  const ending =
    run.ending.kind === 'unreachable' || run.ending.kind === 'aborted'
      ? { ...run.ending, reason: mask(run.ending.reason) }
      : run.ending;
  return { ...run, ending, scenarios: run.scenarios.map(maskScenario) };
};
