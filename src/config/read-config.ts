import type { Problem } from '../model/errors.ts';
import type { Config } from './config.ts';
import { isRecord, layerSource, type Overrides, valueAt } from './config-source.ts';
import { DEFAULTS } from './defaults.ts';
import { interpret, type Surroundings } from './interpret.ts';
import { listed, suggestion } from './issue-to-problem.ts';
import { displayValue, formatPath, isSameProblem, sortProblems } from './problem-list.ts';
import { profileSchema } from './schema.ts';
import { NAME, NAME_ALLOWED } from './schema-fields.ts';
import { type Path, readDocument, type SourceDocument } from './source-document.ts';

/** A configuration file, and all that is needed to read it. */
export interface ConfigInput extends Surroundings {
  /** The file as the user named it, for messages. */
  readonly file: string;
  /** Its text, YAML 1.2. */
  readonly text: string;
  /** As chosen; undefined = `pr`. */
  readonly profile: string | undefined;
  readonly overrides: Overrides;
}

/**
 * A configuration, or everything that is wrong with it. `secrets` are the values that must be masked wherever text leaves
 * the program, longest first: all that came from `${env.X}`, and the credentials of the gateway's URL (the rest of the
 * URL is none).
 */
export type ConfigResult =
  | {
      readonly ok: true;
      readonly config: Config;
      readonly secrets: readonly string[];
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly secrets: readonly string[] };

/**
 * Reads a configuration file with its profile and overrides. All problems are reported together: those of the text, of the
 * configuration in force, and those that each of the other profiles would bring.
 */
export const readConfig = (input: ConfigInput): ConfigResult => {
  const { file, overrides } = input;
  const document = readDocument(input.text);
  const syntax = document.problems.map((problem): Problem => ({ file, path: '', allowed: undefined, ...problem }));
  const isReadable = syntax.length === 0 || document.value !== undefined;
  if (!isReadable) return { ok: false, problems: sortProblems(syntax, file), secrets: [] };
  const profile = input.profile ?? DEFAULTS.profile;
  const { env, checkDialect } = input;
  const surroundings = { env, readFile: rememberingFiles(input.readFile), checkDialect };
  const inForce = interpret(layerSource({ file, document, profile, overrides }), profile, surroundings);
  const found = inForce.problems.all;
  const ofProfiles = problemsOfProfiles(document, profile, file);
  const others = profilesOf(document)
    .filter((name) => name !== profile)
    .flatMap((name) => problemsWith(name, { document, file, overrides, surroundings, found }));
  // A key that no profile may have is not judged by what it would do.
  const judged = [...found, ...others].filter(({ path }) => !ofProfiles.some((other) => other.path === path));
  const problems = withoutRepeats([...syntax, ...ofProfiles, ...judged]);
  const { config, secrets, warnings } = inForce;
  if (problems.length > 0) return { ok: false, problems: sortProblems(problems, file), secrets };
  return { ok: true, config, secrets, warnings };
};

const rememberingFiles = (readFile: Surroundings['readFile']): Surroundings['readFile'] => {
  const known = new Map<string, string | undefined>();
  return (path) => {
    if (!known.has(path)) known.set(path, readFile(path));
    return known.get(path);
  };
};

const profilesOf = ({ value }: SourceDocument): readonly string[] => {
  const profiles = valueAt(value, ['profiles']);
  return isRecord(profiles) ? Object.keys(profiles).filter((name) => isRecord(profiles[name])) : [];
};

/** What is wrong with `profiles` itself, and with the choice. What stands in a profile is judged as laid over the file. */
const problemsOfProfiles = (document: SourceDocument, chosen: string, file: string): readonly Problem[] => {
  const problems: Problem[] = [];
  const report = (path: Path, message: string, allowed: string | undefined): void => {
    const received = displayValue(valueAt(document.value, path));
    problems.push({ file, line: document.lineOf(path), path: formatPath(path), message, received, allowed });
  };
  const written = valueAt(document.value, ['profiles']);
  if (written !== undefined && !isRecord(written))
    report(['profiles'], 'must be a map from names to their settings', undefined);
  const profiles = isRecord(written) ? written : {};
  const names = Object.keys(profiles);
  for (const name of names) {
    if (!NAME.test(name)) report(['profiles', name], 'is not a name', NAME_ALLOWED);
    const keys = Object.keys(profileSchema.shape);
    if (!isRecord(profiles[name])) report(['profiles', name], 'must be a map of keys and values', keys.join(', '));
    else
      for (const key of Object.keys(profiles[name]).filter((each) => !keys.includes(each)))
        report(['profiles', name, key], `unknown key "${key}"${suggestion(key, keys)}`, keys.join(', '));
  }
  const known = [...new Set([DEFAULTS.profile, ...names])];
  if (!known.includes(chosen))
    problems.push({
      file,
      line: document.lineOf(['profiles']),
      path: 'profiles',
      message: `there is no profile "${chosen}"${suggestion(chosen, known)}`,
      received: displayValue(chosen),
      allowed: listed(known),
    });
  return problems;
};

interface Elsewhere {
  readonly document: SourceDocument;
  readonly file: string;
  readonly overrides: Overrides;
  readonly surroundings: Surroundings;
  /** The problems of the profile in force. */
  readonly found: readonly Problem[];
}

/** The problems that another profile would bring. Its variables may well be set only where it is used. */
const problemsWith = (
  name: string,
  { document, file, overrides, surroundings, found }: Elsewhere,
): readonly Problem[] => {
  const { env } = surroundings;
  const source = layerSource({ file, document, profile: name, overrides });
  const { problems } = interpret(source, name, { ...surroundings, env: (variable) => env(variable) || UNSET });
  const own = formatPath(['profiles', name]);
  return problems.all
    .filter((problem) => !found.some((other) => isSameProblem(problem, other)))
    .map((problem) => {
      const isInside = problem.path === own || problem.path.startsWith(`${own}.`);
      return isInside ? problem : { ...problem, message: `with the profile "${name}": ${problem.message}` };
    });
};

/** Stands in for a variable of another profile; a URL, because that is what a variable most often is a whole value of. */
const UNSET = 'http://unset.invalid';

const withoutRepeats = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter((problem, index) => problems.findIndex((other) => isSameProblem(problem, other)) === index);
