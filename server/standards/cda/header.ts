import * as codes from './codes.ts'
import type { ConsultationDocument, Employee, Patient } from './consultation.ts'
import {
  absent,
  address,
  coded,
  dayStamp,
  email,
  id,
  organizationParts,
  personName,
  phone,
  snilsId,
  st,
  timestamp,
} from './datatypes.ts'
import { element, type XmlElement } from '../xml/index.ts'

/** Everything before the body, in the order of the schema (У1-9 … У1-31 of the guide of kind 119). */
export const header = (document: ConsultationDocument): XmlElement[] => [
  element('realmCode', { code: 'RU' }),
  element('typeId', { root: codes.roots.typeId, extension: 'POCD_MT000040' }),
  element('templateId', { root: codes.roots.template }),
  id(`${document.localRoot}.51`, document.id),
  coded('code', codes.consultationProtocol),
  element('title', {}, codes.consultationProtocol.name),
  element('effectiveTime', { value: timestamp(document.createdAt) }),
  coded('confidentialityCode', codes.ordinary),
  element('languageCode', { code: 'ru-RU' }),
  element('setId', { root: `${document.localRoot}.50`, extension: document.setId }),
  element('versionNumber', { value: String(document.versionNumber) }),
  recordTarget(document),
  author(document),
  custodian(document),
  ministry(),
  legalAuthenticator(document),
  payer(document.patient),
  event(document),
  encounter(document),
]

function recordTarget({ localRoot, patient, organization }: ConsultationDocument): XmlElement {
  return element(
    'recordTarget',
    {},
    element(
      'patientRole',
      {},
      id(`${localRoot}.10`, patient.localId),
      snilsId(patient.snils),
      absent('identity:IdentityDoc'),
      policy(patient.policy),
      patient.address
        ? address(patient.address, codes.residence)
        : element('addr', { nullFlavor: 'NI' }, coded('address:Type', codes.residence, 'CD')),
      phone(patient.phone),
      email(patient.email),
      element(
        'patient',
        {},
        personName(patient.name),
        coded('administrativeGenderCode', patient.sex),
        element('birthTime', { value: dayStamp(patient.birthDate) }),
      ),
      element(
        'providerOrganization',
        {},
        id(organization.oid),
        element('identity:Props', {}, st('identity:Ogrn', organization.ogrn)),
        organizationParts(organization),
      ),
    ),
  )
}

/** An ЕНП is the number of a policy of the single form; a card keeps no term for it, hence «бессрочный». */
const policy = (number: string | null): XmlElement =>
  number === null
    ? absent('identity:InsurancePolicy')
    : element(
        'identity:InsurancePolicy',
        {},
        coded('identity:InsurancePolicyType', codes.unlimitedPolicy, 'CD'),
        st('identity:Number', number),
      )

/** The parts of a person in a position, alike for author, signer and performer. */
const employeeParts = (localRoot: string, { localId, snils, position, name, organization }: Employee): XmlElement[] => [
  id(`${localRoot}.70`, localId),
  snilsId(snils),
  coded('code', position),
  element('assignedPerson', {}, personName(name)),
  element('representedOrganization', { classCode: 'ORG' }, id(organization.oid), organizationParts(organization)),
]

const author = ({ localRoot, author: person }: ConsultationDocument): XmlElement =>
  element('author', {}, absent('time'), element('assignedAuthor', {}, employeeParts(localRoot, person)))

const custodian = ({ organization }: ConsultationDocument): XmlElement =>
  element(
    'custodian',
    {},
    element(
      'assignedCustodian',
      {},
      element('representedCustodianOrganization', {}, id(organization.oid), organizationParts(organization)),
    ),
  )

const ministry = (): XmlElement =>
  element(
    'informationRecipient',
    {},
    element(
      'intendedRecipient',
      {},
      element(
        'receivedOrganization',
        {},
        id(codes.roots.ministry),
        element('name', {}, 'Министерство здравоохранения Российской Федерации'),
      ),
    ),
  )

/** Time and signature live in the detached signatures, so the guide wants both marked NI here (У1-26). */
const legalAuthenticator = ({ localRoot, author: person }: ConsultationDocument): XmlElement =>
  element(
    'legalAuthenticator',
    {},
    absent('time'),
    absent('signatureCode'),
    element('assignedEntity', {}, employeeParts(localRoot, person)),
  )

/**
 * Who pays (У1-27). With an ЕНП: the ОМС; the card does not know the insurer, and the guide gives its name no nullFlavor,
 * so the name says that. Without one the source is unknown, and РЭМД would refuse such a document.
 */
const payer = ({ policy }: Patient): XmlElement =>
  element(
    'participant',
    { typeCode: 'IND' },
    element(
      'associatedEntity',
      { classCode: 'GUAR' },
      policy === null ? absent('code') : coded('code', codes.compulsoryInsurance),
      policy === null ? absent('identity:DocInfo', 'NAV') : policyAsGround(policy),
      policy !== null &&
        element(
          'scopingOrganization',
          {},
          absent('id', 'NA'),
          element('name', {}, 'Сведения о страховой медицинской организации отсутствуют'),
          absent('telecom'),
          absent('addr'),
        ),
    ),
  )

const policyAsGround = (number: string): XmlElement =>
  element(
    'identity:DocInfo',
    {},
    coded('identity:IdentityDocType', codes.compulsoryPolicy, 'CD'),
    coded('identity:InsurancePolicyType', codes.unlimitedPolicy, 'CD'),
    absent('identity:Series', 'NA'),
    st('identity:Number', number),
    absent('identity:INN', 'NA'),
    element('identity:effectiveTime', { nullFlavor: 'NI' }, absent('identity:high', 'NAV')),
  )

/** The consultation itself. Its end is not recorded: a record is written during the visit or after it. */
const event = ({ localRoot, author: person, visit }: ConsultationDocument): XmlElement =>
  element(
    'documentationOf',
    {},
    element(
      'serviceEvent',
      {},
      coded('code', codes.consultationEvent),
      element('effectiveTime', {}, element('low', { value: timestamp(visit.startedAt) }), absent('high')),
      coded('medService:serviceCond', visit.conditions, 'CD'),
      element('performer', { typeCode: 'PPRF' }, element('assignedEntity', {}, employeeParts(localRoot, person))),
    ),
  )

const encounter = ({ localRoot, visit }: ConsultationDocument): XmlElement =>
  element(
    'componentOf',
    {},
    element(
      'encompassingEncounter',
      {},
      id(`${localRoot}.15`, visit.caseId),
      id(`${localRoot}.17`, visit.caseNumber),
      coded('code', codes.outpatientCard),
      absent('medService:DocType', 'NA'),
      element('effectiveTime', {}, element('low', { value: timestamp(visit.startedAt) })),
    ),
  )
