import type { ChargingView } from './charging-context.ts';
import type { Expected, Suspect } from './expected.ts';
import { profileWords } from './profile-words.ts';
import type { ReportedComposite } from './reported-composite.ts';
import { linked, type Sentence, type SentencePart } from './sentence.ts';

/** Profiles that were gone before, which are tried as an explanation. */
const GONE_MAX = 10;

/** What would come out if a station did not apply one profile, or still applied one that is gone. */
export function suspectsOf(
  view: ChargingView,
  reported: ReportedComposite,
  { installed, pieces, hasSay }: Pick<Expected, 'installed' | 'pieces' | 'hasSay'>,
): readonly Suspect[] {
  const ignored = installed
    .filter(({ profile }) => hasSay(profile))
    .map((each): Suspect => {
      const rest = installed.filter((other) => other !== each);
      const words = profileWords(each.profile, each.origin);
      return {
        pieces: pieces(rest),
        words: [...words, ' seems not to be applied'],
        partly: ['as it would be without ', ...words],
      };
    });
  const gone = view.charging.history
    .endedBefore(reported.askedAt, GONE_MAX)
    .filter(({ profile }) => hasSay(profile))
    .map((each): Suspect => {
      const rest = installed.filter(({ profile }) =>
        each.end?.why !== 'replaced' && each.end?.why !== 'updated' ? true : profile.id !== each.profile.id,
      );
      const end: SentencePart = linked(each.end?.why ?? 'gone', each.end?.entry ?? 0);
      const words: Sentence = [...profileWords(each.profile, each.origin), ', ', end, ','];
      return {
        pieces: pieces([...rest, each]),
        words: [...words, ' seems to be applied still'],
        partly: ['as it would be with ', ...words.slice(0, -1)],
      };
    });
  return [...ignored, ...gone];
}
