// Writes schema/report.schema.json from the zod schema of report.json; a test fails when the two differ.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportJsonSchemaDocument } from '../src/report/report-json-schema.ts';

const path = join(import.meta.dirname, '../schema/report.schema.json');
writeFileSync(path, `${JSON.stringify(reportJsonSchemaDocument(), null, 2)}\n`);
