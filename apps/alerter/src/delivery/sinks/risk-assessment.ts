import { LIVE_DISCLAIMER, type Alert } from '#wire';

/** Naming systems of a site, which make its identifiers unique elsewhere. */
export interface FhirSystems {
  /** Of alerts: `RiskAssessment.identifier`. */
  readonly alert: string;
  /** Of stays: the identifier of the Encounter that the assessment belongs to. */
  readonly stay: string;
}

type Status = 'preliminary' | 'final' | 'cancelled';

/** An alert that stands is a preliminary assessment; one that is over is final; one that no longer applies was cancelled. */
function statusOf(alert: Alert): Status {
  if (alert.state !== 'resolved') return 'preliminary';
  return alert.resolution === 'superseded' ? 'cancelled' : 'final';
}

/**
 * A patient alert as a FHIR R4 RiskAssessment. Probabilities are percentages, as R4 has them (invariants ras-1 and ras-2); the interval stands as a prediction of its own,
 * since one prediction takes either a number or a range. The subject is absent on purpose: Vigil knows the stay, which is the encounter, and no patient.
 * Source: https://hl7.org/fhir/R4/riskassessment.html.
 */
export function riskAssessment(alert: Alert, systems: FhirSystems): Record<string, unknown> {
  const { alertId, stayId, rule, risk, news2, summary, policyVersion, state, changedAtMs } = alert;
  const actor = actorOf(alert);
  const notes = [
    LIVE_DISCLAIMER,
    summary,
    `Alert ${state}${actor === undefined ? '' : ` by ${actor}`}, severity ${alert.severity}, policy ${policyVersion}.`,
    ...(news2 === undefined ? [] : [`NEWS2 ${news2}.`]),
  ];
  return {
    resourceType: 'RiskAssessment',
    identifier: [{ system: systems.alert, value: alertId }],
    status: statusOf(alert),
    method: { text: `Vigil alert rule ${rule}` },
    code: { text: 'Risk of death in hospital' },
    subject: { extension: [absent('masked')], display: 'The patient of the encounter' },
    encounter: { type: 'Encounter', identifier: { system: systems.stay, value: stayId } },
    occurrenceDateTime: new Date(risk?.dueAtMs ?? changedAtMs).toISOString(),
    performer: { type: 'Device', display: `Vigil${risk === undefined ? '' : `, release ${risk.releaseId}`}` },
    ...(risk === undefined ? {} : { prediction: predictions(risk) }),
    note: notes.map((text) => ({ time: new Date(changedAtMs).toISOString(), text })),
  };
}

/** Who brought the alert to where it stands; an alert that ends or fires again by itself still carries who acted before. */
function actorOf({ state, resolution, by }: Alert): string | undefined {
  return state === 'acknowledged' || state === 'snoozed' || resolution === 'by-person' ? by : undefined;
}

/** HL7's extension for an element that is left out on purpose. */
function absent(reason: 'masked'): Record<string, string> {
  return { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: reason };
}

function predictions({ median, low, high, releaseStage }: NonNullable<Alert['risk']>): Record<string, unknown>[] {
  const outcome = { text: 'Death in hospital' };
  const stage = `${releaseStage} release`;
  return [
    { outcome, probabilityDecimal: percent(median), rationale: `Median over the imputed samples, ${stage}` },
    {
      outcome,
      probabilityRange: { low: quantity(low), high: quantity(high) },
      rationale: `5 to 95 % interval over the imputed samples, ${stage}`,
    },
  ];
}

function quantity(probability: number): Record<string, unknown> {
  return { value: percent(probability), unit: '%', system: 'http://unitsofmeasure.org', code: '%' };
}

/** With two decimals. */
function percent(probability: number): number {
  return Math.round(probability * 10_000) / 100;
}
