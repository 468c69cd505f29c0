/** Options of every command that runs a scenario. */
export const scenarioOptions = {
  set: {
    type: "string",
    array: true,
    requiresArg: true,
    describe: "Change one field, path=value; may be given many times",
  },
  seed: { type: "string", requiresArg: true, describe: "Another seed than the scenario's" },
  replications: { type: "string", requiresArg: true, describe: "How often to repeat it" },
  workers: {
    type: "string",
    requiresArg: true,
    describe: "Threads to run on; as many as there are cores unless told",
  },
} as const;

/** Options about what is said and written. */
export const outputOptions = {
  out: { type: "string", requiresArg: true, describe: "Folder for the results" },
  force: { type: "boolean", describe: "Replace results of another scenario in that folder" },
  json: { type: "boolean", describe: "Print JSON, with stable keys" },
  quiet: { type: "boolean", describe: "Print no progress and no table" },
} as const;
