import type { Problem } from '../model/errors.ts';

/** One line a problem: `gatemark.yml:12: scenarios.chat.load.rate: message; received 20; allowed: 20/s or 600/m`. Empty for none. */
export const formatProblems = (problems: readonly Problem[]): string => problems.map(formatProblem).join('\n');

const formatProblem = ({ file, line, path, message, received, allowed }: Problem): string => {
  const place = [line === undefined ? file : `${file}:${line}`, ...(path === '' ? [] : [path])].join(': ');
  const tail = [
    ...(received === undefined ? [] : [`received ${received}`]),
    ...(allowed === undefined ? [] : [`allowed: ${allowed}`]),
  ];
  return [`${place}: ${message}`, ...tail].join('; ');
};
