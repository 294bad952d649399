import type { Slo } from '../model/slo.ts';
import type { ScenarioConfig } from './config.ts';
import { suggestion } from './issue-to-problem.ts';
import type { Reading } from './reading.ts';
import type { Path } from './source-document.ts';

/** What an SLO can be about in one scenario. */
export interface SloScope {
  readonly scenario: Pick<ScenarioConfig, 'name' | 'stream' | 'tenants' | 'probe'>;
  /** True for an arrival in steps; undefined when the load could not be read. */
  readonly isInSteps: boolean | undefined;
}

/** Reports SLOs that this scenario could never measure. */
export const checkSlos = (slos: readonly (Slo | undefined)[], at: Path, scope: SloScope, { report }: Reading): void => {
  slos.forEach((slo, index) => {
    if (slo === undefined) return;
    const place = [...at, index];
    const fault = faultOf(slo, scope);
    if (fault !== undefined) report(place, fault.message, { allowed: fault.allowed });
    const isRepeated = slos.findIndex((other) => other?.text === slo.text) < index;
    if (isRepeated) report(place, 'is given twice');
  });
};

interface Fault {
  readonly message: string;
  readonly allowed: string | undefined;
}

const faultOf = ({ tenant, subject }: Slo, { scenario, isInSteps }: SloScope): Fault | undefined => {
  if (tenant !== undefined && !scenario.tenants.includes(tenant))
    return {
      message: `the scenario "${scenario.name}" has no tenant "${tenant}"${suggestion(tenant, scenario.tenants)}`,
      allowed: scenario.tenants.length === 0 ? 'a scenario with tenants' : scenario.tenants.join(', '),
    };
  if (subject.kind === 'knee' && isInSteps === false)
    return { message: 'knee needs a load in steps', allowed: 'load: {steps: {from, to, by, hold}}' };
  if (subject.kind === 'probe' && scenario.probe === undefined)
    return { message: `${subject.name} is measured by a probe only`, allowed: 'a scenario with probe' };
  const isOfStreams =
    (subject.kind === 'quantile' && ['ttft', 'itl', 'tpot', 'ttft-overhead'].includes(subject.metric)) ||
    (subject.kind === 'tally' && 'errorClass' in subject.of && subject.of.errorClass === 'truncated');
  if (isOfStreams && !scenario.stream && scenario.probe === undefined)
    return { message: 'is measured on streams only, and this scenario does not stream', allowed: 'stream: true' };
  return undefined;
};
