import type { JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf } from '../../../ocpp/messages.ts';
import type { ChargingHardware } from '../charging-session.ts';
import type { Evse } from '../evse.ts';
import type { StationCore } from '../station-core.ts';
import { inverterRatings, RATED_POWER_FACTOR } from './der/inverter.ts';
import { ENERGY_TRANSFERS } from './energy-transfer.ts';
import { controlModeOf } from './smart-charging/ev-schedule.ts';

type Nameplate = NonNullable<RequestOf<'2.1', 'NotifyEVChargingNeeds'>['chargingNeeds']['derChargingParameters']>;

/** Percent to which the vehicles want to be charged. */
const TARGET_SOC = 90;

/** What the vehicle at an EVSE asks for: to be charged until it leaves, in 2.1 by an EV that also gives back (Q01, R03). */
export function chargingNeeds(
  core: StationCore,
  { id, session }: Evse,
  departsAt: number,
  requestedEnergyTransfer: (typeof ENERGY_TRANSFERS)[number],
): JsonObject {
  const { batteryWh, maxCurrent, minCurrent, nominalVoltage, phases } = core.hardware;
  const departureTime = new Date(departsAt).toISOString();
  const missing = (soc: number) => Math.round((batteryWh * Math.max(0, soc - session.soc)) / 100);
  if (core.version !== '2.1') {
    const request: RequestOf<'2.0.1', 'NotifyEVChargingNeeds'> = {
      evseId: id,
      chargingNeeds: {
        requestedEnergyTransfer: 'AC_three_phase',
        departureTime,
        acChargingParameters: {
          energyAmount: missing(TARGET_SOC),
          evMinCurrent: minCurrent,
          evMaxCurrent: maxCurrent,
          evMaxVoltage: 400,
        },
      },
    };
    return request;
  }
  const watts = (current: number) => current * nominalVoltage * phases;
  const request: RequestOf<'2.1', 'NotifyEVChargingNeeds'> = {
    evseId: id,
    timestamp: core.timestamp(),
    chargingNeeds: {
      requestedEnergyTransfer,
      availableEnergyTransfer: [...ENERGY_TRANSFERS],
      controlMode: controlModeOf(core.version, id),
      departureTime,
      v2xChargingParameters: {
        minChargePower: watts(minCurrent),
        maxChargePower: watts(maxCurrent),
        minDischargePower: watts(minCurrent),
        maxDischargePower: watts(maxCurrent),
        evTargetEnergyRequest: missing(TARGET_SOC),
        evMaxEnergyRequest: missing(100),
        targetSoC: TARGET_SOC,
      },
      derChargingParameters: nameplateOf(core.hardware),
    },
  };
  return request;
}

/** What the inverter of the vehicle says of itself (R02.FR.01, R03.FR.01); it leaves every control to the station. */
function nameplateOf(hardware: ChargingHardware): Nameplate {
  const { maxVA, maxVar, maxVarNeg, maxW, vNom } = inverterRatings(hardware);
  return {
    evOverExcitedMaxDischargePower: RATED_POWER_FACTOR * maxW,
    evOverExcitedPowerFactor: RATED_POWER_FACTOR,
    evUnderExcitedMaxDischargePower: RATED_POWER_FACTOR * maxW,
    evUnderExcitedPowerFactor: RATED_POWER_FACTOR,
    maxApparentPower: maxVA,
    maxChargeApparentPower: maxVA,
    maxDischargeApparentPower: maxVA,
    maxChargeReactivePower: maxVarNeg,
    maxDischargeReactivePower: maxVar,
    nominalVoltage: vNom,
    evInverterManufacturer: 'Plugscope',
    evInverterModel: 'Bench vehicle',
    evInverterSwVersion: '1.0.0',
    evInverterHwVersion: '1.0.0',
  };
}
