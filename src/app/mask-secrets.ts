import type { FailureGroup, Run, ScenarioRun } from '../model/run.ts';
import { maskProbe } from './mask-probe.ts';

/** Shorter values are not masked: replacing every `1` would hide nothing and ruin the report. */
const SHORTEST_SECRET = 4;

const MASK = '***';

/** Nothing that was cut keeps more of a secret than this, in UTF-16 units. */
const LONGEST_REST = 200;

/** What secrets look like in texts, the longest first: as they are, line by line, in a URL, in JSON. */
const formsOf = (secrets: readonly string[]): readonly string[] => {
  const lines = secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/).map((line) => line.trim())]);
  const forms = lines
    .filter((line) => line.length >= SHORTEST_SECRET)
    .flatMap((line) => [line, encodeURIComponent(line), JSON.stringify(line).slice(1, -1)]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
};

/** Replaces every secret in a text. Longer secrets first, so that one inside another leaves no rest behind. */
export const createMask = (secrets: readonly string[]): ((text: string) => string) => {
  const forms = formsOf(secrets);
  return (text) => forms.reduce((masked, form) => masked.replaceAll(form, MASK), text);
};

/** The same for a text that was cut, perhaps within a secret: what then stands before the ellipsis is the beginning of one. */
const createCutMask = (secrets: readonly string[]): ((text: string) => string) => {
  const mask = createMask(secrets);
  const rests = formsOf(secrets).flatMap((form) =>
    Array.from({ length: Math.min(form.length, LONGEST_REST) }, (_, index) => `${form.slice(0, index + 1)}…`),
  );
  const ordered = rests.filter((rest) => rest.length > SHORTEST_SECRET).sort((a, b) => b.length - a.length);
  return (text) => {
    const masked = mask(text);
    return masked.includes('…') ? ordered.reduce((cut, rest) => cut.replaceAll(rest, `${MASK}…`), masked) : masked;
  };
};

/**
 * Masks what a gateway may have echoed into a run: failure texts, request ids, the names of providers and models, and the
 * same in the calls of probes.
 * Done on the run itself and not on its files, where a secret could stand in two pieces or inside encoded counts.
 */
export const maskRun = (run: Run, secrets: readonly string[]): Run => {
  const mask = createCutMask(secrets);
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
  return {
    ...run,
    ending,
    scenarios: run.scenarios.map(maskScenario),
    probes: run.probes.map((probe) => maskProbe(probe, mask)),
  };
};
