import { z } from 'zod';
import { ENDPOINTS } from '../model/plan.ts';
import { text } from './schema-fields.ts';

const customEndpoint = z.strictObject({
  method: text().describe('HTTP method, such as GET or POST.'),
  path: text().describe(
    'Path and query, starting with a slash; behind the path of the gateway URL. ${env.X} may stand in it.',
  ),
});

/** What is called. */
export const endpointSchema = z.union([z.enum(ENDPOINTS), customEndpoint]);
