import { z } from 'zod';
import { configSchema } from './schema.ts';

/** JSON Schema (draft 2020-12) of what may be written in a configuration file, for editors. */
export const configJsonSchema = (): Readonly<Record<string, unknown>> => {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, { io: 'input' });
  return {
    $schema,
    title: 'Gatemark configuration',
    description: 'Scenarios and SLOs of an AI gateway: .github/gatemark.yml',
    ...schema,
  };
};
