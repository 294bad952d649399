// Writes schema/gatemark.schema.json from the zod schema: node scripts/generate-schema.ts
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema } from '../src/config/json-schema.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'schema/gatemark.schema.json');
mkdirSync(join(root, 'schema'), { recursive: true });
writeFileSync(file, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
// As the repository formats JSON, so that the formatter has nothing to say about a generated file.
execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', file], { stdio: 'inherit' });
