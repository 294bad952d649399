import { isRecord, valueAt } from './config-source.ts';
import { suggestion } from './issue-to-problem.ts';
import type { Reading } from './reading.ts';
import type { Path } from './source-document.ts';

/** The names under `providers`, as written. */
const providerNames = ({ source }: Reading): readonly string[] => {
  const written = valueAt(source.value, ['providers']);
  return isRecord(written) ? Object.keys(written) : [];
};

/** Reports a probe that cannot do without simulated providers where there are none; `why` is a clause. */
export const requireProviders = (
  { at, why }: { readonly at: Path; readonly why: string },
  reading: Reading,
): readonly string[] => {
  const names = providerNames(reading);
  if (names.length === 0)
    reading.report([...at, 'probe'], `needs simulated providers behind the gateway: ${why}`, {
      allowed: 'providers, with at least one',
    });
  return names;
};

/** Reports a name that is not among the providers. */
export const checkProvider = (
  name: string,
  { at, names }: { readonly at: Path; readonly names: readonly string[] },
  { report }: Reading,
): void => {
  if (names.length > 0 && !names.includes(name))
    report(at, `there is no provider "${name}"${suggestion(name, names)}`, { allowed: names.join(', ') });
};
