/** What a user got wrong, all of it, each as `path: expected X, found Y`. */
export class UserMistake extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join("\n"));
    this.name = "UserMistake";
    this.mistakes = mistakes;
  }
}
