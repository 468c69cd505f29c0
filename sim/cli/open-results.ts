import { readManifest } from "../study/manifest.ts";
import { OutputFolder } from "../study/output-folder.ts";

/**
 * The folder that results of a scenario go to. Earlier results of that scenario are replaced; those
 * of another only if `force`.
 *
 * @throws UserMistake if the folder cannot be written or must not be replaced
 */
export function openResults(path: string, scenario: string, force: boolean): OutputFolder {
  return new OutputFolder(path, (folder) => force || readManifest(folder).name === scenario);
}
