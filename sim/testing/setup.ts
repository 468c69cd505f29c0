import fc from "fast-check";
import "seedrandom"; // Calls Math.random as it loads, so it comes before the trap below.

// A test that needs luck names its seed, like the model.
fc.configureGlobal({ seed: 20_260_401 });

Math.random = () => {
  throw new Error("Math.random was called: luck comes from a named stream");
};

Date.now = () => {
  throw new Error("Date.now was called: the model knows simulated time only");
};
