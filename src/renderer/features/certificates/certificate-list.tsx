import { Award, KeyRound, type LucideIcon, PlugZap, Server, ShieldCheck } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import type { BenchCertificate } from '../../../bridge/methods/authority.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { badWords, ROLE_WORDS, STANDING_WORDS, standingOf, type TreeRow } from './arrange.ts';
import css from './certificates.module.css';

const ICONS: Readonly<Record<BenchCertificate['role'], LucideIcon>> = {
  root: ShieldCheck,
  issuing: Award,
  csms: Server,
  station: PlugZap,
};

/** Every certificate below the one that signed it; arrows go from one to the next. */
export function CertificateList({
  rows,
  chosen,
  onChoose,
}: {
  rows: readonly TreeRow[];
  chosen: string | null;
  onChoose: (id: string) => void;
}): ReactNode {
  const { timing } = useWorkbench();
  const list = useRef<HTMLDivElement>(null);
  const now = timing.wall();
  const go = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = rows.findIndex(({ certificate }) => certificate.id === chosen);
    const next = rows[Math.min(rows.length - 1, Math.max(0, index + step))];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next.certificate.id);
    list.current?.querySelector<HTMLElement>(`[data-id="${next.certificate.id}"]`)?.focus();
  };
  return (
    <div ref={list} className={css.list} role="tree" aria-label="Certificates of the bench" onKeyDown={go}>
      {rows.map(({ certificate, depth }) => {
        const { id, label, role, bad, hasKey, origin, trusted } = certificate;
        const Icon = ICONS[role];
        const standing = standingOf(certificate, now);
        return (
          <div
            key={id}
            data-id={id}
            role="treeitem"
            aria-level={depth + 1}
            aria-selected={id === chosen}
            tabIndex={id === chosen ? 0 : -1}
            className={css.row}
            style={{ paddingLeft: 8 + depth * 18 }}
            onClick={() => onChoose(id)}
            onKeyDown={(event) => event.key === 'Enter' && onChoose(id)}
          >
            <Icon size={14} aria-hidden />
            <span className={css.label}>{visibleLine(label, 80)}</span>
            <span className={css.about}>
              {[ROLE_WORDS[role], origin === 'imported' && 'imported', role === 'root' && !trusted && 'not trusted']
                .filter(Boolean)
                .join(' · ')}
            </span>
            <span className={css.standing} data-standing={standing}>
              {bad !== null && standing === 'bad' ? `bad: ${badWords(bad)}` : STANDING_WORDS[standing]}
            </span>
            <span className={css.key}>
              {hasKey && (
                <>
                  <KeyRound size={12} aria-hidden />
                  <span className="visually-hidden">with its key</span>
                </>
              )}
            </span>
          </div>
        );
      })}
    </div>
  );
}
