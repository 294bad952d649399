import type { TenantConfig } from './config.ts';
import { displayValue } from './problem-list.ts';
import { readHeaders } from './read-headers.ts';
import { type Reading, readMap, readNames, readPlainText, readScalars } from './reading.ts';
import { tenantSchema } from './schema.ts';
import { NAME, NAME_ALLOWED } from './schema-fields.ts';
import type { Path } from './source-document.ts';

/** Reads `tenants`. A variable that cannot be read is reported and stands empty. */
export const readTenants = (reading: Reading): readonly TenantConfig[] =>
  readNames(['tenants'], reading).map((id) => {
    const at: Path = ['tenants', id];
    readMap({ schema: tenantSchema, at, except: ['headers', 'vars'] }, reading);
    const written = readScalars([...at, 'vars'], reading);
    const vars = written.map(([name, value]) => [name, readVariable(name, value, { at, reading })] as const);
    return {
      id,
      headers: readHeaders([...at, 'headers'], reading),
      vars: Object.fromEntries(vars),
      sources: Object.fromEntries(written),
    };
  });

type Variable = string | number | boolean;

const readVariable = (name: string, value: Variable, { at, reading }: { at: Path; reading: Reading }): Variable => {
  const place = [...at, 'vars', name];
  if (name === 'id')
    reading.report(place, 'the variable id is the name of the tenant itself', { allowed: 'any other name' });
  else if (!NAME.test(name))
    reading.report(place, 'is not a name', { received: displayValue(name), allowed: NAME_ALLOWED });
  return typeof value === 'string' ? (readPlainText(value, place, reading) ?? '') : value;
};
