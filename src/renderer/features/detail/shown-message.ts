import type { EntryDetail } from '../../../session/timeline.ts';

/** One message of those that the pane shows. */
export type ShownMessage = Pick<EntryDetail, 'row' | 'text' | 'findings' | 'link' | 'otherLeg'>;
