/** The source of limits that do not come from the CSMS: an energy management system. */
export const EXTERNAL_SOURCE = 'EMS';
