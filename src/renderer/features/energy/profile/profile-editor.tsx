import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Group, Panel, useDefaultLayout } from 'react-resizable-panels';
import { useStore } from 'zustand';
import type { JsonObject } from '../../../../ocpp/json.ts';
import type { ProfileDraft } from '../../../../session/energy/profile-draft/draft.ts';
import { type Edit, edited } from '../../../../session/energy/profile-draft/edits.ts';
import { draftFindings } from '../../../../session/energy/profile-draft/findings.ts';
import { toPayload } from '../../../../session/energy/profile-draft/payload.ts';
import type { DraftPicture } from '../../../../session/energy/profile-draft/picture.ts';
import { LEVEL_STEP } from '../../../../session/energy/profile-draft/snap.ts';
import { SEVERITIES } from '../../../../session/finding.ts';
import type { Outcome } from '../../../../session/outcome.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { Notice } from '../../../components/notice.tsx';
import { PaneSeparator } from '../../../components/pane-separator.tsx';
import { undoKeys } from '../../../components/undo.tsx';
import { useEnergyQuestion } from '../use-energy-question.ts';
import { newDraft } from './beginnings.ts';
import { Checks, Limits, useViolations } from './checks.tsx';
import { EditorBar } from './editor-bar.tsx';
import { PeriodDetails } from './period-details.tsx';
import { PeriodTable } from './period-table.tsx';
import { Plot } from './plot.tsx';
import { keyEdits } from './plot-keys.ts';
import { PlotLegend } from './plot-legend.tsx';
import css from './profile-editor.module.css';
import { ProfileForm } from './profile-form.tsx';
import { Sending } from './sending.tsx';
import { StartMenu } from './start-menu.tsx';
import { useAsked } from './use-asked.ts';
import { useDrafting } from './use-drafting.ts';
import { useNow } from './use-now.ts';

const ELECTRICS = { current: 'AC', voltage: 230 } as const;
const PANELS = ['profile-drawing', 'profile-side'];

/** Draws a charging profile, shows what it would come to, and sends it. */
export function ProfileEditor(): ReactNode {
  const { energy } = useWorkbench();
  const drafting = useDrafting();
  const { state, edit, start, set } = drafting;
  const { history, version, schedule: index, minutes, span, from } = state;
  const [preview, setPreview] = useState<Edit | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const station = useStore(energy.state, (board) => board.station);
  const evseId = useStore(energy.state, (board) => board.evseId);
  const known = useStore(energy.state, ({ overview }) => overview?.stations.find((one) => one.station === station));
  const now = useNow(known?.to);
  const kept = history?.present;
  const draft = useMemo(() => (kept && preview ? edited(kept, preview) : kept), [kept, preview]);
  const payload = useMemo(() => (draft ? toPayload(draft, version) : NOTHING), [draft, version]);

  // The version of the station, until the user says otherwise.
  const stationVersion = known?.version;
  useEffect(() => {
    if (stationVersion && station !== state.station) set({ station, version: stationVersion });
  }, [station, stationVersion, state.station, set]);

  const [latest, setLatest] = useState<DraftPicture | null>(null);
  const asked = useAsked({ station, evseId, draft, payload, version, schedule: index, now, span, from, latest });
  const { answer, failure } = useEnergyQuestion('energy.draft', asked.ask);
  if (answer !== latest) setLatest(answer);
  const facts = answer?.facts ?? null;
  useEffect(() => {
    if (!kept && facts && known) start(newDraft(facts, evseId));
  });
  const place = { anchor: asked.anchor, offset: asked.offset };
  const violations = useViolations(version, payload);
  const findings = useMemo(() => {
    if (!draft) return [];
    const said = facts ? draftFindings({ draft, version, facts }) : [];
    return [...violations, ...said].toSorted((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
  }, [draft, version, facts, violations]);
  const layout = useDefaultLayout({ id: 'profile-editor', panelIds: PANELS });

  const shown = draft?.schedules[Math.min(index, draft.schedules.length - 1)];
  const period = Math.min(state.period, (shown?.periods.length ?? 1) - 1);
  const onStart = (next: Outcome<ProfileDraft>): void => {
    setProblem(next.ok ? null : next.error.sentence);
    if (next.ok) start(next.value);
  };
  const onAdd = (): void => {
    if (!shown) return;
    const snap = { seconds: minutes * 60, level: LEVEL_STEP[shown.unit] };
    const added = keyEdits(INSERT, { schedule: shown, index, selected: period, snap, version });
    if (!added) return;
    edit(...added.edits);
    set({ period: added.selected });
  };

  if (station === null || !known) {
    return <p className={css.empty}>Once a station has connected, a profile for it is drawn here.</p>;
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what was done is taken back wherever the keyboard is
    <div className={css.editor} onKeyDown={undoKeys(drafting)}>
      <EditorBar
        drafting={drafting}
        facts={facts}
        onAdd={onAdd}
        onPan={(by) => set({ from: Math.round(asked.left + (by * asked.seconds) / 2) })}
      >
        <StartMenu facts={facts} evseId={evseId} onStart={onStart} />
      </EditorBar>
      {(problem ?? failure) !== null && <Notice severity="warning">{problem ?? failure}</Notice>}
      {draft && shown && (
        <Group orientation="horizontal" className={css.panels} {...layout}>
          <Panel id="profile-drawing" defaultSize="70%" minSize={320}>
            <div className={css.drawing}>
              <PlotLegend
                schedule={shown}
                picture={answer}
                shownEvseId={asked.ask?.[0].shownEvseId ?? 0}
                version={version}
              />
              <div className={css.plot}>
                <Plot
                  schedule={shown}
                  index={index}
                  version={version}
                  picture={answer}
                  electrics={facts?.electrics ?? ELECTRICS}
                  {...place}
                  left={asked.left}
                  span={asked.seconds}
                  now={now}
                  snap={{ seconds: minutes * 60, level: LEVEL_STEP[shown.unit] }}
                  selected={period}
                  onSelect={(next) => set({ period: next })}
                  onPreview={setPreview}
                  onEdit={edit}
                />
              </div>
              <section className={css.table} aria-label="Periods">
                <PeriodTable
                  schedule={shown}
                  index={index}
                  version={version}
                  electrics={facts?.electrics ?? ELECTRICS}
                  {...place}
                  perPhase={state.perPhase}
                  selected={period}
                  findings={findings}
                  onSelect={(next) => set({ period: next })}
                  onEdit={edit}
                />
                <PeriodDetails schedule={shown} index={index} version={version} selected={period} onEdit={edit} />
              </section>
            </div>
          </Panel>
          <PaneSeparator label="Size of the profile's fields" />
          <Panel id="profile-side" defaultSize="30%" minSize={250}>
            <section className={css.side} aria-label="What is sent and what objects">
              <Sending
                station={station}
                version={version}
                payload={payload}
                errors={findings.filter(({ severity }) => severity === 'error').length}
              />
              <h3 className={css.heading}>Checks</h3>
              <Checks
                findings={findings}
                onEdit={edit}
                onPeriod={(schedule, next) => set({ schedule, period: next })}
                onEntry={energy.select}
              />
              {facts && <Limits limits={facts.limits} onEntry={energy.select} />}
              <h3 className={css.heading}>Profile</h3>
              <ProfileForm draft={draft} schedule={index} version={version} facts={facts} onEdit={edit} />
            </section>
          </Panel>
        </Group>
      )}
    </div>
  );
}

const NOTHING: JsonObject = {};
const INSERT = { key: 'Insert', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
