import { secretNames } from './secrets-of.ts';
import { SETUP_FILES, type Setup } from './setup.ts';
import { isLocal } from './workflow-file.ts';

/** What is left to do once the files are written, numbered. `folder` is the repository as the user named it. */
export const nextSteps = (setup: Setup, folder: string): string => {
  const at = (path: string): string => shellWord(folder === '.' ? path : `${folder.replace(/\/+$/, '')}/${path}`);
  const git = folder === '.' ? 'git' : `git -C ${shellWord(folder)}`;
  const secrets = secretNames(setup);
  const exported = secrets.length === 0 ? '' : ` (with ${secrets.join(' and ')} in the environment)`;
  const steps = [
    `Try it${exported}: gatemark run --config ${at(SETUP_FILES.config)}`,
    ...secrets.map((name) => `Set the secret ${name} of the repository: gh secret set ${name}`),
    ...(isLocal(setup.gatewayUrl)
      ? [`Have the workflow start your gateway: replace the step in ${at(SETUP_FILES.workflow)}`]
      : []),
    `Commit both: ${git} add ${SETUP_FILES.config} ${SETUP_FILES.workflow}`,
  ];
  return `Next:\n${steps.map((step, index) => `  ${index + 1}. ${step}`).join('\n')}\n`;
};

/** A word of a POSIX shell, in quotes where it needs them. */
const shellWord = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
