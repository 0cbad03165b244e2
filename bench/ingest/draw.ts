import { closeSync, openSync, writeSync } from 'node:fs';

const OPEN = `<?xml version="1.0" encoding="UTF-8"?>
<w:Warrants xmlns:w="http://ojbc.org/IEPD/Exchange/Warrants/1.0" xmlns:e="http://ojbc.org/IEPD/Extensions/Warrants/1.0" xmlns:j="http://niem.gov/niem/domains/jxdm/4.1" xmlns:nc="http://niem.gov/niem/niem-core/2.0" xmlns:s="http://niem.gov/niem/structures/2.0">`;

const NAMES = [
  'ADAMS',
  'BAUTISTA',
  'CHEN',
  'DELGADO',
  'ESPINOZA',
  'FONG',
  'GARCIA',
  'HALL',
  'IBARRA',
  'JONES',
];

/** One person with one warrant, indented as court systems write it: about 3.3 KB. */
function block(i: number): string {
  const id = String(i).padStart(8, '0');
  const name = NAMES[i % NAMES.length]!;
  const day = String(1 + (i % 28)).padStart(2, '0');
  return `
    <e:eBWResults>
        <j:Person s:id="P${id}">
            <nc:PersonBirthDate>
                <nc:Date>19${60 + (i % 40)}-03-${day}</nc:Date>
            </nc:PersonBirthDate>
            <nc:PersonHeightMeasure>
                <nc:MeasurePointValue>${60 + (i % 15)}</nc:MeasurePointValue>
                <nc:LengthUnitCode>INH</nc:LengthUnitCode>
            </nc:PersonHeightMeasure>
            <nc:PersonName>
                <nc:PersonGivenName>PAT</nc:PersonGivenName>
                <nc:PersonMiddleName>Q</nc:PersonMiddleName>
                <nc:PersonSurName>${name}</nc:PersonSurName>
            </nc:PersonName>
            <nc:PersonOtherIdentification>
                <nc:IdentificationID>${id}</nc:IdentificationID>
                <nc:IdentificationSourceText>CMS</nc:IdentificationSourceText>
            </nc:PersonOtherIdentification>
            <nc:PersonRaceCode>W</nc:PersonRaceCode>
            <nc:PersonSexCode>${i % 2 === 0 ? 'M' : 'F'}</nc:PersonSexCode>
            <nc:PersonSSNIdentification>
                <nc:IdentificationID>900-${String(i % 100).padStart(2, '0')}-${id.slice(4)}</nc:IdentificationID>
                <nc:IdentificationSourceText>SSA</nc:IdentificationSourceText>
            </nc:PersonSSNIdentification>
            <nc:PersonWeightMeasure>
                <nc:MeasurePointValue>${120 + (i % 99)}.5</nc:MeasurePointValue>
                <nc:WeightUnitCode>LBR</nc:WeightUnitCode>
            </nc:PersonWeightMeasure>
        </j:Person>
        <nc:Location>
            <nc:LocationAddress>
                <nc:StructuredAddress>
                    <nc:LocationStreet>
                        <nc:StreetNumberText>${1 + (i % 9999)}</nc:StreetNumberText>
                        <nc:StreetName>Orchard Street</nc:StreetName>
                    </nc:LocationStreet>
                    <nc:LocationCityName>Fresno</nc:LocationCityName>
                    <nc:LocationStateNCICLSTACode>CA</nc:LocationStateNCICLSTACode>
                    <nc:LocationPostalCode>93701</nc:LocationPostalCode>
                </nc:StructuredAddress>
            </nc:LocationAddress>
        </nc:Location>
        <e:eBWResult>
            <j:Case>
                <nc:ActivityStatus>
                    <nc:StatusDescriptionText>Open</nc:StatusDescriptionText>
                </nc:ActivityStatus>
                <nc:CaseDocketID>D-${id}</nc:CaseDocketID>
            </j:Case>
            <e:eBWWarrantStatus>Active</e:eBWWarrantStatus>
            <j:Bail>
                <j:BailSetAmount>${500 + (i % 5000)}.50</j:BailSetAmount>
            </j:Bail>
            <j:Warrant>
                <nc:ActivityIdentification>
                    <nc:IdentificationID>W${id}</nc:IdentificationID>
                </nc:ActivityIdentification>
                <j:CourtOrderDesignatedSubject>
                    <nc:RoleOfPersonReference s:ref="P${id}"/>
                </j:CourtOrderDesignatedSubject>
                <j:CourtOrderIssuingDate>
                    <nc:Date>2026-03-${day}</nc:Date>
                </j:CourtOrderIssuingDate>
                <j:CourtOrderJurisdiction>
                    <nc:JurisdictionText>Superior Court</nc:JurisdictionText>
                </j:CourtOrderJurisdiction>
                <j:WarrantLevelText>Misdemeanor</j:WarrantLevelText>
            </j:Warrant>
        </e:eBWResult>
    </e:eBWResults>`;
}

const HEADER =
  'warrant_number,case_number,status,status_date,issue_date,bond_amount,court_ori,agency_ori,last_name,first_name,date_of_birth,sex,race,offense,level';

function csvRow(i: number): string {
  const id = String(i).padStart(8, '0');
  const day = String(1 + (i % 28)).padStart(2, '0');
  return `W${id},C-${id},Active,03/${day}/2026,03/${day}/2026,"${1 + (i % 9)},${String(i % 1000).padStart(3, '0')}.50",CA010015J,CA0100000,${NAMES[i % NAMES.length]},"PAT, JR",03/${day}/19${60 + (i % 40)},M,W,FAILURE TO APPEAR,M`;
}

/** Writes text pieces until the file has the bytes asked for. @returns records written */
function writeUntil(
  path: string,
  bytes: number,
  head: string,
  piece: (i: number) => string,
  tail: string,
): number {
  const fd = openSync(path, 'w');
  let written = writeSync(fd, head);
  let count = 0;
  try {
    while (written < bytes) {
      let text = '';
      for (let i = 0; i < 200; i++) text += piece(count++);
      written += writeSync(fd, text);
    }
    writeSync(fd, tail);
  } finally {
    closeSync(fd);
  }
  return count;
}

/** A warrant snapshot of at least so many bytes. @returns warrants in it */
export function drawSnapshot(path: string, bytes: number): number {
  return writeUntil(path, bytes, OPEN, block, '\n</w:Warrants>\n');
}

/** A delimited export of exactly so many rows. */
export function drawRows(path: string, rows: number): void {
  const fd = openSync(path, 'w');
  try {
    writeSync(fd, `${HEADER}\n`);
    for (let at = 0; at < rows; at += 1000) {
      const size = Math.min(1000, rows - at);
      writeSync(fd, `${Array.from({ length: size }, (_, i) => csvRow(at + i)).join('\n')}\n`);
    }
  } finally {
    closeSync(fd);
  }
}
