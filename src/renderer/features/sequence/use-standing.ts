import { useEffect, useState } from 'react';
import type { EntryDetail, TimelineRow } from '../../../session/timeline.ts';
import { useWorkbench } from '../../app/workbench.ts';
import type { Standing } from './arrows.ts';

/**
 * Where Plugscope stands on each link of the rows on screen. A row does not say; it is asked for once a link, and taken
 * for between both until then.
 */
export function useStanding(rows: readonly TimelineRow[]): (link: number) => Standing {
  const { api, facts } = useWorkbench();
  const [known, setKnown] = useState<{ readonly session: string; readonly links: ReadonlyMap<number, Standing> }>({
    session: '',
    links: new Map(),
  });
  const session = facts.getState().session?.path ?? '';
  const links = known.session === session ? known.links : new Map<number, Standing>();
  const unknown = rows.find(({ link, kind }) => kind === 'frame' && !links.has(link));
  const [entry, link] = [unknown?.entry, unknown?.link];
  useEffect(() => {
    if (entry === undefined || link === undefined) return;
    let gone = false;
    const note = (standing: Standing): void => {
      if (gone) return;
      setKnown((before) => ({
        session,
        links: new Map(before.session === session ? before.links : []).set(link, standing),
      }));
    };
    api()
      ?.['entry.get'](entry)
      .then(
        (detail) => note(detail ? standingOf(detail) : 'between'),
        () => note('between'),
      );
    return () => {
      gone = true;
    };
  }, [api, entry, link, session]);
  return (of) => links.get(of) ?? 'between';
}

/** Where Plugscope stands on the link of an entry: a proxied link has another leg. */
export function standingOf({ link, otherLeg }: Pick<EntryDetail, 'link' | 'otherLeg'>): Standing {
  if (otherLeg !== undefined) return 'between';
  return link.peer === 'station' ? 'as-csms' : 'as-station';
}
