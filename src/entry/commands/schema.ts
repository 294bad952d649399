import { Argument, Command } from 'commander';
import { configJsonSchema } from '../../config/json-schema.ts';
import { reportJsonSchemaDocument } from '../../report/report-json-schema.ts';

const SCHEMAS = { config: configJsonSchema, report: reportJsonSchemaDocument } as const;

/** `gatemark schema`: the JSON Schemas that also lie in schema/. */
export const schemaCommand = (): Command =>
  new Command('schema')
    .description('print the JSON Schema of the configuration, or of report.json')
    .addArgument(new Argument('[which]', 'which schema').choices(Object.keys(SCHEMAS)).default('config'))
    .action((which: keyof typeof SCHEMAS) => {
      process.stdout.write(`${JSON.stringify(SCHEMAS[which](), null, 2)}\n`);
    });
