import { batteryPicture } from './battery/battery-question.ts';
import { powerPicture } from './charging/power-picture.ts';
import { energyWhy } from './charging/why.ts';
import { derPicture } from './der/picture.ts';
import { frequencyPicture } from './grid/frequency.ts';
import { shownSamples } from './metering/samples-question.ts';
import { stationSeries } from './metering/series-question.ts';
import { energyOverview } from './overview-picture.ts';
import { energyDraft } from './profile-draft/question.ts';
import { energySite } from './site/site-picture.ts';
import { tariffPicture } from './tariffs/tariff-question.ts';
import { signedValues, transactionRows } from './transactions/transactions-question.ts';

/**
 * What faces may ask of the energy of a session, by the method of the bridge: a pure function of what was gathered and
 * of the method's arguments. `src/engine/energy/questions.ts` holds this table against the contract.
 */
export const ENERGY_QUESTIONS = {
  'energy.battery': batteryPicture,
  'energy.der': derPicture,
  'energy.draft': energyDraft,
  'energy.frequency': frequencyPicture,
  'energy.overview': energyOverview,
  'energy.power': powerPicture,
  'energy.samples': shownSamples,
  'energy.series': stationSeries,
  'energy.site': energySite,
  'energy.tariff': tariffPicture,
  'energy.signed': signedValues,
  'energy.transactions': transactionRows,
  'energy.why': energyWhy,
};
