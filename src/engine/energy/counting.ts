import type { Direction } from '../../ocpp/direction.ts';
import type { Fate, FrameOrigin } from '../../session/timeline.ts';

/**
 * Whether a frame counts for the energy of its station. To the station counts what reached it: not what was dropped,
 * answered in its place, left undelivered or kept from it, nor what another frame went out for; that frame does, as
 * does what was injected. From the station counts what it said, whatever became of that on its way, and nothing that
 * was made in its name.
 */
export function countsForStation(direction: Direction, origin: FrameOrigin | null, fate: Fate | null): boolean {
  if (direction === 'to-station') return fate === null || fate === 'delayed';
  return origin === 'received' || origin === 'sent';
}
