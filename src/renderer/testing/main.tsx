import { startWorkbench } from '../app/start.tsx';
import { showGallery } from './chart-gallery.tsx';
import { createFakeEngine } from './fake-engine.ts';

const query = new URLSearchParams(location.search);
const number = (name: string, otherwise: number): number => Number(query.get(name) ?? otherwise);

const engine = createFakeEngine({
  rows: number('rows', 1000),
  rate: number('rate', 0),
  stations: number('stations', 3),
  start: Date.UTC(2026, 10, 20, 9, 5, 1, 203),
  step: number('step', 14.4),
  hostile: query.has('hostile'),
  large: query.has('large'),
  fates: query.has('fates'),
  faulty: number('faulty', 0),
  rules: query.has('rules'),
  held: number('held', 0),
  unclosed: query.has('unclosed'),
  energy: query.get('energy') ?? '',
  energyHeld: number('energyHeld', 0),
  empty: query.has('empty'),
  mode: query.has('stopped') ? 'stopped' : 'recording',
});
Object.assign(window, { fakeEngine: engine });
if (query.has('gallery')) showGallery(document, query);
else startWorkbench(document, (events) => engine.connect(events));
