import {
  ArrowRightLeft,
  Cable,
  ChartSpline,
  CirclePause,
  History,
  ListChecks,
  type LucideIcon,
  Send,
  ShieldCheck,
} from 'lucide-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { PaneId } from './pane-ids.ts';

/** A pane of the dock. Its code is loaded when it is first shown. */
export interface Pane {
  readonly id: PaneId;
  readonly title: string;
  readonly icon: LucideIcon;
  /** Shows and hides it. */
  readonly key: string;
  readonly component: LazyExoticComponent<ComponentType>;
}

/** Every pane of the dock, in the order of the rail. */
export const PANES: readonly Pane[] = [
  {
    id: 'intercept',
    title: 'Intercept',
    icon: CirclePause,
    key: '1',
    component: lazy(async () => ({
      default: (await import('../features/intercept/intercept-pane.tsx')).InterceptPane,
    })),
  },
  {
    id: 'rules',
    title: 'Rules',
    icon: ListChecks,
    key: '2',
    component: lazy(async () => ({ default: (await import('../features/rules/rules.tsx')).Rules })),
  },
  {
    id: 'composer',
    title: 'Composer',
    icon: Send,
    key: '3',
    component: lazy(async () => ({ default: (await import('../features/composer/composer.tsx')).Composer })),
  },
  {
    id: 'replay',
    title: 'Replay',
    icon: History,
    key: '4',
    component: lazy(async () => ({ default: (await import('../features/replay/replay.tsx')).Replay })),
  },
  {
    id: 'sequence',
    title: 'Sequence',
    icon: ArrowRightLeft,
    key: '5',
    component: lazy(async () => ({ default: (await import('../features/sequence/sequence.tsx')).Sequence })),
  },
  {
    id: 'energy',
    title: 'Energy',
    icon: ChartSpline,
    key: '6',
    component: lazy(async () => ({ default: (await import('../features/energy/energy-pane.tsx')).EnergyPane })),
  },
  {
    id: 'connections',
    title: 'Connections',
    icon: Cable,
    key: '7',
    component: lazy(async () => ({
      default: (await import('../features/connections/connections-pane.tsx')).ConnectionsPane,
    })),
  },
  {
    id: 'certificates',
    title: 'Certificates',
    icon: ShieldCheck,
    key: '8',
    component: lazy(async () => ({
      default: (await import('../features/certificates/certificates-pane.tsx')).CertificatesPane,
    })),
  },
];
