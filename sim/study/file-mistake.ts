import { UserMistake } from "../scenario/mistake.ts";

/** What the codes of the operating system mean to someone who wants a file written or read. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  EFBIG: "it would be larger than allowed",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "it is a folder",
  EEXIST: "a file is in the way",
  ENOENT: "no such file or folder",
  EBUSY: "it is in use",
  EXDEV: "it is on another device",
  ENAMETOOLONG: "the name is too long",
  EINVAL: "the operating system refuses such a file",
  ELOOP: "it is a circle of links",
  EMFILE: "too many open files",
};

/**
 * An error of the file system as a mistake of the user, who chose the path; any other error as it is.
 *
 * @param expected what the path should have been, such as "a folder that can be written"
 */
export function fileMistake(error: unknown, path: string, expected: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (!(error instanceof Error) || code === undefined) return error;
  const found = Object.hasOwn(meanings, code) ? `${meanings[code]} (${code})` : undefined;
  if (found === undefined && (error as NodeJS.ErrnoException).syscall === undefined) return error;
  return new UserMistake([`${path}: expected ${expected}, found: ${found ?? error.message}`]);
}
