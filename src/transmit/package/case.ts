import type { CourtCase, Offence, Vehicle, Warrant } from '../../domain/index.ts';
import { codeFor, ISSUERS } from './codes.ts';
import type { MessageOrigin } from './model.ts';
import { OFFENCE_CODE } from './offences.ts';
import { court, date, identification, organization } from './parts.ts';
import { node, type Tree } from './tree.ts';

function charge(offence: Offence): Tree | undefined {
  const code = OFFENCE_CODE.test(offence.ncic ?? '') ? offence.ncic : undefined;
  return node({
    'j:ChargeDescriptionText': offence.description,
    'j:ChargeIdentification': identification(offence.chargeCode),
    'j:ChargeSequenceID': offence.count,
    'j:ChargeSeverityText': offence.level?.raw,
    'j:ChargeStatute': node({
      'j:StatuteCodeIdentification': identification(offence.statuteCode),
      'j:StatuteCodeSectionIdentification': identification(offence.statuteSection),
    }),
    ...(code ? { 'fta:ChargeOffenseCode': code } : { 'j:ChargeNCICText': offence.ncic }),
    'fta:ChargeAugmentation': node({ 'fta:OffenseDate': date(offence.offenceDate) }),
  });
}

/** `nc:CaseType` with every charge of the warrant. */
export function caseTree(courtCase: CourtCase, warrant: Warrant): Tree | undefined {
  return node({
    'nc:ActivityIdentification': identification(courtCase.number),
    'nc:CaseTrackingID': courtCase.trackingNumber,
    'nc:CaseDocketID': courtCase.docket,
    'j:CaseAugmentation': node({ 'j:CaseCharge': warrant.offences.map(charge) }),
  });
}

/** The appearance that was missed. */
export function appearanceTree(warrant: Warrant): Tree | undefined {
  const missed = warrant.missedAppearance;
  if (!missed) return undefined;
  return node({
    'j:CourtAppearanceDefendantNotPresentIndicator': true,
    'j:CourtAppearanceCourt': court(missed.courtOri),
    'j:CourtAppearanceDate': date(missed.date),
    'j:CourtAppearanceReasonText': missed.reason,
  });
}

/** The booking the print was taken at. */
export function bookingTree(origin: MessageOrigin | undefined, captured?: string): Tree | undefined {
  if (origin?.kind !== 'booking') return undefined;
  return node({
    'nc:ActivityDate': date(origin.bookedDate),
    'j:FingerprintDate': date(captured),
    'j:BookingAgency': organization(origin.agencyOri, origin.agencyName),
    'j:BookingAgencyRecordIdentification': identification(origin.number),
    'j:BookingDocumentControlIdentification': identification(origin.tcn),
    'j:Arrest': node({ 'nc:ActivityDate': date(origin.arrestDate) }),
  });
}

/** The citation the print was taken on. */
export function citationTree(origin: MessageOrigin | undefined): Tree | undefined {
  if (origin?.kind !== 'citation') return undefined;
  return node({
    'nc:ActivityIdentification': identification(origin.number),
    'nc:ActivityDate': date(origin.arrestDate ?? origin.bookedDate),
    'j:CitationAgency': organization(origin.agencyOri, origin.agencyName),
  });
}

function make(value: string | undefined): Record<string, string | undefined> {
  return /^[A-Z]{2,4}$/.test(value ?? '')
    ? { 'fta:VehicleMakeCode': value }
    : { 'fta:VehicleMakeText': value };
}

/** `nc:VehicleType` with its plate. */
export function vehicleTree(vehicle: Vehicle): Tree | undefined {
  return node({
    'nc:ConveyanceColorPrimaryText': vehicle.colour,
    'nc:ConveyanceColorSecondaryText': vehicle.secondColour,
    'nc:ItemModelYearDate': vehicle.year,
    'nc:ItemStyleText': vehicle.style,
    'nc:VehicleIdentification': identification(vehicle.vin),
    ...make(vehicle.make),
    'fta:VehicleModelText': vehicle.model,
    'fta:VehicleAugmentation': node({
      'fta:PlateNumberID': vehicle.plate,
      'fta:PlateStateText': codeFor(ISSUERS, vehicle.plateState) ?? vehicle.plateState,
      'fta:PlateExpirationText': vehicle.plateExpires,
      'fta:PlateCategoryText': vehicle.plateType,
    }),
  });
}
