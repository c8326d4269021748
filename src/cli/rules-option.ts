import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, Option } from 'commander';
import { reasonOf } from '../engine/formats/file-source.ts';
import type { RunningRules } from '../engine/rules/rule-engine.ts';
import { ruleFault } from '../engine/rules/rule-fault.ts';
import { failure, type Outcome, success } from '../session/outcome.ts';
import { type RuleSettings, SEED_MAX } from '../workspace/rule.ts';
import { readRulesFile } from '../workspace/rules-file.ts';

/** `--rules` of the commands that pass messages on. */
export function rulesOption(): Option {
  return new Option('--rules <file>', 'rules that change messages on their way (see docs/rules.md)');
}

/** `--seed`, which only has a meaning with rules. */
export function seedOption(): Option {
  return new Option(
    '--seed <number>',
    'where the chances of the rules come from; that of the file without it',
  ).argParser((text) => {
    const seed = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (seed <= SEED_MAX) return seed;
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${SEED_MAX}.`);
  });
}

/** Reads a file of rules; fails with a line for each thing that is wrong with it. */
export async function readRules(path: string, seed: number | undefined): Promise<Outcome<RuleSettings>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return failure('rules-unreadable', `${path} cannot be read: ${reasonOf(error)}.`);
  }
  const read = readRulesFile(text);
  const wrong = read.ok ? faultsIn(read.settings) : read.sentences;
  if (!read.ok || wrong.length > 0) {
    return failure('rules-wrong', [`${path} cannot be used:`, ...wrong.map((sentence) => `  ${sentence}`)].join('\n'));
  }
  return success(seed === undefined ? read.settings : { ...read.settings, seed });
}

/** A line for each rule: how often it fired. */
export function hitLines({ rules, seed }: RuleSettings, running: RunningRules): string {
  const counts = running.counts();
  const lines = rules.map(({ id, name, enabled }) => {
    const { hits, matches } = counts[id] ?? { hits: 0, matches: 0 };
    const of = matches === hits ? '' : ` of ${matches.toLocaleString('en-US')} matches`;
    return `  ${hits.toLocaleString('en-US').padStart(7)} × ${name || id}${of}${enabled ? '' : ' (off)'}`;
  });
  return [`Rules under seed ${seed} fired:`, ...lines].join('\n');
}

function faultsIn({ rules }: RuleSettings): readonly string[] {
  return rules.flatMap((rule, index) => {
    const fault = ruleFault(rule);
    return fault === undefined ? [] : [`Rule ${index + 1} (${JSON.stringify(rule.name || rule.id)}): ${fault}`];
  });
}
