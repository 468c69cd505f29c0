/** Imports point one way. Each folder names all that it may import; anything else fails the check. */
const pure = (folder, ...allowed) => ({
  name: `${folder}-imports`,
  severity: "error",
  from: { path: `^sim/${folder}/`, pathNot: "\\.(test|validation|bench|suite|browser)\\.ts$" },
  to: {
    path: "^(sim|analysis|scenarios)/",
    pathNot: `^sim/(${[folder, ...allowed].join("|")})/`,
  },
});

const model = [
  "engine",
  "codec",
  "placement",
  "economy",
  "network",
  "metrics",
  "protocol",
  "faults",
  "workload",
  "cohorts",
];

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    { name: "no-orphans-of-npm", severity: "error", from: {}, to: { couldNotResolve: true } },
    pure("engine"),
    ...["codec", "placement", "economy", "network", "metrics"].map((f) => pure(f, "engine")),
    pure("protocol", "engine", "codec", "placement", "economy"),
    pure("faults", "engine", "network", "protocol"),
    pure("workload", "engine", "network", "protocol"),
    pure(
      "cohorts",
      "engine",
      "codec",
      "placement",
      "economy",
      "network",
      "protocol",
      "faults",
      "workload",
    ),
    pure("scenario", ...model),
    pure("study", "scenario", ...model),
    {
      name: "cli-imports",
      severity: "error",
      from: { path: "^sim/cli/" },
      to: { path: "^scenarios/" },
    },
    {
      name: "scenarios-are-data",
      severity: "error",
      from: { path: "^scenarios/" },
      to: { path: ".*", pathNot: "^(sim/scenario|scenarios)/" },
    },
    {
      name: "analysis-knows-rows-alone",
      severity: "error",
      from: { path: "^analysis/", pathNot: "\\.(test|validation|browser)\\.ts$" },
      to: { path: "^(sim|scenarios)/", pathNot: "^sim/metrics/" },
    },
    {
      name: "model-runs-in-a-browser",
      severity: "error",
      from: {
        path: "^sim/(engine|codec|placement|economy|network|protocol|faults|workload|cohorts|metrics|scenario)/",
        pathNot: "\\.(test|validation|bench|suite|browser)\\.ts$|/[^/]*\\.mjs$",
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "tests-are-not-imported",
      severity: "error",
      from: { pathNot: "\\.(test|validation|browser)\\.ts$" },
      to: { path: "\\.(test|validation|browser)\\.ts$" },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^\\.build" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
