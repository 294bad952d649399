import type { Dialect } from '../model/dialect.ts';
import { PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * Azure API Management with its LLM policies. Cache, provider and limits are headers of the operator's choice: configure
 * them. 429 is a rate that was exceeded, 403 a quota that is used up, both with `Retry-After` unless it was renamed.
 *
 * Policies: learn.microsoft.com/azure/api-management/llm-token-limit-policy.
 */
export const azureApim: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'azure-apim',
  rejections: { rate: [429], quota: [403] },
};

/** What it can be told by. Azure OpenAI sends the first ones without a gateway of one's own, too. */
export const azureApimMarks: readonly Mark[] = [
  { header: 'apim-request-id' },
  { header: 'x-ms-region' },
  { header: 'request-context', value: 'appid=' },
  { body: 'statusCode' },
];
