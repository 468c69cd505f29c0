import { readManifest } from "../study/manifest.ts";
import { OutputFolder } from "../study/output-folder.ts";

/** Earlier results of the same scenario may be replaced; those of another only if `force`. */
export function mayReplace(scenario: string, force: boolean): (folder: string) => boolean {
  return (folder) => force || readManifest(folder).name === scenario;
}

/**
 * The folder that results of a scenario go to.
 *
 * @throws UserMistake if the folder cannot be written or must not be replaced
 */
export function openResults(path: string, scenario: string, force: boolean): OutputFolder {
  return new OutputFolder(path, mayReplace(scenario, force));
}
