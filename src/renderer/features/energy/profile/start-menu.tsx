import { FilePlus2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ProfileDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { DraftFacts, InstalledSummary } from '../../../../session/energy/profile-draft/facts.ts';
import type { Outcome } from '../../../../session/outcome.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { Button } from '../../../components/button.tsx';
import { Menu, MenuGroup, MenuItem } from '../../../components/menu.tsx';
import { draftOfInstalled, newDraft } from './beginnings.ts';

/** Installed profiles that are offered at most. */
const OFFERED = 40;

function placeOf({ evseId, version }: InstalledSummary): string {
  return evseId === 0 ? 'station' : `${version === '1.6' ? 'connector' : 'EVSE'} ${evseId}`;
}

/** What to draw next: a new profile, or one that the station has. */
export function StartMenu({
  facts,
  evseId,
  onStart,
}: {
  facts: DraftFacts | null;
  evseId: number | null;
  onStart: (draft: Outcome<ProfileDraft>) => void;
}): ReactNode {
  const { api } = useWorkbench();
  const load = async (summary: InstalledSummary): Promise<void> => {
    const entry = typeof summary.source === 'number' ? summary.source : 0;
    const detail = await (api()
      ?.['entry.get'](entry)
      .catch(() => null) ?? null);
    onStart(draftOfInstalled(detail, summary));
  };
  return (
    <Menu
      trigger={
        <Button disabled={facts === null} title="Start with a new profile, or with one that is installed">
          <FilePlus2 size={14} aria-hidden />
          Start
        </Button>
      }
    >
      <MenuItem onClick={() => facts && onStart({ ok: true, value: newDraft(facts, evseId) })}>New profile</MenuItem>
      {facts && facts.installed.length > 0 && (
        <MenuGroup label="Installed">
          {facts.installed.slice(-OFFERED).map((each) => (
            <MenuItem key={`${each.evseId} ${each.id} ${String(each.source)}`} onClick={() => load(each)}>
              {`${each.id}: ${each.purpose}, level ${each.stackLevel}, ${placeOf(each)}`}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
    </Menu>
  );
}
