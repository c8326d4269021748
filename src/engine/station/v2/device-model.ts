import type { RequestOf, ResponseOf } from '../../../ocpp/messages.ts';
import type { Settings } from '../speaker.ts';
import {
  type Component,
  type DeviceModelOptions,
  deviceModelVariables,
  type VariableDefinition,
} from './device-model-variables.ts';

type ReportData = NonNullable<RequestOf<'2.0.1', 'NotifyReport'>['reportData']>[number];
type Variable = ReportData['variable'];
type AttributeType = NonNullable<ReportData['variableAttribute'][number]['type']>;
type SetStatus = ResponseOf<'2.0.1', 'SetVariables'>['setVariableResult'][number]['attributeStatus'];
type GetStatus = ResponseOf<'2.0.1', 'GetVariables'>['getVariableResult'][number]['attributeStatus'];
type Criterion = NonNullable<RequestOf<'2.0.1', 'GetReport'>['componentCriteria']>[number];
type ComponentVariable = NonNullable<RequestOf<'2.0.1', 'GetReport'>['componentVariable']>[number];
type ReportBase = RequestOf<'2.0.1', 'GetBaseReport'>['reportBase'];

interface Stored {
  readonly definition: VariableDefinition;
  /** As it was set, where it can be set. */
  value?: string;
}

/** Whether a variable is known, and if not, what is unknown about it (B05.FR.04, FR.05, B06.FR.06, FR.07). */
export type Found = Stored | 'UnknownComponent' | 'UnknownVariable';

/** The device model of a 2.x station; what was set outlives reboots. Names are case-insensitive. */
export class DeviceModel implements Settings {
  readonly #variables: readonly Stored[];

  constructor(options: DeviceModelOptions) {
    this.#variables = deviceModelVariables(options).map((definition) => ({ definition }));
  }

  find(component: Component, variable: Variable): Found {
    const ofComponent = this.#variables.filter(({ definition }) => isComponent(definition.component, component));
    if (ofComponent.length === 0) return 'UnknownComponent';
    return ofComponent.find(({ definition }) => isVariable(definition, variable)) ?? 'UnknownVariable';
  }

  get(component: Component, variable: Variable, type: AttributeType): { status: GetStatus; value?: string } {
    const found = this.find(component, variable);
    if (typeof found === 'string') return { status: found };
    if (type !== 'Actual') return { status: 'NotSupportedAttributeType' };
    // B06.FR.09: write-only.
    if (found.definition.take) return { status: 'Rejected' };
    return { status: 'Accepted', value: actual(found) };
  }

  set(
    component: Component,
    variable: Variable,
    type: AttributeType,
    value: string,
  ): { status: SetStatus; code?: string } {
    const found = this.find(component, variable);
    if (typeof found === 'string') return { status: found };
    if (type !== 'Actual') return { status: 'NotSupportedAttributeType' };
    const { accepts } = found.definition;
    if (!accepts) return { status: 'Rejected', code: 'ReadOnly' };
    if (!accepts(value)) return { status: 'Rejected', code: 'InvalidValue' };
    if (found.definition.take) found.definition.take(value);
    else found.value = value;
    return { status: 'Accepted' };
  }

  /** Sets a variable of the station's own accord, as none but the station can. */
  tell(component: string, variable: string, value: string): void {
    const found = this.find({ name: component }, { name: variable });
    if (typeof found !== 'string') found.value = value;
  }

  /** A base report (B07.FR.07 to FR.09). */
  baseReport(base: ReportBase): ReportData[] {
    return this.#variables.filter(({ definition }) => IN_BASE[base](definition)).map(reported);
  }

  /** Variables that match one of the names, if any are given, in components that meet one of the criteria (B08). */
  report(names: readonly ComponentVariable[] | undefined, criteria: readonly Criterion[] | undefined): ReportData[] {
    return this.#variables
      .filter(({ definition }) => !names || names.some((name) => isNamed(definition, name)))
      .filter(
        ({ definition }) => !criteria || criteria.some((criterion) => this.#meets(definition.component, criterion)),
      )
      .map(reported);
  }

  /** The value of a variable that is known to exist. */
  text(component: string, variable: string, instance?: string): string {
    const found = this.find({ name: component }, { name: variable, instance });
    return typeof found === 'string' ? '' : actual(found);
  }

  heartbeatInterval = () => this.#number('OCPPCommCtrlr', 'HeartbeatInterval');
  adoptHeartbeatInterval = (seconds: number) => this.tell('OCPPCommCtrlr', 'HeartbeatInterval', String(seconds));
  sampleInterval = () => this.#number('SampledDataCtrlr', 'TxUpdatedInterval');
  retry = () => ({
    attempts: this.#number('OCPPCommCtrlr', 'MessageAttempts', 'TransactionEvent'),
    interval: this.#number('OCPPCommCtrlr', 'MessageAttemptInterval', 'TransactionEvent'),
  });
  backOff = () => ({
    waitMinimum: this.#number('OCPPCommCtrlr', 'RetryBackOffWaitMinimum'),
    randomRange: this.#number('OCPPCommCtrlr', 'RetryBackOffRandomRange'),
    repeatTimes: this.#number('OCPPCommCtrlr', 'RetryBackOffRepeatTimes'),
  });
  offlineThreshold = () => this.#number('OCPPCommCtrlr', 'OfflineThreshold');
  pingInterval = () => this.#number('OCPPCommCtrlr', 'WebSocketPingInterval');
  authorizeRemoteStart = () => this.text('AuthCtrlr', 'AuthorizeRemoteStart') === 'true';
  localAuthorizeOffline = () => this.text('AuthCtrlr', 'LocalAuthorizeOffline') === 'true';
  localPreAuthorize = () => this.text('AuthCtrlr', 'LocalPreAuthorize') === 'true';
  localListEnabled = () => this.text('LocalAuthListCtrlr', 'Enabled') === 'true';
  setpointPriority = () =>
    this.text('SmartChargingCtrlr', 'SetpointPriority') === 'CSMS' ? ('CSMS' as const) : ('ExternalSystem' as const);
  organization = () => this.text('SecurityCtrlr', 'OrganizationName');
  signing = () => ({
    waitMinimum: this.#number('SecurityCtrlr', 'CertSigningWaitMinimum'),
    repeatTimes: this.#number('SecurityCtrlr', 'CertSigningRepeatTimes'),
  });

  #number(component: string, variable: string, instance?: string): number {
    return Number(this.text(component, variable, instance));
  }

  /** B08.FR.07 to FR.10: a component without the variable counts as active, available and enabled, not as a problem. */
  #meets(component: Component, criterion: Criterion): boolean {
    const found = this.find(component, { name: criterion });
    return typeof found === 'string' ? criterion !== 'Problem' : actual(found) === 'true';
  }
}

const IN_BASE: Readonly<Record<ReportBase, (definition: VariableDefinition) => boolean>> = {
  FullInventory: () => true,
  ConfigurationInventory: ({ accepts }) => accepts !== undefined,
  SummaryInventory: ({ name }) => name === 'AvailabilityState' || name === 'Problem',
};

function actual({ definition, value }: Stored): string {
  return value ?? (typeof definition.value === 'string' ? definition.value : definition.value());
}

function reported(stored: Stored): ReportData {
  const { component, name, instance, characteristics, accepts, take } = stored.definition;
  return {
    component,
    variable: instance === undefined ? { name } : { name, instance },
    variableAttribute: [
      {
        type: 'Actual',
        ...(take ? {} : { value: actual(stored) }),
        mutability: take ? 'WriteOnly' : accepts ? 'ReadWrite' : 'ReadOnly',
        persistent: accepts !== undefined,
        constant: false,
      },
    ],
    variableCharacteristics: characteristics,
  };
}

function isComponent(one: Component, other: Component): boolean {
  return (
    same(one.name, other.name) &&
    same(one.instance ?? '', other.instance ?? '') &&
    one.evse?.id === other.evse?.id &&
    one.evse?.connectorId === other.evse?.connectorId
  );
}

function isVariable(definition: VariableDefinition, variable: Variable): boolean {
  return same(definition.name, variable.name) && same(definition.instance ?? '', variable.instance ?? '');
}

/** What a report's request leaves out stands for all there are (B08.FR.20 to FR.24). */
function isNamed({ component, name, instance }: VariableDefinition, asked: ComponentVariable): boolean {
  const { evse } = asked.component;
  return (
    same(component.name, asked.component.name) &&
    (asked.component.instance === undefined || same(asked.component.instance, component.instance ?? '')) &&
    (evse === undefined || evse.id === component.evse?.id) &&
    (evse?.connectorId === undefined || evse.connectorId === component.evse?.connectorId) &&
    (asked.variable === undefined || same(asked.variable.name, name)) &&
    (asked.variable?.instance === undefined || same(asked.variable.instance, instance ?? ''))
  );
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
