/** Names of the custom triggers, as `CustomizationCtrlr.CustomTriggers` lists them (2.1, F06.FR.18). */
export const CUSTOM_TRIGGER_NAMES = [
  'GridOverFrequency',
  'GridUnderFrequency',
  'GridOverVoltage',
  'GridUnderVoltage',
  'ExternalLimits',
  'ExternalSetpoint',
  'ClearedChargingLimit',
  'NotifyPriorityCharging',
] as const;

export type CustomTriggerName = (typeof CUSTOM_TRIGGER_NAMES)[number];

export function isCustomTrigger(name: string | undefined): name is CustomTriggerName {
  return (CUSTOM_TRIGGER_NAMES as readonly (string | undefined)[]).includes(name);
}
