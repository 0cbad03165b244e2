import { node, type Tree } from './tree.ts';

/** `nc:IdentificationType` of a bare number. */
export function identification(value: string | undefined): Tree | undefined {
  return node({ 'nc:IdentificationID': value });
}

/** `nc:DateType` of a calendar date, ISO. */
export function date(value: string | undefined): Tree | undefined {
  return node({ 'nc:Date': value });
}

/** The ORI part of an organization. */
export function oriOf(ori: string | undefined): Tree | undefined {
  return node({ 'j:OrganizationORIIdentification': identification(ori) });
}

/** `nc:OrganizationType` by name and ORI. */
export function organization(ori: string | undefined, name?: string): Tree | undefined {
  return node({ 'nc:OrganizationName': name, 'j:OrganizationAugmentation': oriOf(ori) });
}

/** `j:CourtType` by ORI and name. */
export function court(ori: string | undefined, name?: string): Tree | undefined {
  return node({ 'j:OrganizationAugmentation': oriOf(ori), 'j:CourtName': name });
}
