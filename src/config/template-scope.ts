import type { Expression, Template } from '../model/template.ts';
import type { TenantConfig } from './config.ts';
import { suggestion } from './issue-to-problem.ts';
import type { Reading } from './reading.ts';
import type { Path } from './source-document.ts';

/** What the templates of one scenario can speak of. */
export interface TemplateScope {
  readonly scenario: string;
  /** Undefined when they could not be read: then nothing is said about their variables. */
  readonly tenants: readonly TenantConfig[] | undefined;
  /** Names under `data`, those with a problem included. */
  readonly lists: readonly string[];
  readonly reading: Reading;
  /** Whether `${prompt}` may stand there. */
  readonly takesPrompts: boolean;
  /** Called with every list that is picked from. */
  readonly onPick: (list: string) => void;
}

/** Reports what a template asks for and this scenario has not got. */
export const checkTemplate = (template: Template, at: Path, scope: TemplateScope): void => {
  for (const part of template) if (typeof part !== 'string') checkExpression(part, at, scope);
};

/** The same for a template of `expect`: what is drawn at random there could not match what was sent. */
export const checkExpectedTemplate = (template: Template, at: Path, scope: TemplateScope): void => {
  checkTemplate(template, at, scope);
  for (const part of template) {
    if (typeof part === 'string' || FIXED.has(part.kind)) continue;
    const allowed = '${env.X}, ${nonce}, ${seq}, ${tenant.id} and ${tenant.VARIABLE}, which are those of the request';
    scope.reading.report(at, `\${${part.kind}} would be drawn anew and never match`, { allowed });
  }
};

const FIXED: ReadonlySet<Expression['kind']> = new Set(['nonce', 'seq', 'tenant']);

const checkExpression = (expression: Expression, at: Path, scope: TemplateScope): void => {
  const { lists, onPick, reading } = scope;
  if (expression.kind === 'prompt' && !scope.takesPrompts)
    reading.report(at, 'only the semantic-cache probe has prompts, for its body', {
      received: '${prompt}',
      allowed: 'the body of a scenario with probe: semantic-cache',
    });
  if (expression.kind === 'tenant') checkVariable(expression.variable, at, scope);
  if (expression.kind !== 'pick') return;
  onPick(expression.list);
  if (!lists.includes(expression.list))
    reading.report(at, `there is no list "${expression.list}" under data${suggestion(expression.list, lists)}`, {
      received: `\${pick ${expression.list}}`,
      allowed: lists.length === 0 ? 'a list defined under data' : lists.join(', '),
    });
};

const checkVariable = (variable: string, at: Path, { scenario, tenants, reading }: TemplateScope): void => {
  const received = `\${tenant.${variable}}`;
  if (tenants?.length === 0)
    reading.report(at, `the scenario "${scenario}" has no tenants`, { received, allowed: 'a scenario with tenants' });
  if (variable === 'id') return;
  for (const tenant of tenants ?? []) {
    if (Object.hasOwn(tenant.vars, variable)) continue;
    const known = Object.keys(tenant.vars);
    reading.report(at, `the tenant "${tenant.id}" has no variable "${variable}"${suggestion(variable, known)}`, {
      received,
      allowed: ['id', ...known].map((name) => `\${tenant.${name}}`).join(', '),
    });
  }
};
