import type { Api } from '../../bridge/contract.ts';
import type { RULES_METHODS, RuleCount, RulesState } from '../../bridge/methods/rules.ts';
import { readFilter } from '../../session/filter/check.ts';
import { failure, success } from '../../session/outcome.ts';
import { NO_RULES, type RuleSettings, ruleSchema } from '../../workspace/rule.ts';
import { readRulesFile, rulesFileText } from '../../workspace/rules-file.ts';

/** What a test does with the rules of generated data. */
export interface FakeRulesControls {
  /** Lets a rule match so many messages, and fire for so many of them. */
  fire(id: string, matches: number, hits: number): void;
  /** The rules as the engine has them. */
  settings(): RuleSettings;
}

type RulesApi = Pick<Api, keyof typeof RULES_METHODS>;

const SAMPLE: RuleSettings = {
  seed: 42,
  rules: [
    {
      id: 'boot',
      name: 'Reject the first boot',
      direction: 'to-csms' as const,
      filter: 'action == "BootNotification"',
      limits: { atMost: 1 },
      action: { kind: 'answer', payload: { currentTime: '{{now}}', interval: 10, status: 'Rejected' } },
    },
    {
      id: 'meter',
      name: 'Meter values that lie',
      direction: 'to-csms' as const,
      filter: 'action == "TransactionEvent" and payload.eventType == "Updated"',
      action: { kind: 'set', pointer: '/meterValue/0/sampledValue/0/value', value: 0 },
    },
    {
      id: 'slow',
      name: 'Slow CSMS',
      direction: 'to-station' as const,
      limits: { percent: 20 },
      action: { kind: 'delay', ms: 2500, jitterMs: 1500 },
    },
    { id: 'loss', name: 'Lossy line', enabled: false, limits: { percent: 5 }, action: { kind: 'drop' } },
    {
      id: 'strip',
      name: 'Missing fields',
      filter: 'type == call',
      limits: { every: 10 },
      action: { kind: 'corrupt', corruption: { how: 'strip-required' } },
    },
    {
      id: 'fallback',
      name: 'CSMS without 2.1',
      enabled: false,
      action: { kind: 'subprotocols', only: ['ocpp2.0.1', 'ocpp1.6'] },
    },
  ].map((rule) => ruleSchema.parse(rule)),
};

/** Rules without traffic: they fire when a test lets them. */
export function createFakeRules(
  tell: (state: RulesState) => void,
  sample: boolean,
): {
  readonly controls: FakeRulesControls;
  readonly handlers: {
    readonly [N in keyof RulesApi]: (...args: Parameters<RulesApi[N]>) => Awaited<ReturnType<RulesApi[N]>>;
  };
} {
  let settings = sample ? SAMPLE : NO_RULES;
  let counts: Record<string, RuleCount> = sample
    ? { boot: { matches: 1, hits: 1 }, slow: { matches: 1834, hits: 362 }, strip: { matches: 2051, hits: 205 } }
    : {};
  const state = (): RulesState => ({
    settings,
    counts,
    faults: Object.fromEntries(
      settings.rules.flatMap(({ id, filter }) => {
        const wrong = readFilter(filter).problems.find(({ severity }) => severity === 'error');
        return wrong ? [[id, `The filter cannot be used: ${wrong.sentence}`]] : [];
      }),
    ),
  });
  const put = (next: RuleSettings): ReturnType<typeof success<RulesState>> => {
    settings = next;
    tell(structuredClone(state()));
    return success(state());
  };
  return {
    controls: {
      fire(id, matches, hits) {
        const before = counts[id] ?? { matches: 0, hits: 0 };
        counts = { ...counts, [id]: { matches: before.matches + matches, hits: before.hits + hits } };
        tell(structuredClone(state()));
      },
      settings: () => settings,
    },
    handlers: {
      'rules.get': state,
      'rules.put': put,
      'rules.import'(text, how) {
        const read = readRulesFile(text);
        if (!read.ok) return failure('rules-file-wrong', read.sentences.join('\n'));
        const rules = [...settings.rules, ...read.settings.rules];
        return put(how === 'replace' ? read.settings : { seed: settings.seed, rules });
      },
      'rules.export': () => rulesFileText(settings),
      'rules.restart'() {
        counts = {};
        return state();
      },
    },
  };
}
