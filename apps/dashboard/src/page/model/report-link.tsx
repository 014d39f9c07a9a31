import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { accessHeaders, accessToken } from '../access-token.js';

/**
 * Leads to a training's report. A link carries no token, so where the gateway wants one the report is fetched and saved instead: a page made
 * of it here would be under this page's policy, which forbids its styles.
 */
export function ReportLink({ trainingId }: { readonly trainingId: string }): JSX.Element {
  const [problem, setProblem] = useState<string>();
  const address = `./api/trainings/${trainingId}/report`;
  if (accessToken() === undefined) {
    return (
      <a href={address} target="_blank" rel="noopener noreferrer">
        Report
      </a>
    );
  }
  const save = async (): Promise<void> => setProblem(await saveReport(address, `training-${trainingId}.html`));
  return (
    <>
      <button type="button" class="model-link" onClick={() => void save()}>
        Save the report
      </button>
      {problem !== undefined && <span role="alert"> {problem}</span>}
    </>
  );
}

/** @returns why it could not be saved, for people; undefined when it was */
async function saveReport(address: string, name: string): Promise<string | undefined> {
  try {
    const response = await fetch(address, { headers: accessHeaders() });
    if (!response.ok) return `The gateway answered ${response.status}.`;
    const url = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
    return undefined;
  } catch {
    return 'The gateway could not be reached.';
  }
}
