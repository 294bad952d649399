// Writes schema/gatemark.schema.json from the zod schema: node scripts/generate-schema.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema } from '../src/config/json-schema.ts';

const folder = join(import.meta.dirname, '../schema');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'gatemark.schema.json'), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
