import type { ScenarioPlan } from '../model/plan.ts';
import type { Expression, JsonTemplate, Template } from '../model/template.ts';
import { estimateTokens } from '../wire/tokens.ts';

type Lists = Readonly<Record<string, readonly string[]>>;

/**
 * Tokens that one request of a scenario can cost at most: its longest body at four characters a token (as the run itself
 * counts where a gateway reports no usage), and its maximum of completion tokens. 0 where the endpoint takes no prompt.
 */
export const worstCaseTokens = (scenario: ScenarioPlan, lists: Lists): number => {
  const { body, endpoint, maxCompletionTokens } = scenario;
  const hasPrompt = body !== undefined && endpoint !== 'models' && endpoint !== 'custom';
  return (hasPrompt ? estimateTokens(longestJson(body, { scenario, lists })) : 0) + maxCompletionTokens;
};

/** Characters of a prompt of the semantic-cache probe; about. */
const LONGEST_PROMPT = 200;

interface Scope {
  readonly scenario: ScenarioPlan;
  readonly lists: Lists;
}

const longestJson = (json: JsonTemplate, scope: Scope): number => {
  if (typeof json !== 'object' || json === null) return String(json).length;
  if ('template' in json) return 2 + longestText(json.template, scope);
  if ('array' in json) return 2 + sum(json.array.map((item) => 1 + longestJson(item, scope)));
  return 2 + sum(json.object.map(([key, value]) => key.length + 4 + longestJson(value, scope)));
};

const longestText = (template: Template, scope: Scope): number =>
  sum(template.map((part) => (typeof part === 'string' ? part.length : longestValue(part, scope))));

/** Characters that an expression can come to at most; for `text`, about. */
const longestValue = (expression: Expression, { scenario, lists }: Scope): number => {
  switch (expression.kind) {
    case 'uuid':
      return 36;
    case 'nonce':
      return 18;
    case 'seq':
      return 7;
    case 'int':
      return Math.max(String(expression.min).length, String(expression.max).length);
    case 'prompt':
      return LONGEST_PROMPT;
    case 'text':
      return expression.tokens * 4;
    case 'pick':
      return longest(lists[expression.list] ?? []);
    case 'tenant':
      return longest(scenario.tenants.map(({ id, vars }) => String(vars[expression.variable] ?? id)));
  }
};

const longest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, text.length), 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
