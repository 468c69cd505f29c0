export { UserMistake } from "../scenario/mistake.ts";
