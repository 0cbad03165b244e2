import {
  ParseOption,
  XmlBufferInputProvider,
  XmlDocument,
  XmlLibError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
import type { Problem } from '../../domain/index.ts';
import { BenchlinkError } from '../../errors.ts';
import { readSchemas, type SchemaSet } from './schemas.ts';

/** No external entity, no network, no catalogue: a package can read nothing but itself. */
const PARSE_OPTIONS =
  ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_SYS_CATALOG;

/** Schema documents are known by these addresses only; nothing else can be opened. */
const provider = new XmlBufferInputProvider({});
let registered = false;
let loads = 0;

/** A compiled schema. Held for the life of the process, or disposed of by its owner. */
export interface PackageValidator {
  /** All that is wrong with the document, in document order; empty if it is valid. */
  validate(bytes: Uint8Array): readonly Problem[];
  dispose(): void;
}

/** libxml2 repeats the offending value; a value may be a name or number of a person, so it is left out. */
function withoutValue(message: string): string {
  return message
    .trim()
    .replace(/\{https?:[^{}\s]*\}/gu, '')
    .replace(/The value '.*' (is|has|does)/su, 'The value $1')
    .replace(/: '.*' is not a valid value/su, ': the value is not valid');
}

function problemsOf(error: unknown): Problem[] {
  if (!(error instanceof XmlLibError)) throw error;
  const details = error.details.length > 0 ? error.details : [{ message: error.message, line: 0, xpath: '' }];
  return details.map((detail) => ({
    code: 'DST-INVALID',
    severity: 'error',
    ...(detail.xpath ? { field: detail.xpath } : {}),
    ...(detail.line > 0 ? { line: detail.line } : {}),
    message: withoutValue(detail.message),
  }));
}

function check(bytes: Uint8Array, validator?: XsdValidator): Problem[] {
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromBuffer(bytes, { option: PARSE_OPTIONS });
    if (document.dtd) {
      return [
        {
          code: 'DST-INVALID',
          severity: 'error',
          message: 'The document carries a document type definition, which is refused.',
        },
      ];
    }
    validator?.validate(document);
    return [];
  } catch (error) {
    return problemsOf(error);
  } finally {
    document?.dispose();
  }
}

function compile(schemas: SchemaSet, root: string, base: string): XsdValidator {
  const source = schemas.get(root);
  if (!source) throw new BenchlinkError('fault', 'XSD-MISSING', `Schema ${root} is not in the set.`);
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromBuffer(source, { url: `${base}${root}`, option: PARSE_OPTIONS });
    return XsdValidator.fromDoc(document);
  } catch (error) {
    const why = error instanceof XmlLibError ? (error.details[0]?.message ?? error.message) : String(error);
    throw new BenchlinkError('fault', 'XSD-BROKEN', `Schema ${root} cannot be compiled: ${why.trim()}`);
  } finally {
    document?.dispose();
  }
}

/**
 * Compiles a schema set once, reading nothing but the documents given.
 * @param schemas documents by path; imports are resolved between these paths
 * @param root path of the document that declares the messages
 * @throws BenchlinkError `XSD-MISSING`, `XSD-BROKEN`
 */
export function createValidator(schemas: SchemaSet, root = 'fta-warrant.xsd'): PackageValidator {
  loads += 1;
  const base = `closed:/schema-set-${loads}/`;
  for (const [path, bytes] of schemas) provider.addBuffer(`${base}${path}`, bytes);
  if (!registered) registered = xmlRegisterInputProvider(provider);
  try {
    const validator = compile(schemas, root, base);
    return { validate: (bytes) => check(bytes, validator), dispose: () => validator.dispose() };
  } finally {
    for (const path of schemas.keys()) provider.removeBuffer(`${base}${path}`);
  }
}

/** What keeps a document from being well-formed XML without a document type definition. */
export function wellFormed(bytes: Uint8Array): readonly Problem[] {
  return check(bytes);
}

let shared: PackageValidator | undefined;

/** Validates a package against the project's own schema, which is loaded at the first call. */
export function validatePackage(bytes: Uint8Array): readonly Problem[] {
  shared ??= createValidator(readSchemas());
  return shared.validate(bytes);
}
