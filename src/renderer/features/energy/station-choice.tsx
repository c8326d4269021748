import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { stationOf } from '../../app/energy-choice.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Choice } from '../../components/choice.tsx';
import { SearchChoice } from '../../components/search-choice.tsx';

/** Which station, and which EVSE of it. */
export function StationChoice(): ReactNode {
  const { energy } = useWorkbench();
  const board = useStore(energy.state);
  const station = stationOf(board);
  const place = station?.version === '1.6' ? 'Connector' : 'EVSE';
  return (
    <>
      <SearchChoice
        label="Station"
        none="Latest station"
        options={(board.overview?.stations ?? []).map((one) => one.station)}
        value={board.station}
        shown={(name) => visibleLine(name, 60)}
        onChange={(name) => {
          const latest = board.overview?.stations.toSorted((a, b) => b.to - a.to)[0];
          const next = name ?? latest?.station;
          if (next !== undefined) energy.chooseStation(next);
        }}
      />
      {station && station.evses.length > 0 && (
        <Choice
          label={place}
          none="Whole station"
          options={station.evses.map((id) => ({ value: String(id), label: `${place} ${id}` }))}
          value={board.evseId === null ? null : String(board.evseId)}
          onChange={(id) => energy.chooseEvse(id === null ? null : Number(id))}
        />
      )}
    </>
  );
}
